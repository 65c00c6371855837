package id.warung.endpoint;

import id.warung.identity.Identity;
import id.warung.log.Principal;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.HttpCommand;
import id.warung.protocol.Syntax;
import id.warung.session.RateLimits;
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
import java.util.concurrent.CompletionStage;

/**
 * The HTTP API for rooms, their logs, and users; see docs/protocol.md. Authenticates the caller and parses the query; other classes
 * answer, later.
 */
@WebServlet(urlPatterns = "/api/*", asyncSupported = true)
public class ApiServlet extends HttpServlet {
    static final List<Route<ApiServlet>> ROUTES = List.of(
            Route.of("/api/rooms/?", Map.of("GET", ApiServlet::rooms, "OPTIONS", ApiServlet::options)),
            Route.of("/api/rooms/([^/]+)", Map.of("GET", ApiServlet::room, "OPTIONS", ApiServlet::options)),
            Route.of("/api/rooms/([^/]+)/people", Map.of("GET", ApiServlet::here, "OPTIONS", ApiServlet::options)),
            Route.of(
                    "/api/rooms/([^/]+)/messages",
                    Map.of("GET", ApiServlet::messages, "POST", ApiServlet::post, "OPTIONS", ApiServlet::options)),
            Route.of(
                    "/api/rooms/([^/]+)/messages/([1-9][0-9]{0,17})",
                    Map.of("PATCH", ApiServlet::edit, "DELETE", ApiServlet::delete, "OPTIONS", ApiServlet::options)),
            Route.of(
                    "/api/rooms/([^/]+)/messages/([1-9][0-9]{0,17})/reactions/([^/]+)",
                    Map.of("PUT", ApiServlet::react, "DELETE", ApiServlet::takeBack, "OPTIONS", ApiServlet::options)),
            Route.of(
                    "/api/rooms/([^/]+)/members/([^/]+)",
                    Map.of("PUT", ApiServlet::add, "DELETE", ApiServlet::remove, "OPTIONS", ApiServlet::options)),
            Route.of(
                    "/api/rooms/([^/]+)/moderators/([^/]+)",
                    Map.of("PUT", ApiServlet::appoint, "DELETE", ApiServlet::dismiss, "OPTIONS", ApiServlet::options)),
            Route.of("/api/sign-in", Map.of("GET", ApiServlet::signIn, "OPTIONS", ApiServlet::options)),
            Route.of("/api/sessions", Map.of("GET", ApiServlet::sessions, "OPTIONS", ApiServlet::options)),
            Route.of("/api/sessions/([^/]+)", Map.of("DELETE", ApiServlet::endSession, "OPTIONS", ApiServlet::options)),
            Route.of("/api/people", Map.of("GET", ApiServlet::people, "OPTIONS", ApiServlet::options)),
            Route.of("/api/people/([^/]+)", Map.of("GET", ApiServlet::person, "OPTIONS", ApiServlet::options)),
            Route.ofNothing("/api(/.*)?"));

    private static final long serialVersionUID = 1L;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_HITS = 20;
    private static final int MAX_HITS = 50;

    private transient HttpExchanges exchanges;
    private transient Callers callers;
    private transient History history;
    private transient Listings listings;
    private transient HttpPostHandler postHandler;
    private transient SignInOffer offer;
    private transient RateLimits limits;
    private transient OwnSessions ownSessions;

    @Override
    public void init() throws ServletException {
        exchanges = CDI.current().select(HttpExchanges.class).get();
        callers = CDI.current().select(Callers.class).get();
        history = CDI.current().select(History.class).get();
        listings = CDI.current().select(Listings.class).get();
        limits = CDI.current().select(RateLimits.class).get();
        ownSessions = CDI.current().select(OwnSessions.class).get();
        postHandler = CDI.current().select(HttpPostHandler.class).get();
        offer = CDI.current().select(SignInOffer.class).get();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("Vary", "Authorization");
        Route.answer(ROUTES, this, request, exchanges.begin(request, response));
    }

    private void rooms(Route.Call call) throws CommandRejectedException {
        Query query = query(call, "q", "sort", "limit", "after");
        callers.identify(call, (caller, identity) -> {
            long waitMs = query.text("q") == null ? 0 : searchWaitMs(identity, call);
            if (waitMs > 0) {
                call.exchange().answer(HttpResponses.rateLimited(waitMs));
            } else {
                exchanges.answerFromLog(call.exchange(), () -> HttpResponses.json(listings.rooms(caller, query)));
            }
        });
    }

    private long searchWaitMs(Identity identity, Route.Call call) {
        return limits.search(
                identity == null ? null : identity.user(), call.exchange().client());
    }

    private void here(Route.Call call) throws CommandRejectedException {
        Query query = query(call, "q", "limit", "after");
        String room = roomOf(call);
        call.exchange().isAbout(null, room, null);
        callers.identify(call, (caller, identity) -> {
            long waitMs = searchWaitMs(identity, call); // with or without words, all who are there are looked at
            if (waitMs > 0) {
                call.exchange().answer(HttpResponses.rateLimited(waitMs));
            } else {
                exchanges.answerFromLog(
                        call.exchange(), () -> HttpResponses.json(listings.here(history.state(caller, room), query)));
            }
        });
    }

    private void person(Route.Call call) throws CommandRejectedException {
        Query unused = query(call); // there are no parameters
        String id = call.path().group(1);
        callers.identify(
                call,
                (caller, identity) -> exchanges.answerFromLog(
                        call.exchange(), () -> HttpResponses.json(listings.person(caller, id))));
    }

