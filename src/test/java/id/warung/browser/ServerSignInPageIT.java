package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page {@code signin/} in a browser whose proxy has signed the user in, and in one whose proxy has not. */
class ServerSignInPageIT {
    @TempDir
    private static Path folder;

    private static WarungProcess warung;

    @BeforeAll
    static void starts() {
        warung = new WarungProcess(folder)
                .with("WARUNG_AUTH", "header")
                .with("WARUNG_TRUSTED_PROXIES", "127.0.0.1,::1")
                .start();
    }

    @AfterAll
    static void ends() {
        warung.close();
    }

    @Test
    void whoIsSignedInByTheProxyComesToTheirRoomUnderTheirName() {
        List<String> breaches = new ArrayList<>();
        try (BrowserContext context = behindAProxyThatSays("Ana")) {
            Page page = context.newPage();
            page.onConsoleMessage(said -> {
                if (said.type().equals("error")) {
                    breaches.add(said.text());
                }
            });
            page.navigate(warung.http("#kitchen").toString());
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Sign in").setExact(true))
                    .click();
            page.waitForURL(url -> url.endsWith("/#kitchen") && !url.contains("signin"));
            assertThat(page.locator("warung-room-header")).containsText("kitchen");
            assertThat(page.locator("warung-composer textarea")).isEnabled();
            page.waitForCondition(() -> kept(page).contains("\"name\":\"Ana\"")); // one may write before that
            String kept = kept(page);
            assertThat(kept).contains("\"name\":\"Ana\"", "\"id\":\"s-", "\"way\":\"here\"", "\"token\":\"w2.");
            assertThat(breaches).isEmpty();
        }
    }

    @Test
    void whoIsNotIsToldSoInTheirLanguageAndMayTryAgain() {
        try (BrowserContext context = behindAProxyThatSays("")) {
            Page page = context.newPage();
            page.navigate(warung.http("signin/#kitchen").toString());
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("You may not use this chat");
            assertThat(page.getByRole(AriaRole.BUTTON)).hasText("Sign in again");
            assertThat(page.getByRole(AriaRole.LINK)).hasAttribute("href", "/#kitchen");
        }
        try (BrowserContext context = Chromium.get().newContext(new Browser.NewContextOptions().setLocale("zh-CN"))) {
            Page page = context.newPage();
            page.navigate(warung.http("signin/").toString());
            assertThat(page.getByRole(AriaRole.STATUS)).containsText("你无权使用此聊天");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"LIGHT", "DARK"})
    void itIsAccessibleInBothColoursAndBothLanguages(ColorScheme colours) {
        for (String locale : List.of("en", "zh-CN")) {
            try (BrowserContext context = Chromium.get()
                    .newContext(new Browser.NewContextOptions()
                            .setLocale(locale)
                            .setColorScheme(colours)
                            .setViewportSize(360, 640))) {
                Page page = context.newPage();
                page.navigate(warung.http("signin/").toString());
                assertThat(page.getByRole(AriaRole.BUTTON)).isVisible();
                assertThat(Axe.violations(page)).isEmpty();
                assertThat(page.locator("html")).hasAttribute("lang", locale);
            }
        }
    }

    @Test
    void withoutJavaScriptItSaysInBothLanguagesThatItNeedsThat() {
        try (BrowserContext context = Chromium.get()
                .newContext(new Browser.NewContextOptions()
                        .setJavaScriptEnabled(false)
                        .setColorScheme(ColorScheme.DARK))) {
            Page page = context.newPage();
            page.navigate(warung.http("signin/").toString());
            String said = page.locator("main noscript").textContent(); // which this driver's browser does not show
            assertThat(said).contains("Warung needs JavaScript.", "Warung 需要启用 JavaScript。");
            assertThat(page.getByRole(AriaRole.HEADING)).isVisible();
            assertThat(page.getByRole(AriaRole.BUTTON)).hasCount(0);
            assertThat(page.getByRole(AriaRole.LINK)).hasCount(0);
        }
    }

    private static String kept(Page page) {
        return (String) page.evaluate("localStorage.getItem('warung:/:identity')");
    }

    private static BrowserContext behindAProxyThatSays(String user) {
        return Chromium.get()
                .newContext(new Browser.NewContextOptions()
                        .setLocale("en")
                        .setExtraHTTPHeaders(Map.of("X-Forwarded-User", user)));
    }
}
