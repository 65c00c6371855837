package id.warung.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The health checks {@code /health/live} and {@code /health/ready}; see docs/protocol.md. */
@WebServlet(urlPatterns = "/health/*", loadOnStartup = 1, asyncSupported = true)
public class HealthServlet extends HttpServlet {
    /** Without OPTIONS: some load balancers check with it, and 200 would always tell them that the server is healthy. */
    static final List<Route<HealthServlet>> ROUTES = List.of(
            Route.of("/health/live", Map.of("GET", HealthServlet::live)),
            Route.of("/health/ready", Map.of("GET", HealthServlet::ready)),
            Route.of("/health(/.*)?", Map.of("GET", HealthServlet::unknown)));

    private static final long serialVersionUID = 1L;

    private transient HttpExchanges exchanges;
    private transient Readiness readiness;
    private transient JsonProvider json;

    @Override
    public void init() throws ServletException {
        exchanges = CDI.current().select(HttpExchanges.class).get();
        readiness = CDI.current().select(Readiness.class).get();
        json = JsonProvider.provider();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        Route.answer(ROUTES, this, request, exchanges.begin(request, response));
    }

    private void live(Route.Call call) {
        answer(call, HttpServletResponse.SC_OK, "up", null);
    }

    private void ready(Route.Call call) {
        Readiness.State state = readiness.state();
        answer(call, state.httpStatus(), state.name().toLowerCase(Locale.ROOT), readiness.trouble());
    }

    private void unknown(Route.Call call) {
        answer(call, HttpServletResponse.SC_NOT_FOUND, "unknown", null);
    }

    private void answer(Route.Call call, int status, String word, String degraded) {
        JsonObjectBuilder body = json.createObjectBuilder().add("status", word);
        if (degraded != null) {
            body.add("degraded", degraded);
        }
        call.exchange().answer(HttpResponses.json(status, body.build() + "\n"));
    }

    /** Containers destroy servlets before they close WebSocket connections, so here goodbye can still be sent. */
    @Override
    public void destroy() {
        readiness.drain();
    }
}
