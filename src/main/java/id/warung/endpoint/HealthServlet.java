package id.warung.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Set;

/** {@code /health/live} and {@code /health/ready}: see docs/protocol.md. */
@WebServlet(urlPatterns = "/health/*", loadOnStartup = 1, asyncSupported = true)
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

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
    protected void service(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Cache-Control", "no-store");
        HttpExchange exchange = exchanges.begin(request, response);
        exchange.answer(
                METHODS.contains(request.getMethod())
                        ? answer(request.getPathInfo())
                        : Answers.notAllowed("GET, HEAD", "This can be read only."));
    }

    private Answer answer(String check) {
        if ("/live".equals(check)) {
            return answer(HttpServletResponse.SC_OK, "up", null);
        }
        if ("/ready".equals(check)) {
            Readiness.State state = readiness.state();
            return answer(state.httpStatus(), state.name().toLowerCase(Locale.ROOT), readiness.trouble());
        }
        return answer(HttpServletResponse.SC_NOT_FOUND, "unknown", null);
    }

    private Answer answer(int status, String word, String degraded) {
        JsonObjectBuilder body = json.createObjectBuilder().add("status", word);
        if (degraded != null) {
            body.add("degraded", degraded);
        }
        return Answers.json(status, body.build() + "\n");
    }

    /** Containers destroy servlets before they cut WebSocket connections, so this is when goodbye can still be said. */
    @Override
    public void destroy() {
        readiness.drain();
    }
}
