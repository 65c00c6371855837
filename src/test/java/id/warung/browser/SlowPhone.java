package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitUntilState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How soon one can write, on a slow phone: run by `bench/page`, not by the build. Takes the addresses of a server from the system properties
 * `page.http` and `page.https`, and adds a line of JSON for each visit to the file `page.results`.
 */
class SlowPhone {
    private static final int CPU_SLOWDOWN = 4;
    private static final int ROUNDS = 3;

    /** What a visitor may do first: say who he is, or write. */
    private static final String WATCH = """
            (function look() {
                const field = [...document.querySelectorAll('#welcome-name, warung-composer textarea')].find((each) => each.checkVisibility());
                if (field) window.interactive = performance.now();
                else requestAnimationFrame(look);
            })();
            """;

    private static final String LOADED = """
            [performance.getEntriesByType('navigation'), performance.getEntriesByType('resource')].flat()
                .filter(({ name }) => !name.includes('/api/'))
                .map(({ transferSize }) => transferSize)""";

    enum Network {
        LOCAL(0, 1_000),
        LTE(150, 1.6);

        private final int latencyMs;
        private final double megabits;

        Network(int latencyMs, double megabits) {
            this.latencyMs = latencyMs;
            this.megabits = megabits;
        }

        private JsonObject conditions() {
            JsonObject conditions = new JsonObject();
            conditions.addProperty("offline", false);
            conditions.addProperty("latency", latencyMs);
            conditions.addProperty("downloadThroughput", megabits * 1_000_000 / 8);
            conditions.addProperty("uploadThroughput", megabits * 1_000_000 / 16);
            return conditions;
        }
    }

    @ParameterizedTest
    @EnumSource
    void visits(Network network) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String address : List.of(System.getProperty("page.http"), System.getProperty("page.https"))) {
                lines.addAll(visits(network, address));
            }
        }
        Path results = Path.of(System.getProperty("page.results"));
        Files.write(results, lines, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
    }

    private static List<String> visits(Network network, String address) {
        Browser.NewContextOptions phone = Guest.phone().setIgnoreHTTPSErrors(true);
        try (BrowserContext context = Chromium.get().newContext(phone)) {
            context.addInitScript(WATCH);
            Page page = context.newPage();
            CDPSession session = context.newCDPSession(page);
            JsonObject rate = new JsonObject();
            rate.addProperty("rate", CPU_SLOWDOWN);
            session.send("Emulation.setCPUThrottlingRate", rate);
            session.send("Network.enable");
            session.send("Network.emulateNetworkConditions", network.conditions());
            String first = visit(page, network, address, "first");
            page.getByLabel("What shall we call you?").fill("Ana");
            page.keyboard().press("Enter");
            assertThat(page.locator("warung-status")).hasAttribute("data-phase", "live");
            page.navigate("about:blank");
            return address.startsWith("https:") // whose certificate is none: Chromium keeps nothing of it
                    ? List.of(first)
                    : List.of(first, visit(page, network, address, "next"));
        }
    }

    @SuppressWarnings("unchecked")
    private static String visit(Page page, Network network, String address, String visit) {
        page.navigate(address, new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        page.waitForCondition(() -> page.evaluate("window.interactive") != null);
        double millis = ((Number) page.evaluate("window.interactive")).doubleValue();
        List<Number> sizes = (List<Number>) page.evaluate(LOADED);
        JsonObject line = new JsonObject();
        line.addProperty("network", network.name());
        line.addProperty("address", address);
        line.addProperty("visit", visit);
        line.addProperty("ms", millis);
        line.addProperty(
                "requests", sizes.stream().filter(size -> size.intValue() > 0).count());
        line.addProperty("bytes", sizes.stream().mapToInt(Number::intValue).sum());
        return line.toString();
    }
}
