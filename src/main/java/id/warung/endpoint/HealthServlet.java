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
import java.util.Locale;

/** {@code /health/live} and {@code /health/ready}: see docs/protocol.md. */
@WebServlet(urlPatterns = "/health/*", loadOnStartup = 1)
public class HealthServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private transient Readiness readiness;
    private transient JsonProvider json;

    @Override
    public void init() throws ServletException {
        readiness = CDI.current().select(Readiness.class).get();
        json = JsonProvider.provider();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String check = request.getPathInfo();
        if ("/live".equals(check)) {
            answer(response, HttpServletResponse.SC_OK, "up", null);
        } else if ("/ready".equals(check)) {
            Readiness.State state = readiness.state();
            answer(response, state.httpStatus(), state.name().toLowerCase(Locale.ROOT), readiness.trouble());
        } else {
            answer(response, HttpServletResponse.SC_NOT_FOUND, "unknown", null);
        }
    }

    /** Containers destroy servlets before they cut WebSocket connections, so this is when goodbye can still be said. */
    @Override
    public void destroy() {
        readiness.drain();
    }

    private void answer(HttpServletResponse response, int status, String word, String degraded) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        JsonObjectBuilder body = json.createObjectBuilder().add("status", word);
        if (degraded != null) {
            body.add("degraded", degraded);
        }
        response.getWriter().println(body.build());
    }
}
