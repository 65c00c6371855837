package id.warung.endpoint;

import id.warung.identity.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.websocket.Session;
import java.security.Principal;

/**
 * Carries what a filter knows of a handshake to the endpoint, which WebSocket's API does not: as the request's principal, because
 * that is what every container takes from the request and keeps for each session (docs/adr/0009). Immutable.
 */
record Arrival(ClientAddress address) implements Principal {
    @Override
    public String getName() {
        return address.text();
    }

    /** The same request, with this arrival on board. */
    HttpServletRequest on(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public Principal getUserPrincipal() {
                return Arrival.this;
            }
        };
    }

    /** What arrived with a session; null when no filter of ours has seen its handshake. */
    static Arrival of(Session session) {
        return session.getUserPrincipal() instanceof Arrival arrival ? arrival : null;
    }
}
