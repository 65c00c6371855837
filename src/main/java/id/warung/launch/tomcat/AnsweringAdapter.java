package id.warung.launch.tomcat;

import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.SocketEvent;

/** Tomcat's way from a connection to the application, which says that a request's headers are complete. Thread-safe. */
final class AnsweringAdapter implements Adapter {
    private final Adapter tomcat;
    private final Runnable answers;

    AnsweringAdapter(Adapter tomcat, Runnable answers) {
        this.tomcat = tomcat;
        this.answers = answers;
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        answers.run();
        tomcat.service(request, response);
    }

    @Override
    public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
        answers.run();
        return tomcat.asyncDispatch(request, response, status);
    }

    @Override
    public boolean prepare(Request request, Response response) throws Exception {
        return tomcat.prepare(request, response);
    }

    @Override
    public void log(Request request, Response response, long time) {
        tomcat.log(request, response, time);
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
