package id.warung.endpoint;

import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Reply;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The HTTP responses of the application. Static, stateless. */
final class HttpResponses {
    private static final JsonProvider JSON = JsonProvider.provider();
    private static final String JSON_TYPE = "application/json;charset=UTF-8";

    private static final int TOO_MANY_REQUESTS = 429;

    private HttpResponses() {}

    static Answer json(byte[]... body) {
        return json(HttpServletResponse.SC_OK, Map.of(), List.of(body));
    }

    static Answer json(int status, String body) {
        return json(status, Map.of(), List.of(body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A page of entries, or "not modified": {@code known} has the values of {@code If-None-Match}. */
    static Answer page(List<String> known, History.Body body) {
        if (body.etag() == null) {
            return json(HttpServletResponse.SC_OK, Map.of(), body.json());
        }
        Map<String, String> headers = Map.of("ETag", body.etag());
        return EntityTags.match(known, body.etag())
                ? Answer.of(HttpServletResponse.SC_NOT_MODIFIED, headers, List.of())
                : json(HttpServletResponse.SC_OK, headers, body.json());
    }

    static Answer refused(CommandRejectedException refused) {
        return refused.retryAfterMs() > 0 ? refused(refused.reply()) : refused(refused.code(), refused.getMessage());
    }

    /** Too much in too short a time: there are so many milliseconds to wait. */
    static Answer rateLimited(long waitMs) {
        return refused(CommandRejectedException.rateLimited(waitMs));
    }

    static Answer refused(ErrorCode code, String sentence) {
        Map<String, String> headers =
                code == ErrorCode.BAD_TOKEN ? Map.of("WWW-Authenticate", "Bearer") : Map.<String, String>of();
        return refused(status(code), headers, code.wire(), sentence);
    }

    /** A rejection; one that may be retried says when. */
    static Answer refused(Reply.Failure failure) {
        String seconds = String.valueOf((failure.retryAfterMs() + 999) / 1_000);
        return refused(
                status(failure.code()),
                Map.of("Retry-After", seconds),
                failure.code().wire(),
                failure.message());
    }

    static Answer refused(int status, Map<String, String> headers, String code, String sentence) {
        String body = JSON.createObjectBuilder()
                .add("error", code)
                .add("message", sentence)
                .build()
                .toString();
        return json(status, headers, List.of((body + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a page of this origin may open a WebSocket, and the host that its request asks for; null: none. */
    static Answer handshake(String origin, String host, boolean allowed) {
        JsonObjectBuilder body =
                JSON.createObjectBuilder().add("allowed", allowed).add("origin", origin);
        if (host != null) {
            body.add("host", host);
        }
        return json(HttpServletResponse.SC_OK, body.build() + "\n");
    }

    /** An address below the context root, such as {@code /}, for a redirect. */
    static String within(ServletContext context, String path) {
        try {
            return new URI(null, null, context.getContextPath() + path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Answer wrongHost() {
        return refused(421, Map.of(), "wrong-host", "This server does not answer for this host.");
    }

    static Answer allowed(String allow) {
        return Answer.of(HttpServletResponse.SC_OK, Map.of("Allow", allow), List.of());
    }

    static Answer notAllowed(String allow) {
        String sentence = "This address allows only " + allow + ".";
        return refused(HttpServletResponse.SC_METHOD_NOT_ALLOWED, Map.of("Allow", allow), "not-allowed", sentence);
    }

    static Answer noBodyHere() {
        return refused(
                HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                Map.of(),
                "no-body-here",
                "A request to this address must have no body.");
    }

    /** The response at an unknown address of the API; below the address of the rooms, the rest is taken for a room's name. */
    static Answer nothingAt(String address) {
        String code = address.startsWith("/api/rooms/") ? ErrorCode.NO_SUCH_ROOM.wire() : "not-found";
        return refused(HttpServletResponse.SC_NOT_FOUND, Map.of(), code, "There is nothing here.");
    }

    static Answer busy() {
        return refused(Reply.Failure.busy());
    }

    static Answer unavailable() {
        return refused(Reply.Failure.unavailable());
    }

    static Answer bodyTooSlow() {
        return refused(
                HttpServletResponse.SC_REQUEST_TIMEOUT,
                Map.of(),
                "too-slow",
                "The request's body did not arrive in time. Try again.");
    }

    static Answer internal() {
        return ofServer(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }

    /** A response that the server itself has decided on, with this status. */
    static Answer ofServer(int status) {
        return switch (status) {
            case HttpServletResponse.SC_UNAUTHORIZED ->
                refused(status, Map.of(), ErrorCode.BAD_TOKEN.wire(), "Sign in first.");
            case HttpServletResponse.SC_FORBIDDEN ->
                refused(status, Map.of(), ErrorCode.FORBIDDEN.wire(), "You may not do this.");
            case HttpServletResponse.SC_NOT_FOUND -> refused(status, Map.of(), "not-found", "There is nothing here.");
            case HttpServletResponse.SC_METHOD_NOT_ALLOWED ->
                refused(status, Map.of(), "not-allowed", "This address does not allow this method.");
            default ->
                status >= HttpServletResponse.SC_INTERNAL_SERVER_ERROR
                        ? refused(status, Map.of(), ErrorCode.INTERNAL.wire(), "Something went wrong on the server.")
                        : refused(status, Map.of(), "bad-request", "The request is not valid.");
        };
    }

    private static Answer json(int status, Map<String, String> headers, List<byte[]> body) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", JSON_TYPE);
        return Answer.of(status, all, body);
    }

    static int status(ErrorCode code) {
        return switch (code) {
            case BAD_TOKEN -> HttpServletResponse.SC_UNAUTHORIZED;
            case NOT_A_MEMBER, FORBIDDEN, ARCHIVED, MUTED, BANNED, READ_ONLY -> HttpServletResponse.SC_FORBIDDEN;
            case NO_SUCH_ROOM, NO_SUCH_MESSAGE, NO_SUCH_USER, NO_SUCH_SESSION -> HttpServletResponse.SC_NOT_FOUND;
            case RATE_LIMITED, SLOW_MODE -> TOO_MANY_REQUESTS;
            case ID_CONFLICT -> HttpServletResponse.SC_CONFLICT;
            case TEXT_TOO_LONG -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
            case BUSY, UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            default -> HttpServletResponse.SC_BAD_REQUEST;
        };
    }

    /** The query of the URL is invalid. */
    static Answer badQuery(BadQueryException bad) {
        return refused(HttpServletResponse.SC_BAD_REQUEST, Map.of(), "bad-query", bad.getMessage());
    }
}
