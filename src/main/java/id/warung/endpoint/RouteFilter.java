package id.warung.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets in what the application has a {@link Route} for. Addresses, methods and bodies that nobody expects are refused here, before a server
 * gets to read a body, for which it would have a thread wait. Where it stands among the filters is said in web.xml.
 */
public class RouteFilter extends HttpFilter {
    /** Of all servlets; the first that matches is the one. */
    static final List<Route<?>> ROUTES = Stream.of(ApiServlet.ROUTES, HealthServlet.ROUTES, PageServlet.ROUTES)
            .<Route<?>>flatMap(List::stream)
            .toList();

    private static final long serialVersionUID = 1L;
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private transient HttpExchanges exchanges;

    /** What is not yet there is found when it is put into service. */
    public RouteFilter() {}

    RouteFilter(HttpExchanges exchanges) {
        this.exchanges = exchanges;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        super.init(config);
        exchanges = CDI.current().select(HttpExchanges.class).get();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Answer answer = answer(Route.pathOf(request), request.getMethod(), HttpExchange.hasBody(request));
        if (answer == null) {
            chain.doFilter(request, response);
        } else {
            exchanges.begin(request, response).answer(answer);
        }
    }

    /** Null when the request is for the servlet at that address. */
    private static Answer answer(String address, String method, boolean hasBody) {
        Route<?> route =
                ROUTES.stream().filter(its -> its.isAt(address)).findFirst().orElseThrow();
        if (route.isNothing()) {
            return Answers.nothingAt(address);
        }
        if (!route.takes(method)) {
            return Answers.notAllowed(route.allow());
        }
        return hasBody && READING.contains(method) ? Answers.noBodyHere() : null;
    }
}
