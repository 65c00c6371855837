package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static id.warung.browser.ScriptedServer.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A page of a scripted server, and what a user does there. */
abstract class ScriptedPage {
    static final String CITRA = ADDRESS + "#token=s-citra%20Citra";
    static final String THERE = "{'authorizationEndpoint':'https://login.example'}";

    /** What the browser keeps for the page: the names in localStorage, and how much there is in the database. */
    private static final String KEPT = """
            () => new Promise((resolve) => {
                indexedDB.open('warung:/kedai/').onsuccess = ({ target: { result: database } }) => {
                    const tx = database.transaction(['drafts', 'outbox']);
                    const counts = ['drafts', 'outbox'].map((name) => tx.objectStore(name).count());
                    tx.oncomplete = () => {
                        database.close();
                        const names = Object.entries(localStorage).filter(([, value]) => value !== 'null').map(([name]) => name);
                        resolve([...counts.map(({ result }) => `${result}`), ...names.sort()].join(' '));
                    };
                };
            })""";

    BrowserContext context;
    ScriptedServer server;
    Page page;

    @BeforeEach
    void aBrowserIsOpened() {
        context = Chromium.get().newContext(Guest.desk());
        server = new ScriptedServer(context, "{'ways':['guest','token']}");
        page = context.newPage();
    }

    @AfterEach
    void itIsClosed() {
        ServedFiles.close(context);
    }

    void comesInAs(String name) {
        page.navigate(ADDRESS);
        enters(name);
        live();
    }

    void enters(String name) {
        page.getByLabel("What shall we call you?").fill(name);
        page.keyboard().press("Enter");
    }

    void says(String text) {
        field().fill(text);
        field().press("Enter");
    }

    void opensProfile() {
        page.locator("warung-sidebar .me").click();
        assertThat(page.locator("warung-profile .account")).isVisible();
    }

    void signsOut(String warning) {
        opensProfile();
        button("Sign out").click();
        assertThat(page.locator(".sure")).containsText(warning);
        button("Sign out now").click();
    }

    String kept() {
        return (String) page.evaluate(KEPT);
    }

    static String refusal(JsonObject post, String code, int ms) {
        return "{'type':'error','code':'" + code + "','message':'No.','command':'post','id':" + post.get("id")
                + ",'retryAfterMs':" + ms + "}";
    }

    static com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions visible(boolean visible) {
        return new com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions().setVisible(visible);
    }

    void live() {
        assertThat(status()).hasAttribute("data-phase", "live");
    }

    Locator field() {
        return page.locator("warung-composer textarea");
    }

    Locator status() {
        return page.locator("warung-status");
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    void accessible() {
        assertThat(Axe.violations(page)).isEmpty();
    }
}
