package id.warung.endpoint;

import id.warung.identity.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.websocket.Session;
import java.security.Principal;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Carries the client's address, and what it calls itself, from the handshake's filter to the endpoint, for which the WebSocket API has no way: as
 * the request's principal, because every container copies that to the session (docs/adr/0009). Immutable.
 */
record HandshakePrincipal(ClientAddress address, String agent) implements Principal {
    private static final String UPGRADE = "Upgrade";

    @Override
    public String getName() {
        return address.text();
    }

    /** The same request with this principal; it asks for the WebSocket alone, as not every container understands a list. */
    HttpServletRequest on(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
                return HandshakePrincipal.this;
            }

            /** The address: the name would be looked up in DNS, for seconds if there is none, and Tyrus asks for it at each handshake. */
            @Override
            public String getLocalName() {
                return getLocalAddr();
            }

            /** Likewise. */
            @Override
            public String getRemoteHost() {
                return getRemoteAddr();
            }

            @Override
            public String getHeader(String name) {
                return name.equalsIgnoreCase(UPGRADE) ? "websocket" : super.getHeader(name);
            }

            @Override
            public Enumeration<String> getHeaders(String name) {
                return name.equalsIgnoreCase(UPGRADE)
                        ? Collections.enumeration(List.of("websocket"))
                        : super.getHeaders(name);
            }
        };
    }

    /** The principal of a session; null when the handshake did not pass our filter. */
    static HandshakePrincipal of(Session session) {
        return session.getUserPrincipal() instanceof HandshakePrincipal arrival ? arrival : null;
    }
}
