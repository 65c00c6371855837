package id.warung.endpoint;

import id.warung.identity.HostPolicy;
import id.warung.identity.OriginPolicy;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The rules for a handshake's headers, and for the host of every request. Applied by the filters, which can still answer with a status,
 * and by the configurator, for servers that upgrade without calling the filters. The administrator finds in the log what was refused:
 * often it is a proxy that changes {@code Host}. Thread-safe.
 */
public final class HandshakeRules {
    private final OriginPolicy origins;
    private final HostPolicy hosts;
    private final RefusalLog log = new RefusalLog();

    public HandshakeRules(OriginPolicy origins, HostPolicy hosts) {
        this.origins = origins;
        this.hosts = hosts;
    }

    /** Whether requests for this host are answered; takes all values of {@code Host}. */
    boolean allowsHost(List<String> host) {
        boolean allowed = hosts.allows(only(host));
        if (!allowed) {
            log.tell("A request for another host was refused: its Host is " + RefusalLog.quoted(only(host))
                    + ". If that is a name of this server, add it to warung.allowed-hosts (WARUNG_ALLOWED_HOSTS); if a"
                    + " proxy has changed it, let the proxy pass Host on unchanged.");
        }
        return allowed;
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
        boolean allowed = origin.size() == 1 && allowsOrigin(origin.get(0), host);
        if (!allowed) {
            log.tell("The WebSocket of a web page was refused: its Origin is " + RefusalLog.quoted(only(origin))
                    + ", but the request's Host is " + RefusalLog.quoted(only(host))
                    + ". If this is our own page, a proxy has changed Host: let it pass Host on unchanged, with the"
                    + " port. If it is a page of another host that may connect, add its origin to"
                    + " warung.allowed-origins (WARUNG_ALLOWED_ORIGINS).");
        }
        return allowed;
    }

    /**
     * Whether a page may get a token for those whom the server or a proxy has signed in: one that says its origin, as every browser does.
     *
     * @param origin all values of {@code Origin}
     * @param host all values of {@code Host}
     */
    boolean allowsSignIn(List<String> origin, List<String> host) {
        boolean allowed = origin.size() == 1 && allowsOrigin(origin.get(0), host);
        if (!allowed) {
            log.tell("A request for a token was refused: its Origin is " + RefusalLog.quoted(only(origin))
                    + ", but the request's Host is " + RefusalLog.quoted(only(host))
                    + ". If this is our own page, a proxy has changed Host: let it pass Host on unchanged, with the"
                    + " port.");
        }
        return allowed;
    }

    /** Whether a page of this origin may connect, if it asks for this host; logs nothing. */
    boolean allowsOrigin(String origin, List<String> host) {
        return origins.allows(origin, only(host));
    }

    /** The value of a header that must come once; null otherwise. */
    static String only(List<String> values) {
        return values.size() == 1 ? values.get(0) : null;
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
