package id.warung.endpoint;

import id.warung.identity.OriginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules for a handshake's headers. Applied by the filter, which can still answer with a status, and by the
 * configurator, for servers that upgrade without calling the filter. Immutable, thread-safe.
 */
final class HandshakeRules {
    private final OriginPolicy origins;

    HandshakeRules(OriginPolicy origins) {
        this.origins = origins;
    }

    /**
     * Whether the page that connects may do so.
     *
     * @param origin all values of {@code Origin}: browsers send one, other clients none, and no client sends several
     * @param host all values of {@code Host}
     */
    boolean allowsOrigin(List<String> origin, List<String> host) {
        if (origin.isEmpty()) {
            return true; // not a web page
        }
        return origin.size() == 1 && origins.allows(origin.get(0), host.size() == 1 ? host.get(0) : null);
    }

    /** Whether the client offers no subprotocol, or one of ours; takes the values of all headers, with any number of names each. */
    static boolean allowsSubprotocols(List<String> offered) {
        List<String> names = items(offered).toList();
        return names.isEmpty() || names.contains(ChatEndpoint.V1) || names.contains(ChatEndpoint.V1_BIN);
    }

    /** Whether a request asks to become a WebSocket; it may name other protocols too, and HTTP goes on if it does not. */
    static boolean asksForWebSocket(HttpServletRequest request) {
        return items(Collections.list(request.getHeaders("Upgrade"))).anyMatch("websocket"::equalsIgnoreCase);
    }

    /** The items of a list in headers; empty ones do not count (RFC 9110, 5.6.1). */
    private static Stream<String> items(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .filter(item -> !item.isEmpty());
    }
}
