package id.warung.endpoint;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page, compressed. Its scripts and styles are at {@code /assets/<version>/…}: browsers keep those for good, and who comes
 * back asks only whether {@code index.html} is still the same.
 */
@WebServlet(urlPatterns = {"", "/index.html", "/assets/*"})
public class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private static final Pattern ASSET = Pattern.compile("/(\\w{1,64})(/.+)");
    private static final Pattern GZIP = Pattern.compile("(?i)\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?![.\\d]))");

    private transient Page page;

    @Override
    public void init() throws ServletException {
        try {
            page = new Page(getServletContext());
        } catch (IOException e) {
            throw new ServletException("The page cannot be read from the WAR.", e);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getServletPath().equals("/assets")) {
            asset(request, response);
        } else {
            index(request, response);
        }
    }

    private void index(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String etag = "W/\"" + page.version() + "\"";
        response.setHeader("ETag", etag);
        if (etag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
        } else {
            send(page.index(), request, response);
        }
    }

    /** Where servers of two versions stand behind one address, what the one has linked is asked of the other: it gives what it has, not to be kept. */
    private void asset(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Matcher path = ASSET.matcher(String.valueOf(request.getPathInfo()));
        Page.Asset asset = path.matches() ? page.asset(path.group(2)) : null;
        if (asset == null) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        if (path.group(1).equals(page.version())) {
            response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
        }
        send(asset, request, response);
    }

    private static void send(Page.Asset asset, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        response.setContentType(asset.contentType());
        response.setHeader("Vary", "Accept-Encoding");
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted != null && GZIP.matcher(accepted).find()) {
            response.setHeader("Content-Encoding", "gzip");
            response.setContentLength(asset.compressedBytes());
            asset.writeCompressed(response.getOutputStream());
        } else {
            asset.writePlain(response.getOutputStream());
        }
    }
}
