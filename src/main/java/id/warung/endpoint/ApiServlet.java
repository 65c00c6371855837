package id.warung.endpoint;

import id.warung.identity.Callers;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rooms, their logs, and people over HTTP: see docs/protocol.md. Finds out who calls and what is asked for; others answer, later. */
@WebServlet(
        urlPatterns = {"/api/rooms", "/api/rooms/*", "/api/people"},
        asyncSupported = true)
public class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final Pattern ROOM = Pattern.compile("/([^/]+)(/messages)?");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_HITS = 20;
    private static final int MAX_HITS = 50;

    private transient HttpExchanges exchanges;
    private transient Callers callers;
    private transient History history;
    private transient Listings listings;
    private transient Inlet inlet;

    /** What is asked for: a room and whether its messages; null when it is no room. */
    private record Target(String room, boolean messages) {}

    @Override
    public void init() throws ServletException {
        exchanges = CDI.current().select(HttpExchanges.class).get();
        callers = CDI.current().select(Callers.class).get();
        history = CDI.current().select(History.class).get();
        listings = CDI.current().select(Listings.class).get();
        inlet = CDI.current().select(Inlet.class).get();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Authorization");
        HttpExchange exchange = exchanges.begin(request, response);
        try {
            switch (request.getMethod()) {
                case "GET", "HEAD" -> get(request, exchange);
                case "POST" -> post(request, exchange);
                case "OPTIONS" -> exchange.answer(Answer.of(200, Map.of("Allow", METHODS + ", POST"), List.of()));
                default -> exchange.answer(notAllowed());
            }
        } catch (Refused refused) {
            exchange.answer(Answers.refused(refused));
        } catch (Query.Bad bad) {
            exchange.answer(Answers.badQuery(bad));
        }
    }

    private void get(HttpServletRequest request, HttpExchange exchange) throws Refused {
        User caller = callers.caller(request.getHeader("Authorization"));
        Query query = new Query(request.getQueryString());
        exchange.isAbout(caller, null, null);
        exchanges.answerFromLog(exchange, reading(request, exchange, caller, query));
    }

    private HttpExchanges.Reading reading(HttpServletRequest request, HttpExchange exchange, User caller, Query query)
            throws Refused {
        if (request.getServletPath().equals("/api/people")) {
            return () -> Answers.json(listings.people(query));
        }
        if (request.getPathInfo() == null || request.getPathInfo().equals("/")) {
            return () -> Answers.json(listings.rooms(caller, query));
        }
        Target target = target(request);
        exchange.isAbout(caller, target.room(), null);
        if (!target.messages()) {
            return () -> Answers.json(listings.room(caller, target.room(), query));
        }
        String known = request.getHeader("If-None-Match");
        HistoryReading page = page(caller, target.room(), query);
        return () -> Answers.page(known, page.read());
    }

    private interface HistoryReading {
        History.Body read() throws IOException, Refused;
    }

    private HistoryReading page(User caller, String room, Query query) {
        String words = query.text("q");
        long before = query.number("before", Long.MAX_VALUE);
        if (words != null) {
            int hits = query.limit(DEFAULT_HITS, MAX_HITS);
            return () -> history.search(caller, room, words, before, hits);
        }
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT);
        boolean forwards = query.text("after") != null;
        if (forwards && query.text("before") != null) {
            throw new Query.Bad("Ask for what is after a seq or before one, not both.");
        }
        long after = query.number("after", 0);
        return forwards
                ? () -> history.after(caller, room, after, limit)
                : () -> history.before(caller, room, before, limit);
    }

    private void post(HttpServletRequest request, HttpExchange exchange) throws IOException, Refused {
        User caller = callers.author(request.getHeader("Authorization"));
        String path = request.getPathInfo(); // of people there is none
        if (path == null || !path.endsWith("/messages")) {
            exchange.answer(notAllowed());
        } else {
            inlet.post(caller, target(request).room(), request, exchange);
        }
    }

    private static Answer notAllowed() {
        return Answers.notAllowed(METHODS, "This can be read only.");
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
}
