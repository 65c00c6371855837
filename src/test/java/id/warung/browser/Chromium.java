package id.warung.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The browsers of all tests of the JVM: Debian's Chromium if installed, otherwise Playwright's. Only for the test's
 * thread, as Playwright demands.
 */
final class Chromium {
    private static final Path WITHOUT_WINDOWS = Path.of("/usr/bin/chromium-headless-shell");
    private static final Path WHOLE = Path.of("/usr/bin/chromium");
    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--font-render-hinting=none");

    /** The page may wait for 20 s before it reconnects to a server that was away for long, as happens on a busy machine. */
    private static final int PATIENCE_MS = 30_000;

    private static final Map<Path, Browser> BROWSERS = new HashMap<>();
    private static Playwright playwright;
    private static Path program = WITHOUT_WINDOWS;

    private Chromium() {}

    /** Takes the whole browser from now on, which shows notifications, or the one without windows, which takes half the time. */
    static void isWhole(boolean whole) {
        program = whole ? WHOLE : WITHOUT_WINDOWS;
    }

    static Browser get() {
        return BROWSERS.computeIfAbsent(program, Chromium::launch);
    }

    private static Browser launch(Path installed) {
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(QUIET);
        boolean ofDebian = Files.isExecutable(installed);
        return playwright(ofDebian).chromium().launch(ofDebian ? options.setExecutablePath(installed) : options);
    }

    private static Playwright playwright(boolean ofDebian) {
        if (playwright == null) {
            PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
            Map<String, String> environment = ofDebian ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of();
            playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
            Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        }
        return playwright;
    }
}
