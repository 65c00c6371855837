package id.warung.app;

import id.warung.session.Rates;
import java.util.function.UnaryOperator;

/** Reads the settings that say how often somebody may do something. Static, stateless. */
final class RateSettings {
    private static final String CONNECTIONS = "warung.max-connections-per-address";
    private static final String SOCKETS = "warung.max-sockets-per-address";
    private static final int MAX_CONNECTIONS = 1_000;
    private static final int LEAST_BURST = 20;
    private static final int BURST_SECONDS = 4;

    private RateSettings() {}

    static Rates read(UnaryOperator<String> lookup) {
        int posts = number(lookup, "warung.max-posts-per-second", 5);
        long burst = Math.max(LEAST_BURST, Math.min(Integer.MAX_VALUE, (long) BURST_SECONDS * posts));
        return new Rates(
                posts,
                (int) Settings.number(lookup, "warung.max-posts-burst", burst, 1),
                number(lookup, "warung.max-ephemeral-posts-per-second", 50),
                number(lookup, "warung.max-address-posts-per-second", 50),
                number(lookup, "warung.max-signals-per-second", 20),
                number(lookup, "warung.max-new-rooms-per-hour", 10),
                number(lookup, "warung.max-searches-per-second", 2),
                number(lookup, "warung.max-requests-per-second", 50),
                number(lookup, "warung.max-handshakes-per-second", 0),
                number(lookup, "warung.max-sign-ins-per-second", 50),
                number(lookup, "warung.max-sockets-per-user", 10));
    }

    /** How many sessions an address may have: the setting has two names. */
    static int connectionsPerAddress(UnaryOperator<String> lookup) {
        int connections = number(lookup, CONNECTIONS, MAX_CONNECTIONS);
        int sockets = number(lookup, SOCKETS, MAX_CONNECTIONS);
        boolean both = lookup.apply(CONNECTIONS) != null && lookup.apply(SOCKETS) != null;
        if (both && connections != sockets) {
            throw new IllegalArgumentException("The setting " + SOCKETS + " is " + sockets + " and " + CONNECTIONS
                    + " is " + connections + ", but they are two names of one setting: only one of them must be set.");
        }
        return lookup.apply(SOCKETS) != null ? sockets : connections;
    }

    private static int number(UnaryOperator<String> lookup, String name, int byDefault) {
        return (int) Settings.number(lookup, name, byDefault, 0);
    }
}
