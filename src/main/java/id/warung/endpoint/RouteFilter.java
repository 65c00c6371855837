package id.warung.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rejects requests for other hosts than ours, and those without a {@link Route}: unknown addresses and methods, and unexpected bodies, before a server
 * starts to read such a body, for which it would block a thread. Its place among the filters is set in web.xml.
 */
public class RouteFilter extends HttpFilter {
    /** The routes of all servlets; the first match counts. */
    static final List<Route<?>> ROUTES = Stream.of(ApiServlet.ROUTES, HealthServlet.ROUTES, PageServlet.ROUTES)
            .<Route<?>>flatMap(List::stream)
            .toList();

    private static final long serialVersionUID = 1L;
    private static final String HEALTH = "/health/"; // load balancers ask for an address, or for no host at all
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private transient HttpExchanges exchanges;
    private transient HandshakeRules rules;

    /** The constructor for the server; the rest is found when the filter is put into service. */
    public RouteFilter() {}

    RouteFilter(HttpExchanges exchanges, HandshakeRules rules) {
        this.exchanges = exchanges;
        this.rules = rules;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        exchanges = CDI.current().select(HttpExchanges.class).get();
        rules = CDI.current().select(HandshakeRules.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address = Route.pathOf(request);
        boolean isOurs = address.startsWith(HEALTH) || rules.allowsHost(Collections.list(request.getHeaders("Host")));
        Answer answer = isOurs
                ? answer(address, request.getMethod(), HttpExchange.hasBody(request))
                : HttpResponses.wrongHost();
        if (answer == null) {
            chain.doFilter(request, response);
        } else {
            PageHeadersFilter.addTo(response); // a handshake does not have them yet
            exchanges.begin(request, response).answer(answer);
        }
    }

    /** The rejection; null when the request goes on to its servlet. */
    private static Answer answer(String address, String method, boolean hasBody) {
        Route<?> route =
                ROUTES.stream().filter(its -> its.isAt(address)).findFirst().orElseThrow();
        if (route.isNothing()) {
            return HttpResponses.nothingAt(address);
        }
        if (!route.takes(method)) {
            return HttpResponses.notAllowed(route.allow());
        }
        return hasBody && READING.contains(method) ? HttpResponses.noBodyHere() : null;
    }
}
