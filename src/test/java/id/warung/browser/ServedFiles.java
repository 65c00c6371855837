package id.warung.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Answers a browser's requests from a folder, at an address of its own. No server is involved. */
final class ServedFiles {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "webmanifest", "application/manifest+json");

    private ServedFiles() {}

    /** `address` ends with a slash; URLs below it are looked up in `folder`. */
    static void serve(BrowserContext context, String address, Path folder) {
        context.route(address + "**", route -> answer(route, address, folder));
    }

    /** Closes the pages first: a request that comes while the context itself is being closed cannot be answered any more, which is an error. */
    static void close(BrowserContext context) {
        context.pages().forEach(Page::close);
        context.close();
    }

    private static void answer(Route route, String address, Path folder) {
        String name = route.request().url().substring(address.length()).replaceFirst("[?#].*", "");
        Path file = folder.resolve(name.isEmpty() ? "index.html" : name).normalize();
        if (file.startsWith(folder) && Files.isRegularFile(file)) {
            route.fulfill(new Route.FulfillOptions().setPath(file).setContentType(typeOf(file)));
        } else {
            route.fulfill(new Route.FulfillOptions().setStatus(404).setBody("<!doctype html><title>Nothing</title>"));
        }
    }

    private static String typeOf(Path file) {
        String name = file.getFileName().toString();
        return TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain;charset=utf-8");
    }
}
