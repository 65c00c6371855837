package id.warung.app;

import id.warung.identity.TrustedProxies;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What the executable WAR's server lets in before a byte is read, and what that leaves for sessions: one address never has more than a
 * quarter of all sockets, so that it cannot shut everybody out. 0 is any number everywhere. Immutable.
 *
 * @param most sockets in all
 * @param mostPerAddress sockets of one address
 * @param sessionsPerAddress sessions of one address
 */
record SocketLimits(int most, int mostPerAddress, int sessionsPerAddress) {
    /** The server says by this that it looks at the others, and for how many sockets there are file descriptors. */
    private static final String DESCRIPTORS = "id.warung.descriptors";

    /**
     * @param maxSockets as it is set
     * @param maxConnections of one address, as it is set
     * @param descriptors sockets for which there are file descriptors
     */
    static SocketLimits of(int maxSockets, int maxConnections, int descriptors) {
        int most = least(maxSockets, descriptors);
        if (maxConnections == 0) {
            return new SocketLimits(most, 0, 0);
        }
        // more than sessions, so that the page comes as well, and whoever has too many connections is told so
        int wanted = (int) Math.min(Integer.MAX_VALUE, maxConnections + Math.max(64L, maxConnections / 4));
        return most == 0
                ? new SocketLimits(0, wanted, maxConnections)
                : new SocketLimits(
                        most, Math.min(wanted, Math.max(1, most / 4)), Math.min(maxConnections, Math.max(1, most / 5)));
    }

    /**
     * Tells the server, in attributes of the context and in types of the JDK, because the two do not know each other's. Other servers
     * do not look at them; there only sessions have limits.
     */
    static SocketLimits tell(ServletContext context, Settings settings) {
        int maxConnections = settings.sessions().maxConnectionsPerAddress();
        if (!(context.getAttribute(DESCRIPTORS) instanceof Integer descriptors)) {
            return new SocketLimits(0, 0, maxConnections);
        }
        SocketLimits limits = of(settings.maxSockets(), maxConnections, descriptors);
        context.setAttribute("id.warung.max-sockets", limits.most());
        context.setAttribute("id.warung.max-sockets-per-address", limits.mostPerAddress());
        context.setAttribute("id.warung.header-timeout-ms", settings.headerTimeoutMs());
        TrustedProxies proxies = settings.trustedProxies();
        UnaryOperator<String> key =
                address -> proxies.clientOf(address, List.of()).customer(); // null for a proxy: it speaks for many
        context.setAttribute("id.warung.address-key", key);
        return limits;
    }

    /**
     * What is less than was set, as a sentence; null when nothing is, and where nothing was set: then it is as many as the machine gives.
     *
     * @param setting the text that was set; null: none
     * @param maxSockets what follows from it
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
