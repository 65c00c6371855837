package id.warung.app;

import id.warung.identity.TrustedProxies;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How many sockets the executable WAR's server accepts before it reads a byte, and the limit of sessions that follows. One address never
 * has more than a quarter of all sockets, so that it cannot lock everybody else out. 0 means any number. Immutable.
 *
 * @param most sockets in all
 * @param mostPerAddress sockets of one address
 * @param sessionsPerAddress sessions of one address
 */
record SocketLimits(int most, int mostPerAddress, int sessionsPerAddress) {
    /** Set by a server that reads the other attributes: the number of sockets for which there are file descriptors. */
    private static final String DESCRIPTORS = "id.warung.descriptors";

    /**
     * @param maxSockets as configured
     * @param maxConnections of one address, as configured
     * @param descriptors sockets for which there are file descriptors
     */
    static SocketLimits of(int maxSockets, int maxConnections, int descriptors) {
        int most = least(maxSockets, descriptors);
        if (maxConnections == 0) {
            return new SocketLimits(most, 0, 0);
        }
        // more than sessions, so that the page loads too, and clients with too many connections are told so
        int wanted = (int) Math.min(Integer.MAX_VALUE, maxConnections + Math.max(64L, maxConnections / 4));
        return most == 0
                ? new SocketLimits(0, wanted, maxConnections)
                : new SocketLimits(
                        most, Math.min(wanted, Math.max(1, most / 4)), Math.min(maxConnections, Math.max(1, most / 5)));
    }

    /**
     * Passes the limits to the server in attributes of the context, as types of the JDK, because server and application
     * do not know each other's types. Other servers ignore them; there only sessions are limited.
     */
    static SocketLimits publish(ServletContext context, Settings settings) {
        int maxConnections = settings.sessions().maxConnectionsPerAddress();
        if (!(context.getAttribute(DESCRIPTORS) instanceof Integer descriptors)) {
            return new SocketLimits(0, 0, maxConnections);
        }
        SocketLimits limits = of(settings.maxSockets(), maxConnections, descriptors);
        context.setAttribute("id.warung.max-sockets", limits.most());
        context.setAttribute("id.warung.max-sockets-per-address", limits.mostPerAddress());
        context.setAttribute("id.warung.header-timeout-ms", settings.headerTimeoutMs());
        TrustedProxies proxies = settings.trustedProxies();
        // null for a proxy, which connects for many clients
        UnaryOperator<String> key =
                address -> proxies.clientOf(address, List.of()).limitKey();
        context.setAttribute("id.warung.address-key", key);
        return limits;
    }

    /**
     * A sentence saying that fewer sockets are available than configured; null if enough are available, or if nothing was configured:
     * then the machine's number applies.
     *
     * @param setting the configured text; null: none
     * @param maxSockets the number that follows from it
     */
    String warning(String setting, int maxSockets) {
        return setting == null || most == 0 || most >= maxSockets
                ? null
                : "The file descriptors suffice for " + most + " sockets only, but warung.max-sockets is " + maxSockets
                        + ". Raise the process's limit (ulimit -n, LimitNOFILE), or lower the setting.";
    }

    private static int least(int one, int other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
