package id.warung.endpoint;

import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.Reply;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** How HTTP is answered. Static, stateless. */
final class Answers {
    private static final JsonProvider JSON = JsonProvider.provider();

    private Answers() {}

    static void json(HttpServletResponse response, byte[] body) throws IOException {
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A page, or that the client has it already. */
    static void page(HttpServletRequest request, HttpServletResponse response, History.Body body) throws IOException {
        if (body.etag() != null) {
            response.setHeader("ETag", body.etag());
            if (body.etag().equals(request.getHeader("If-None-Match"))) {
                response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
                return;
            }
        }
        json(response, body.json());
    }

    static void refuse(HttpServletResponse response, Refused refused) throws IOException {
        refuse(response, refused.code(), refused.getMessage());
    }

    static void refuse(HttpServletResponse response, ErrorCode code, String sentence) throws IOException {
        if (code == ErrorCode.BAD_TOKEN) {
            response.setHeader("WWW-Authenticate", "Bearer");
        }
        refuse(response, status(code), code.wire(), sentence);
    }

    /** What may be tried again says when. */
    static void refuse(HttpServletResponse response, Reply.Failure failure) throws IOException {
        response.setHeader("Retry-After", String.valueOf((failure.retryAfterMs() + 999) / 1_000));
        refuse(response, failure.code(), failure.message());
    }

    static void refuse(HttpServletResponse response, int status, String code, String sentence) throws IOException {
        response.setStatus(status);
        response.getWriter()
                .println(JSON.createObjectBuilder()
                        .add("error", code)
                        .add("message", sentence)
                        .build());
    }

    static int status(ErrorCode code) {
        return switch (code) {
            case BAD_TOKEN -> HttpServletResponse.SC_UNAUTHORIZED;
            case NOT_A_MEMBER, FORBIDDEN, ARCHIVED -> HttpServletResponse.SC_FORBIDDEN;
            case NO_SUCH_ROOM, NO_SUCH_MESSAGE, NO_SUCH_USER -> HttpServletResponse.SC_NOT_FOUND;
            case ID_CONFLICT -> HttpServletResponse.SC_CONFLICT;
            case TEXT_TOO_LONG -> HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE;
            case BUSY, UNAVAILABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            default -> HttpServletResponse.SC_BAD_REQUEST;
        };
    }
}
