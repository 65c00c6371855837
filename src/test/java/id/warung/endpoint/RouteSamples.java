package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A URL for each route of the application. */
public final class RouteSamples {
    /** The methods of the table, other known ones, and an unknown one. */
    public static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW");

    private static final Map<String, String> PARTS = Map.of(
            "([^/]+)", "lobby",
            "([1-9][0-9]{0,17})", "41",
            "(\\w{1,64})", "v1",
            "(/.+)", "/js/app.js",
            "(/.*)?", "/elsewhere",
            "/?", "/");

    private RouteSamples() {}

    /** The allowed methods by URL below the context; none where nothing is. */
    public static Map<String, List<String>> methodsByAddress() {
        Map<String, List<String>> methods = new TreeMap<>();
        for (Route<?> route : RouteFilter.ROUTES) {
            String address = route.path().pattern().equals(".*")
                    ? "/index.html"
                    : route.path().pattern();
            for (Map.Entry<String, String> part : PARTS.entrySet()) {
                address = address.replace(part.getKey(), part.getValue());
            }
            assertThat(first(address)).as(address).isSameAs(route);
            List<String> taken = METHODS.stream().filter(route::takes).toList();
            methods.put(address, route.isNothing() ? List.of() : taken);
        }
        return methods;
    }

    private static Route<?> first(String address) {
        return RouteFilter.ROUTES.stream()
                .filter(route -> route.isAt(address))
                .findFirst()
                .orElseThrow();
    }
}
