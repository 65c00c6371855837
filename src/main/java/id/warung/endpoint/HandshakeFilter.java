package id.warung.endpoint;

import id.warung.identity.OriginPolicy;
import id.warung.identity.TrustedProxies;
import id.warung.protocol.Syntax;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses what must not become a WebSocket, before it does: a foreign page, an unknown subprotocol, a room that is none. What may
 * goes on with the client's address on board.
 */
@WebFilter(urlPatterns = ChatEndpoint.PATH, asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private transient OriginPolicy origins;
    private transient TrustedProxies proxies;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        origins = CDI.current().select(OriginPolicy.class).get();
        proxies = CDI.current().select(TrustedProxies.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!origins.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "This origin may not connect.");
        } else if (!speaksOurs(request)) {
            refuse(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "The subprotocols here are warung.v1 and warung.v1.bin; without one it is plain text.");
        } else if (!namesRoom(request)) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "This is not a room's name.");
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            refuse(response, 426, "This address speaks WebSocket. People start at the page one level up.");
        } else {
            chain.doFilter(arrival(request).on(request), response);
        }
    }

    private Arrival arrival(HttpServletRequest request) {
        List<String> forwardedFor = Collections.list(request.getHeaders("X-Forwarded-For"));
        return new Arrival(proxies.clientOf(request.getRemoteAddr(), forwardedFor));
    }

    private static boolean speaksOurs(HttpServletRequest request) {
        List<String> offered = Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(String::strip)
                .toList();
        return offered.isEmpty() || offered.contains(ChatEndpoint.V1) || offered.contains(ChatEndpoint.V1_BIN);
    }

    private static boolean namesRoom(HttpServletRequest request) {
        String room = request.getParameter("room");
        return room == null || Syntax.isRoom(room);
    }

    private static void refuse(HttpServletResponse response, int status, String sentence) throws IOException {
        response.setStatus(status);
        response.setContentType("text/plain;charset=utf-8");
        response.getWriter().println(sentence);
    }
}
