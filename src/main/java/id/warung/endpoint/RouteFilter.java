package id.warung.endpoint;

import id.warung.session.RateLimits;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Rejects requests for other hosts than ours, and those without a {@link Route}: unknown addresses and methods, and unexpected bodies, before a server
 * starts to read such a body, for which it would block a thread. Its place among the filters is set in web.xml.
 */
public class RouteFilter extends HttpFilter {
    /** The routes of all servlets; the first match counts. */
    static final List<Route<?>> ROUTES = Stream.of(
                    ApiServlet.ROUTES,
                    HealthServlet.ROUTES,
                    SignInServlet.ROUTES,
                    ErrorServlet.ROUTES,
                    PageServlet.ROUTES)
            .<Route<?>>flatMap(List::stream)
            .toList();

    private static final long serialVersionUID = 1L;
    private static final Pattern COUNTED = Pattern.compile("/(api|signin)(/.*)?", Pattern.DOTALL);
    private static final String HEALTH = "/health/"; // load balancers ask for an address, or for no host at all
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private transient HttpExchanges exchanges;
    private transient HandshakeRules rules;
    private transient RateLimits limits;
    private transient Callers callers;
    private transient Readiness readiness;

    /** The constructor for the server; the rest is found when the filter is put into service. */
    public RouteFilter() {}

    RouteFilter(
            HttpExchanges exchanges, HandshakeRules rules, RateLimits limits, Callers callers, Readiness readiness) {
        this.exchanges = exchanges;
        this.rules = rules;
        this.limits = limits;
        this.callers = callers;
        this.readiness = readiness;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        exchanges = CDI.current().select(HttpExchanges.class).get();
        rules = CDI.current().select(HandshakeRules.class).get();
        limits = CDI.current().select(RateLimits.class).get();
        callers = CDI.current().select(Callers.class).get();
        readiness = CDI.current().select(Readiness.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String address = Route.pathOf(request);
        boolean isOurs = address.startsWith(HEALTH) || rules.allowsHost(Collections.list(request.getHeaders("Host")));
        Answer answer = isOurs ? answer(address, request) : HttpResponses.wrongHost();
        if (answer == null) {
            chain.doFilter(request, response);
        } else {
            PageHeadersFilter.addTo(response); // a handshake does not have them yet
            exchanges.begin(request, response).answer(answer);
        }
    }

    /** The rejection; null when the request goes on to its servlet. What the page consists of comes from memory and does not count, nor do health checks. */
    private Answer answer(String address, HttpServletRequest request) {
        boolean counts = COUNTED.matcher(address).matches();
        if (counts && readiness.state() == Readiness.State.STARTING) {
            return HttpResponses.unavailable(); // nothing can be read yet, not even who somebody is
        }
        long waitMs = counts ? waitMs(request) : 0;
        return waitMs > 0
                ? HttpResponses.rateLimited(waitMs)
                : answer(address, request.getMethod(), HttpExchange.hasBody(request));
    }

    /** Back ends have limits of their own. */
    private long waitMs(HttpServletRequest request) {
        return callers.isBackEnd(request) ? 0 : limits.request(exchanges.clientOf(request));
    }

    /** The same, for the address alone. */
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
