package id.warung.endpoint;

import id.warung.protocol.CommandRejectedException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An address of the application and its handler for each method; {@code HEAD} goes with {@code GET}. The header {@code Allow} is derived
 * from this table, {@link RouteFilter} rejects everything else, and servlets call the handlers. Immutable.
 *
 * @param path below the context, decoded
 * @param handlers by method; none: the address does not exist
 * @param <S> the servlet that answers
 */
record Route<S>(Pattern path, Map<String, Handler<S>> handlers) {
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** Answers, now or later, without blocking. */
    interface Handler<S> {
        void handle(S servlet, Call call) throws IOException, CommandRejectedException;
    }

    /** A request to a route; {@code path} has the groups of the route's pattern. */
    record Call(Route<?> route, HttpServletRequest request, HttpExchange exchange, Matcher path) {}

    static <S> Route<S> of(String path, Map<String, Handler<S>> handlers) {
        if (!METHODS.containsAll(handlers.keySet())) {
            throw new IllegalArgumentException(path + " has a method that is not one of " + METHODS);
        }
        return new Route<>(Pattern.compile(path, Pattern.DOTALL), Map.copyOf(handlers));
    }

    /** A route that does not exist. */
    static <S> Route<S> ofNothing(String path) {
        return of(path, Map.of());
    }

    static String pathOf(HttpServletRequest request) {
        return request.getPathInfo() == null
                ? request.getServletPath()
                : request.getServletPath() + request.getPathInfo();
    }

    boolean isAt(String address) {
        return path.matcher(address).matches();
    }

    boolean isNothing() {
        return handlers.isEmpty();
    }

    /** Whether a request with this method gets another response than 405. */
    boolean takes(String method) {
        return handlers.containsKey(withBody(method));
    }

    /** The value of the header {@code Allow}. */
    String allow() {
        return METHODS.stream().filter(this::takes).collect(Collectors.joining(", "));
    }

    /** Calls the handler of the first matching route; the filter has rejected everything else. */
    static <S> void answer(List<Route<S>> routes, S servlet, HttpServletRequest request, HttpExchange exchange)
            throws IOException {
        String address = pathOf(request);
        for (Route<S> route : routes) {
            Matcher path = route.path.matcher(address);
            if (path.matches()) {
                route.answer(servlet, new Call(route, request, exchange, path));
                return;
            }
        }
    }

    private void answer(S servlet, Call call) throws IOException {
        try {
            handlers.get(withBody(call.request().getMethod())).handle(servlet, call);
        } catch (CommandRejectedException refused) {
            call.exchange().answer(HttpResponses.refused(refused));
        } catch (BadQueryException bad) {
            call.exchange().answer(HttpResponses.badQuery(bad));
        }
    }

    private static String withBody(String method) {
        return method.equals("HEAD") ? "GET" : method;
    }
}
