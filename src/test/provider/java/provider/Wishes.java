package provider;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What tests ask of the provider, by {@code GET /test?address=…}, and what it tells them: how often its keys and tokens were fetched. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
public class Wishes extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile String address = "http://127.0.0.1/";
    private volatile Duration life = Duration.ofMinutes(5);
    private volatile boolean refresh = true;
    private volatile boolean down;

    /** The page's address: where it may send users back to, and from where it may fetch tokens. */
    String address() {
        return address;
    }

    /** Its origin. */
    String origin() {
        return address.substring(0, address.indexOf('/', "http://".length()));
    }

    /** For how long ID tokens and access tokens are good. */
    Duration life() {
        return life;
    }

    /** Whether there are refresh tokens. */
    boolean refresh() {
        return refresh;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        switch (request.getRequestURI()) {
            case "/test" -> note(request, response);
            case "/oauth2/jwks" -> {
                keys.incrementAndGet();
                chain.doFilter(request, response);
            }
            case "/oauth2/token" -> {
                tokens.addAndGet(request.getMethod().equals("POST") ? 1 : 0);
                if (down) {
                    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                } else {
                    chain.doFilter(request, response);
                }
            }
            default -> chain.doFilter(request, response);
        }
    }

    private void note(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getParameter("address") != null) {
            address = request.getParameter("address");
        }
        if (request.getParameter("life") != null) {
            life = Duration.ofSeconds(Long.parseLong(request.getParameter("life")));
        }
        if (request.getParameter("refresh") != null) {
            refresh = Boolean.parseBoolean(request.getParameter("refresh"));
        }
        if (request.getParameter("down") != null) {
            down = Boolean.parseBoolean(request.getParameter("down"));
        }
        response.getWriter().print(keys + " " + tokens);
    }
}
