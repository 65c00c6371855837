package id.warung.endpoint;

import id.warung.identity.OriginPolicy;
import id.warung.identity.TrustedProxies;
import id.warung.protocol.Syntax;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Refuses what must not become a WebSocket, before it does: a foreign page, an unknown subprotocol, a room that is none. What may
 * goes on with the client's address on board.
 */
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private transient HttpExchanges exchanges;
    private transient OriginPolicy origins;
    private transient TrustedProxies proxies;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        exchanges = CDI.current().select(HttpExchanges.class).get();
        origins = CDI.current().select(OriginPolicy.class).get();
        proxies = CDI.current().select(TrustedProxies.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!origins.allows(request.getHeader("Origin"), request.getHeader("Host"))) {
            refuse(request, response, HttpServletResponse.SC_FORBIDDEN, "This origin may not connect.");
        } else if (!speaksOurs(request)) {
            refuse(
                    request,
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "The subprotocols here are warung.v1 and warung.v1.bin; without one it is plain text.");
        } else if (!namesRoom(request)) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST, "This is not a room's name.");
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.setHeader("Upgrade", "websocket");
            refuse(request, response, 426, "This address speaks WebSocket. People start at the page one level up.");
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

    /** Read from the address alone: a server would look for it in the body as well, and wait for that. */
    private static boolean namesRoom(HttpServletRequest request) {
        try {
            String room = new Query(request.getQueryString()).text("room");
            return room == null || Syntax.isRoom(room);
        } catch (Query.Bad bad) {
            return false;
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String sentence) {
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        exchanges.begin(request, response).answer(Answer.ofText(status, "text/plain;charset=utf-8", body));
    }
}
