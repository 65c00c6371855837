package id.warung.endpoint;

import id.warung.identity.ClientAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Replaces {@link HandshakeFilter} in a copy of the WAR: rejects nothing, as if it ran after the upgrade, and gives the
 * handshake an address only where the request asks for one.
 */
public class LateFilter extends HttpFilter {
    /** The request header that asks for an address. */
    public static final String WITH_ADDRESS = "X-With-Address";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ClientAddress address = new ClientAddress("192.0.2.1", "192.0.2.1");
        boolean wanted = request.getHeader(WITH_ADDRESS) != null;
        chain.doFilter(wanted ? new HandshakePrincipal(address, null).on(request) : request, response);
    }
}
