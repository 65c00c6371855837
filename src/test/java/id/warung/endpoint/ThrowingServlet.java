package id.warung.endpoint;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** In a copy of the WAR: has a bug, or refuses in the server's own way. */
@WebServlet(urlPatterns = "/" + ThrowingServlet.PATH)
public class ThrowingServlet extends HttpServlet {
    public static final String PATH = "throw";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String status = request.getQueryString();
        if (status == null) {
            throw new IllegalStateException("a bug with <b>a secret</b>");
        }
        response.sendError(Integer.parseInt(status), "a sentence with <b>a secret</b>");
    }
}