    /** Whoever asks: it is what those need who have no credentials yet. */
    private void signIn(Route.Call call) {
        Query unused = query(call); // there are no parameters
        call.exchange().answer(offer.answer(Collections.list(call.request().getHeaders("If-None-Match"))));
    }

    private void people(Route.Call call) throws CommandRejectedException {
        Query query = query(call, "q", "limit", "after");
        callers.identify( // invalid credentials are rejected, though this address may not need any
                call,
                (caller, identity) ->
                        exchanges.answerFromLog(call.exchange(), () -> HttpResponses.json(listings.people(query))));
    }

    private void room(Route.Call call) throws CommandRejectedException {
        Query query = query(call, "limit", "after");
        String room = roomOf(call);
        call.exchange().isAbout(null, room, null);
        callers.identify(
                call,
                (caller, identity) -> exchanges.answerFromLog(
                        call.exchange(), () -> HttpResponses.json(listings.room(caller, room, query))));
    }

    private void messages(Route.Call call) throws CommandRejectedException {
        Query query = query(call, "limit", "before", "after", "q");
        List<String> known = Collections.list(call.request().getHeaders("If-None-Match"));
        String room = roomOf(call);
        call.exchange().isAbout(null, room, null);
        HistoryReading page = page(room, query);
        callers.identify(call, (caller, identity) -> {
            long waitMs = query.text("q") == null ? 0 : searchWaitMs(identity, call);
            if (waitMs > 0) {
                call.exchange().answer(HttpResponses.rateLimited(waitMs));
            } else {
                exchanges.answerFromLog(call.exchange(), () -> HttpResponses.page(known, page.read(caller)));
            }
        });
    }

    private interface HistoryReading {
        History.Body read(Principal caller) throws IOException, CommandRejectedException;
    }

    private HistoryReading page(String room, Query query) {
        String words = query.text("q");
        long before = query.number("before", Long.MAX_VALUE);
        boolean forwards = query.text("after") != null;
        if (forwards && words != null) {
            throw new BadQueryException("A search has before, not after.");
        }
        if (words != null) {
            int hits = query.limit(DEFAULT_HITS, MAX_HITS);
            return caller -> history.search(caller, room, words, before, hits);
        }
        int limit = query.limit(DEFAULT_LIMIT, MAX_LIMIT);
        if (forwards && query.text("before") != null) {
            throw new BadQueryException("A query has after or before, not both.");
        }
        long after = query.number("after", 0);
        return forwards
                ? caller -> history.after(caller, room, after, limit)
                : caller -> history.before(caller, room, before, limit);
    }

    private void post(Route.Call call) throws IOException, CommandRejectedException {
        withText(call, "post", 0);
    }

    private void edit(Route.Call call) throws IOException, CommandRejectedException {
        withText(call, "edit", Long.parseLong(call.path().group(2)));
    }

    private void withText(Route.Call call, String type, long seq) throws IOException, CommandRejectedException {
        CompletionStage<Identity> author = callers.author(call.request());
        HttpCommand given = command(call, type, null, seq);
        postHandler.withText(author, given, call.request(), call.exchange());
    }

    private void delete(Route.Call call) throws CommandRejectedException {
        withoutText(call, "delete", null, Long.parseLong(call.path().group(2)));
    }

    private void add(Route.Call call) throws CommandRejectedException {
        withoutText(call, "add", call.path().group(2), 0);
    }

    private void remove(Route.Call call) throws CommandRejectedException {
        withoutText(call, "remove", call.path().group(2), 0);
    }

    private void appoint(Route.Call call) throws CommandRejectedException {
        withoutText(call, "appoint", call.path().group(2), 0);
    }

    private void dismiss(Route.Call call) throws CommandRejectedException {
        withoutText(call, "dismiss", call.path().group(2), 0);
    }

    private void react(Route.Call call) throws CommandRejectedException {
        withoutText(call, reaction(call, true));
    }

    private void takeBack(Route.Call call) throws CommandRejectedException {
        withoutText(call, reaction(call, false));
    }

    private void withoutText(Route.Call call, String type, String user, long seq) throws CommandRejectedException {
        withoutText(call, command(call, type, user, seq));
    }

    private void withoutText(Route.Call call, HttpCommand given) throws CommandRejectedException {
        postHandler.withoutText(callers.author(call.request()), given, call.exchange());
    }

    private static HttpCommand reaction(Route.Call call, boolean on) throws CommandRejectedException {
        return command(call, "react", null, Long.parseLong(call.path().group(2)))
                .with(new HttpCommand.Reaction(call.path().group(3), on));
    }

    private static HttpCommand command(Route.Call call, String type, String user, long seq)
            throws CommandRejectedException {
        Query unused = query(call); // there are no parameters
        return new HttpCommand(type, roomOf(call), user, seq, call.request().getHeader("Idempotency-Key"));
    }

    private void sessions(Route.Call call) throws CommandRejectedException {
        Query unused = query(call);
        callers.identify(call, (caller, identity) -> ownSessions.list(identity, call.exchange()));
    }

    private void endSession(Route.Call call) throws CommandRejectedException {
        Query unused = query(call);
        String id = call.path().group(1);
        callers.identify(call, (caller, identity) -> ownSessions.end(identity, id, call.exchange()));
    }

    private void options(Route.Call call) {
        call.exchange().answer(HttpResponses.allowed(call.route().allow()));
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
