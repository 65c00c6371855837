package id.warung.endpoint;

import id.warung.identity.Callers;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.Reply;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rooms, their logs, and people over HTTP: see docs/protocol.md. Finds out who calls and what is asked for; others answer. */
@WebServlet(urlPatterns = {"/api/rooms", "/api/rooms/*", "/api/people"})
public class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(ApiServlet.class.getName());
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "OPTIONS");
    private static final Pattern ROOM = Pattern.compile("/([^/]+)(/messages)?");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_HITS = 20;
    private static final int MAX_HITS = 50;

    private transient Callers callers;
    private transient History history;
    private transient Listings listings;
    private transient Inlet inlet;

    /** What is asked for: a room and whether its messages; null when it is no room. */
    private record Target(String room, boolean messages) {}

    private interface Answering {
        void answer() throws IOException, Refused;
    }

    @Override
    public void init() throws ServletException {
        callers = CDI.current().select(Callers.class).get();
        history = CDI.current().select(History.class).get();
        listings = CDI.current().select(Listings.class).get();
        inlet = CDI.current().select(Inlet.class).get();
    }

    /** Of other methods a servlet would say in its own way that there are none. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (METHODS.contains(request.getMethod())) {
            super.service(request, response);
        } else {
            guarded(response, () -> notAllowed(response));
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        guarded(response, () -> {
            User caller = callers.caller(request.getHeader("Authorization"));
            Query query = new Query(request.getQueryString());
            if (request.getServletPath().equals("/api/people")) {
                Answers.json(response, listings.people(query));
            } else if (request.getPathInfo() == null || request.getPathInfo().equals("/")) {
                Answers.json(response, listings.rooms(caller, query));
            } else {
                Target target = target(request);
                if (target.messages()) {
                    Answers.page(request, response, page(caller, target.room(), query));
                } else {
                    Answers.json(response, listings.room(caller, target.room(), query));
                }
            }
        });
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        guarded(response, () -> {
            User caller = callers.author(request.getHeader("Authorization"));
            String path = request.getPathInfo(); // of people there is none
            if (path == null || !path.endsWith("/messages")) {
                notAllowed(response);
            } else {
                inlet.post(caller, target(request).room(), request, response);
            }
        });
    }

    private static void notAllowed(HttpServletResponse response) throws IOException {
        response.setHeader("Allow", "GET, HEAD, OPTIONS");
        Answers.refuse(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "not-allowed", "This can be read only.");
    }

    private static void guarded(HttpServletResponse response, Answering answering) throws IOException {
        response.setCharacterEncoding("UTF-8");
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Authorization");
        try {
            answering.answer();
        } catch (Refused refused) {
            Answers.refuse(response, refused);
        } catch (Query.Bad bad) {
            Answers.refuse(response, HttpServletResponse.SC_BAD_REQUEST, "bad-query", bad.getMessage());
        } catch (IOException e) {
            if (response.isCommitted()) {
                throw e; // it is the client who went
            }
            LOG.log(Logger.Level.ERROR, "The log could not be read", e);
            Answers.refuse(response, Reply.Failure.unavailable(null));
        }
    }

    private static Target target(HttpServletRequest request) throws Refused {
        Matcher path = ROOM.matcher(request.getPathInfo() == null ? "" : request.getPathInfo());
        if (!path.matches()) {
            throw new Refused(ErrorCode.NO_SUCH_ROOM, "There is nothing here.");
        }
        if (!Syntax.isRoom(path.group(1))) {
            throw new Refused(ErrorCode.BAD_ROOM, "This is not a room's name.");
        }
        return new Target(path.group(1), path.group(2) != null);
    }

    private History.Body page(User caller, String room, Query query) throws IOException, Refused {
        String words = query.text("q");
        long before = query.number("before", Long.MAX_VALUE);
        if (words != null) {
            return history.search(caller, room, words, before, query.limit(DEFAULT_HITS, MAX_HITS));
        }
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT);
        boolean forwards = query.text("after") != null;
        if (forwards && query.text("before") != null) {
            throw new Query.Bad("Ask for what is after a seq or before one, not both.");
        }
        return forwards
                ? history.after(caller, room, query.number("after", 0), limit)
                : history.before(caller, room, before, limit);
    }
}
