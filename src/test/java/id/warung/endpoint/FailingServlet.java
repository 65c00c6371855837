package id.warung.endpoint;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** In a copy of the WAR: runs out of memory, as any servlet may. */
@WebServlet(urlPatterns = "/" + FailingServlet.PATH)
public class FailingServlet extends HttpServlet {
    public static final String PATH = "fail";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        throw new OutOfMemoryError("a test's");
    }
}
