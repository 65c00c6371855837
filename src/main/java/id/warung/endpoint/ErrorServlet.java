package id.warung.endpoint;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * The responses to requests of ours that the server itself refuses, or that have failed: JSON with the headers of every response,
 * without the server's name or a stack trace. Servers dispatch to it, as web.xml says; from outside, nothing is here.
 */
@WebServlet(urlPatterns = "/error")
public class ErrorServlet extends HttpServlet {
    static final List<Route<ErrorServlet>> ROUTES = List.of(Route.ofNothing("/error"));

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean isDispatched = request.getDispatcherType() == DispatcherType.ERROR;
        Object status = isDispatched ? request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) : null;
        Answer answer =
                HttpResponses.ofServer(status instanceof Integer number ? number : HttpServletResponse.SC_NOT_FOUND);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        if (!"HEAD".equals(request.getMethod())) {
            for (byte[] part : answer.body()) {
                response.getOutputStream().write(part);
            }
        }
    }
}
