package id.warung.endpoint;

import id.warung.identity.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.security.Principal;

/**
 * Carries what a filter knows of a handshake to the endpoint, which WebSocket's API does not: as the request's principal, because
 * that is what every container takes from the request and keeps for each session (docs/adr/0009). Immutable.
 */
record Arrival(ClientAddress address) implements Principal {
    private static final Logger LOG = System.getLogger(Arrival.class.getName());

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

    /** What arrived with a session. */
    static Arrival of(Session session) {
        if (session.getUserPrincipal() instanceof Arrival arrival) {
            return arrival;
        }
        LOG.log(
                Logger.Level.WARNING,
                "This server does not say where clients come from: limits per address do not hold");
        return new Arrival(ClientAddress.UNKNOWN);
    }
}
