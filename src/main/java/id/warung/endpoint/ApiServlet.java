package id.warung.endpoint;

import id.warung.identity.BearerAuthenticator;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The HTTP API for rooms, their logs, and users; see docs/protocol.md. Authenticates the caller and parses the query; other classes
 * answer, later.
 */
@WebServlet(urlPatterns = "/api/*", asyncSupported = true)
public class ApiServlet extends HttpServlet {
    static final List<Route<ApiServlet>> ROUTES = List.of(
            Route.of("/api/rooms/?", Map.of("GET", ApiServlet::rooms, "OPTIONS", ApiServlet::options)),
            Route.of("/api/rooms/([^/]+)", Map.of("GET", ApiServlet::room, "OPTIONS", ApiServlet::options)),
            Route.of(
                    "/api/rooms/([^/]+)/messages",
                    Map.of("GET", ApiServlet::messages, "POST", ApiServlet::post, "OPTIONS", ApiServlet::options)),
            Route.of("/api/people", Map.of("GET", ApiServlet::people, "OPTIONS", ApiServlet::options)),
            Route.ofNothing("/api(/.*)?"));

    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_HITS = 20;
    private static final int MAX_HITS = 50;

    private transient HttpExchanges exchanges;
    private transient BearerAuthenticator authenticator;
    private transient History history;
    private transient Listings listings;
    private transient HttpPostHandler postHandler;

    @Override
    public void init() throws ServletException {
        exchanges = CDI.current().select(HttpExchanges.class).get();
        authenticator = CDI.current().select(BearerAuthenticator.class).get();
        history = CDI.current().select(History.class).get();
        listings = CDI.current().select(Listings.class).get();
        postHandler = CDI.current().select(HttpPostHandler.class).get();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Authorization");
        Route.answer(ROUTES, this, request, exchanges.begin(request, response));
    }

    private void rooms(Route.Call call) throws CommandRejectedException {
        User caller = caller(call);
        Query query = query(call, "limit", "after");
        exchanges.answerFromLog(call.exchange(), () -> HttpResponses.json(listings.rooms(caller, query)));
    }

    private void people(Route.Call call) throws CommandRejectedException {
        caller(call); // invalid credentials are rejected, though this address does not need any
        Query query = query(call, "q", "limit", "after");
        exchanges.answerFromLog(call.exchange(), () -> HttpResponses.json(listings.people(query)));
    }

    private void room(Route.Call call) throws CommandRejectedException {
        User caller = caller(call);
        Query query = query(call, "limit", "after");
        String room = roomOf(call);
        call.exchange().isAbout(caller, room, null);
        exchanges.answerFromLog(call.exchange(), () -> HttpResponses.json(listings.room(caller, room, query)));
    }

    private void messages(Route.Call call) throws CommandRejectedException {
        User caller = caller(call);
        Query query = query(call, "limit", "before", "after", "q");
        List<String> known = Collections.list(call.request().getHeaders("If-None-Match"));
        String room = roomOf(call);
        call.exchange().isAbout(caller, room, null);
        HistoryReading page = page(caller, room, query);
        exchanges.answerFromLog(call.exchange(), () -> HttpResponses.page(known, page.read()));
    }

    private interface HistoryReading {
        History.Body read() throws IOException, CommandRejectedException;
    }

    private HistoryReading page(User caller, String room, Query query) {
        String words = query.text("q");
        long before = query.number("before", Long.MAX_VALUE);
        boolean forwards = query.text("after") != null;
        if (forwards && words != null) {
            throw new BadQueryException("A search has before, not after.");
        }
        if (words != null) {
            int hits = query.limit(DEFAULT_HITS, MAX_HITS);
            return () -> history.search(caller, room, words, before, hits);
        }
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT);
        if (forwards && query.text("before") != null) {
            throw new BadQueryException("A query has after or before, not both.");
        }
        long after = query.number("after", 0);
        return forwards
                ? () -> history.after(caller, room, after, limit)
                : () -> history.before(caller, room, before, limit);
    }

    private void post(Route.Call call) throws IOException, CommandRejectedException {
        User author = authenticator.author(call.request().getHeader("Authorization"));
        Query unused = query(call); // there are no parameters
        postHandler.post(author, roomOf(call), call.request(), call.exchange());
    }

    private void options(Route.Call call) {
        call.exchange().answer(HttpResponses.allowed(call.route().allow()));
    }

    /** Null for an anonymous caller. */
    private User caller(Route.Call call) throws CommandRejectedException {
        User caller = authenticator.caller(call.request().getHeader("Authorization"));
        call.exchange().isAbout(caller, null, null);
        return caller;
    }

    private static Query query(Route.Call call, String... names) {
        return new Query(call.request().getQueryString()).only(names);
    }

    private static String roomOf(Route.Call call) throws CommandRejectedException {
        String room = call.path().group(1);
        if (!Syntax.isRoom(room)) {
            throw new CommandRejectedException(ErrorCode.BAD_ROOM, "This is not a valid room name.");
        }
        return room;
    }
}
