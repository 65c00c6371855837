package id.warung.endpoint;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Serves the page, compressed, and every other file. Scripts and styles are at {@code /assets/<version>/…}: browsers
 * cache them for good, and a returning browser only checks whether {@code index.html} has changed. Replaces the
 * server's own servlet for files, which blocks a thread per client.
 */
@WebServlet(
        urlPatterns = {"", "/", "/assets/*"},
        asyncSupported = true)
public class PageServlet extends HttpServlet {
    static final List<Route<PageServlet>> ROUTES = List.of(
            Route.of("/assets/(\\w{1,64})(/.+)", Map.of("GET", PageServlet::asset)),
            Route.of("/assets(/.*)?", Map.of("GET", PageServlet::nothing)),
            Route.of(".*", Map.of("GET", PageServlet::file)));

    private static final long serialVersionUID = 1L;

    /** Set where the page is worked on: its files change while it is served. */
    private static final String SOURCES = "id.warung.sources";

    private static final Pattern GZIP = Pattern.compile("(?i)\\bgzip\\b(?!\\s*;\\s*q=0(?:\\.0*)?(?![.\\d]))");

    private transient HttpExchanges exchanges;
    private transient volatile WebAssets page;

    @Override
    public void init() throws ServletException {
        exchanges = CDI.current().select(HttpExchanges.class).get();
        try {
            page = new WebAssets(getServletContext());
        } catch (IOException e) {
            throw new ServletException("The page cannot be read from the WAR.", e);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Route.answer(ROUTES, this, request, exchanges.begin(request, response));
    }

    private void file(Route.Call call) throws IOException {
        String path = call.path().group();
        boolean isStart = path.isEmpty() || path.equals("/");
        if (isStart && getServletContext().getAttribute(SOURCES) != null) {
            page = new WebAssets(getServletContext());
        }
        if (isStart && !isFolder(call.request())) {
            call.exchange().answer(Answer.of(HttpServletResponse.SC_FOUND, Map.of("Location", start(call)), List.of()));
            return;
        }
        WebAssets assets = page; // once: it may be read again meanwhile
        WebAssets.Asset file = assets.file(isStart ? "/index.html" : path);
        if (file == null) {
            nothing(call);
            return;
        }
        String etag = "W/\"" + assets.version() + "\"";
        call.exchange()
                .answer(
                        EntityTags.match(Collections.list(call.request().getHeaders("If-None-Match")), etag)
                                ? Answer.of(HttpServletResponse.SC_NOT_MODIFIED, Map.of("ETag", etag), List.of())
                                : content(file, call.request(), Map.of("ETag", etag)));
    }

    /** Whether the links of the page, which are relative, lead below the context root. Not every server redirects there. */
    private static boolean isFolder(HttpServletRequest request) {
        String url = request.getRequestURI();
        int parameters = url.indexOf(';');
        return (parameters < 0 ? url : url.substring(0, parameters)).endsWith("/");
    }

    /** The context root as the server knows it: the client's spelling of it could name another host. */
    private String start(Route.Call call) {
        String query = call.request().getQueryString();
        String root = HttpResponses.within(getServletContext(), "/");
        return query == null ? root : root + "?" + query;
    }

    /** If servers of two versions share one URL, one may be asked for the assets of the other: it serves its own file, not to be cached. */
    private void asset(Route.Call call) {
        WebAssets.Asset asset = page.file(call.path().group(2));
        if (asset == null) {
            nothing(call);
            return;
        }
        boolean isOurs = call.path().group(1).equals(page.version());
        Map<String, String> keep = isOurs ? Map.of("Cache-Control", "public, max-age=31536000, immutable") : Map.of();
        call.exchange().answer(content(asset, call.request(), keep));
    }

    private void nothing(Route.Call call) {
        byte[] sentence = "Page not found.\n".getBytes(StandardCharsets.UTF_8);
        call.exchange().answer(Answer.ofText(HttpServletResponse.SC_NOT_FOUND, "text/plain;charset=utf-8", sentence));
    }

    private static Answer content(WebAssets.Asset file, HttpServletRequest request, Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("Content-Type", file.contentType());
        headers.put("Vary", "Accept-Encoding");
        String accepted = request.getHeader("Accept-Encoding");
        if (accepted != null && GZIP.matcher(accepted).find()) {
            headers.put("Content-Encoding", "gzip");
            return Answer.shared(HttpServletResponse.SC_OK, headers, file.compressed());
        }
        return Answer.shared(HttpServletResponse.SC_OK, headers, file.plain());
    }
}
