package id.warung.endpoint;

import id.warung.protocol.Reply;
import id.warung.protocol.Syntax;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code GET /api/rooms/{room}/messages}: see docs/protocol.md. */
@WebServlet(urlPatterns = "/api/rooms/*")
public class HistoryServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(HistoryServlet.class.getName());
    private static final Pattern PATH = Pattern.compile("/([^/]+)/messages");
    private static final Pattern SEQ = Pattern.compile("[0-9]{1,18}");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    private transient History history;

    @Override
    public void init() throws ServletException {
        history = CDI.current().select(History.class).get();
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setCharacterEncoding("UTF-8");
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "private, no-cache");
        Matcher path = PATH.matcher(request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!path.matches()) {
            refuse(response, HttpServletResponse.SC_NOT_FOUND, "not-found", "There is nothing here.");
            return;
        }
        if (!Syntax.isRoom(path.group(1))) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "bad-room", "This is not a room's name.");
            return;
        }
        try {
            answer(request, response, page(path.group(1), request));
        } catch (IllegalArgumentException e) {
            refuse(response, HttpServletResponse.SC_BAD_REQUEST, "bad-query", e.getMessage());
        } catch (IOException e) {
            LOG.log(Logger.Level.ERROR, "A page of history could not be read", e);
            response.setHeader("Retry-After", "2");
            String message = Reply.Failure.unavailable(null).message();
            refuse(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, "unavailable", message);
        }
    }

    private History.Body page(String room, HttpServletRequest request) throws IOException {
        String after = request.getParameter("after");
        String before = request.getParameter("before");
        if (after != null && before != null) {
            throw new IllegalArgumentException("Ask for what is after a seq or before one, not both.");
        }
        long limit = number(request.getParameter("limit"), "limit", DEFAULT_LIMIT);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit is a whole number from 1 to " + MAX_LIMIT + ".");
        }
        return after != null
                ? history.after(room, number(after, "after", 0), (int) limit)
                : history.before(room, number(before, "before", Long.MAX_VALUE), (int) limit);
    }

    private static long number(String value, String name, long byDefault) {
        if (value == null) {
            return byDefault;
        }
        if (!SEQ.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " is a whole number.");
        }
        return Long.parseLong(value);
    }

    private static void answer(HttpServletRequest request, HttpServletResponse response, History.Body body)
            throws IOException {
        response.setHeader("ETag", body.etag());
        if (body.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentLength(body.json().length);
        response.getOutputStream().write(body.json());
    }

    private static void refuse(HttpServletResponse response, int status, String code, String sentence)
            throws IOException {
        response.setStatus(status);
        response.getWriter().println("{\"error\":\"" + code + "\",\"message\":\"" + sentence + "\"}");
    }
}
