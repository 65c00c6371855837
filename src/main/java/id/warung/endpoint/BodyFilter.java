package id.warung.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Refuses bodies where none is expected, and has the connection closed, before a server gets to read them: it would have a thread wait for
 * what comes. Where it stands among the filters is said in web.xml.
 */
public class BodyFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private transient HttpExchanges exchanges;

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        exchanges = CDI.current().select(HttpExchanges.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!HttpExchange.hasBody(request) || takesBody(request)) {
            chain.doFilter(request, response);
        } else {
            exchanges
                    .begin(request, response)
                    .answer(
                            READING.contains(request.getMethod())
                                    ? Answers.refused(
                                            HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                                            Map.of(),
                                            "no-body-here",
                                            "This takes no body.")
                                    : Answers.notAllowed("GET, HEAD", "This can be read only."));
        }
    }

    private static boolean takesBody(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/") && !READING.contains(request.getMethod());
    }
}
