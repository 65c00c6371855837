package id.warung.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One browser for all tests of the JVM: Debian's Chromium if installed, otherwise Playwright's. Only for the test's
 * thread, as Playwright demands.
 */
final class Chromium {
    private static final Path OF_DEBIAN = Path.of("/usr/bin/chromium");
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

    private static Browser browser;

    private Chromium() {}

    static Browser get() {
        if (browser == null) {
            browser = launch();
        }
        return browser;
    }

    private static Browser launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        boolean installed = Files.isExecutable(OF_DEBIAN);
        Map<String, String> environment = installed ? Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1") : Map.of();
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(playwright::close));
        BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(QUIET);
        return playwright.chromium().launch(installed ? options.setExecutablePath(OF_DEBIAN) : options);
    }
}
