package id.warung.launch.tomcat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/**
 * Tomcat's adapter from a connection to the application. It reports that a request's headers are complete. It closes
 * the connection when the server itself has answered (a bad URL, {@code OPTIONS *}) while a body is still to come, for
 * which Tomcat would block a thread; where the application answers, it closes the connection itself. Thread-safe.
 */
final class AnsweringAdapter implements Adapter {
    /** The methods of all addresses together: for {@code OPTIONS *}, Tomcat lists others. */
    private static final String METHODS = "GET, HEAD, POST, OPTIONS";

    private final Adapter tomcat;
    private final Runnable answers;

    AnsweringAdapter(Adapter tomcat, Runnable answers) {
        this.tomcat = tomcat;
        this.answers = answers;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        answers.run();
        if ("*".equals(request.requestURI().toString()) && "OPTIONS".equals(request.getMethod())) {
            ErrorResponses.HEADERS.forEach(response::setHeader);
            response.setHeader("Allow", METHODS);
            response.setContentLength(0);
            response.action(ActionCode.CLOSE, null);
        } else {
            tomcat.service(request, response);
        }
        if (!is(request, ActionCode.ASYNC_IS_ASYNC)) {
            closeIfUnread(request);
        }
    }

    /** Closes the connection after the answer when a body is still to come. */
    static void closeIfUnread(Request request) {
        if (!isRead(request)) {
            request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }
    }

    /** Whether the whole request has been read. */
    static boolean isRead(Request request) {
        return is(request, ActionCode.REQUEST_BODY_FULLY_READ);
    }

    /** Tomcat's answer to a question about a connection. */
    static boolean is(Request request, ActionCode question) {
        AtomicBoolean answer = new AtomicBoolean();
        request.action(question, answer);
        return answer.get();
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent event) throws Exception {
        answers.run();
        return tomcat.asyncDispatch(request, response, event);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return tomcat.prepare(request, response);
    }

    @Override
    public void log(Request request, Response response, long time) {
        // there is no access log, and Tomcat looks for it even after the end
    }

    @Override
    public void checkRecycled(Request request, Response response) {
        tomcat.checkRecycled(request, response);
    }

    @Override
    public String getDomain() {
        return tomcat.getDomain();
    }
}
