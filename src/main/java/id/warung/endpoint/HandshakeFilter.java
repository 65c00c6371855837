package id.warung.endpoint;

import id.warung.identity.ClientAddress;
import id.warung.protocol.Syntax;
import id.warung.session.RateLimits;
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

/**
 * Rejects bad handshakes before they become WebSockets: foreign origins, unknown subprotocols, illegal room names. A
 * good one continues with the client's address, and the endpoint closes connections without it: so nothing is accepted
 * where a server bypasses this filter (docs/adr/0016).
 */
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final int MAX_AGENT_CHARS = 200;

    private transient HttpExchanges exchanges;
    private transient HandshakeRules rules;
    private transient RateLimits limits;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        exchanges = CDI.current().select(HttpExchanges.class).get();
        rules = CDI.current().select(HandshakeRules.class).get();
        limits = CDI.current().select(RateLimits.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isQuestion(request)) {
            exchanges.begin(request, response).answer(explained(request));
        } else if (!rules.allowsOrigin(all(request, "Origin"), all(request, "Host"))) {
            refuse(
                    request,
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "Pages of this origin may not connect. The administrator can allow it.");
        } else if (!HandshakeRules.allowsSubprotocols(all(request, "Sec-WebSocket-Protocol"))) {
            refuse(
                    request,
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    "No such subprotocol. Ask for warung.v1 or warung.v1.bin, or for none to use plain text.");
        } else if (!namesRoom(request)) {
            refuse(request, response, HttpServletResponse.SC_BAD_REQUEST, "This is not a valid room name.");
        } else if (!HandshakeRules.asksForWebSocket(request)) {
            response.setHeader("Upgrade", "websocket");
            response.setHeader("Connection", "close"); // Payara sends no length with an Upgrade: the client would wait
            refuse(request, response, 426, "This is a WebSocket endpoint. Open the parent URL in a browser.");
        } else {
            count(request, response, chain);
        }
    }

    /** Whether a page whose handshake has failed asks why: browsers do not tell it. It asks here, as proxies may treat each address differently. */
    private static boolean isQuestion(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && query.startsWith("origin=") && !HandshakeRules.asksForWebSocket(request);
    }

    private Answer explained(HttpServletRequest request) {
        try {
            String origin = new Query(request.getQueryString()).only("origin").text("origin");
            List<String> host = all(request, "Host");
            return HttpResponses.handshake(origin, HandshakeRules.only(host), rules.allowsOrigin(origin, host));
        } catch (BadQueryException bad) {
            return HttpResponses.badQuery(bad);
        }
    }

    /** Continues with the client's address, unless that had too many handshakes lately. */
    private void count(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ClientAddress client = exchanges.clientOf(request);
        long waitMs = limits.handshake(client);
        if (waitMs > 0) {
            PageHeadersFilter.addTo(response);
            exchanges.begin(request, response).answer(HttpResponses.rateLimited(waitMs));
        } else {
            String agent = shortened(request.getHeader("User-Agent"));
            chain.doFilter(new HandshakePrincipal(client, agent).on(request), response);
        }
    }

    /** What people see who list their sessions; null: nothing. */
    private static String shortened(String agent) {
        if (agent == null) {
            return null;
        }
        String clean = agent.replaceAll("[^ -~]", "?");
        return clean.substring(0, Math.min(clean.length(), MAX_AGENT_CHARS));
    }

    private static List<String> all(HttpServletRequest request, String header) {
        return Collections.list(request.getHeaders(header));
    }

    /** Read from the URL alone: a server would also look for the parameter in the body, and wait for it. */
    private static boolean namesRoom(HttpServletRequest request) {
        try {
            String room = new Query(request.getQueryString()).text("room");
            return room == null || Syntax.isRoom(room);
        } catch (BadQueryException bad) {
            return false;
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, int status, String sentence) {
        PageHeadersFilter.addTo(response);
        byte[] body = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
        exchanges.begin(request, response).answer(Answer.ofText(status, "text/plain;charset=utf-8", body));
    }
}
