package id.warung.launch.tomcat;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;

/**
 * The answers to requests that the server refuses by itself, before the application sees them or after it has failed: the same JSON
 * as the application's own errors, without the server's name or a stack trace. Tomcat creates it by name; any of its threads calls it.
 */
public final class ErrorResponses extends ErrorReportValve {
    /** As strict as the application's, which the launcher cannot know. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                            + "require-trusted-types-for 'script'; trusted-types 'none'",
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()",
            "Cache-Control", "no-cache");

    @Override
    protected void report(Request request, Response response, Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        if (!AnsweringAdapter.is(request.getCoyoteRequest(), ActionCode.IS_IO_ALLOWED)) {
            return; // the connection is broken
        }
        HEADERS.forEach(response::setHeader);
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        try {
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(body(response.getStatus()));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException gone) {
            container.getLogger().debug("An error could not be reported", gone);
        }
    }

    static String body(int status) {
        return switch (status) {
            case 404 -> json("not-found", "There is nothing here.");
            case 405 -> json("not-allowed", "This address does not allow this method.");
            case 417 -> json("bad-request", "The only expectation that is met is 100-continue.");
            case 501 -> json("not-supported", "This method or transfer encoding is not supported.");
            case 505 -> json("not-supported", "Only HTTP/1.1 and HTTP/1.0 are supported.");
            default ->
                status >= 500
                        ? json("internal", "Something went wrong on the server.")
                        : json(
                                "bad-request",
                                "The request is not valid HTTP: check its address, Host and other headers; all"
                                        + " headers together may have " + EmbeddedTomcat.MAX_HEADER_BYTES
                                        + " bytes.");
        };
    }

    static String json(String code, String sentence) {
        return "{\"error\":\"" + code + "\",\"message\":\"" + sentence + "\"}\n";
    }
}
