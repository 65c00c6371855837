package id.warung.app;

import id.warung.identity.TrustedProxies;
import jakarta.servlet.ServletContext;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Tells the executable WAR's server what holds before a byte is read: in attributes of the context, in types of the JDK, because the two
 * do not know each other's. Other servers do not look at them.
 */
final class SocketLimits {
    private SocketLimits() {}

    static void tell(ServletContext context, Settings settings) {
        context.setAttribute("id.warung.max-sockets", settings.maxSockets());
        context.setAttribute("id.warung.max-sockets-per-address", settings.maxSocketsPerAddress());
        context.setAttribute("id.warung.header-timeout-ms", settings.headerTimeoutMs());
        TrustedProxies proxies = settings.trustedProxies();
        UnaryOperator<String> key =
                address -> proxies.clientOf(address, List.of()).customer(); // null for a proxy: it speaks for many
        context.setAttribute("id.warung.address-key", key);
    }
}
