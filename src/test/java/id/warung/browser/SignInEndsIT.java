package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static id.warung.browser.ScriptedServer.ADDRESS;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a sign-in ends, with a scripted server, and what stays in the browser. */
class SignInEndsIT extends ScriptedPage {
    private static final String DEWI = ADDRESS + "#token=s-dewi%20Dewi";

    /** What a page does for a new user, so that the test can say when. */
    private static final String FORGETS = """
            () => new Promise((resolve) => {
                indexedDB.open('warung:/kedai/').onsuccess = ({ target: { result: database } }) => {
                    const tx = database.transaction(['drafts', 'outbox'], 'readwrite');
                    for (const name of ['drafts', 'outbox']) tx.objectStore(name).clear();
                    tx.oncomplete = () => {
                        database.close();
                        localStorage['warung:/kedai/:owner'] = '"s-dewi"';
                        resolve();
                    };
                };
            })""";

    @Test
    void signingOutInOneTabEndsAllAndLeavesNothingBehind() {
        page.navigate(CITRA);
        live();
        Page tab = context.newPage();
        tab.navigate(ADDRESS + "#kitchen");
        assertThat(tab.locator("warung-status")).hasAttribute("data-phase", "live");
        field().fill("a secret draft");
        tab.locator("textarea").fill("another one");
        page.waitForCondition(() -> kept().startsWith("4 ")); // each draft with the turn of its writer
        signsOut("Drafts in this browser will be deleted.");
        for (Page each : List.of(page, tab)) {
            assertThat(each.locator("warung-welcome")).containsText("You have signed out.");
            assertThat(each.locator("#room")).isHidden();
            assertThat(each.locator("warung-timeline")).isHidden();
            assertThat(each).hasURL(Pattern.compile("/kedai/(#lobby)?$")); // where everybody begins
        }
        assertThat(kept()).isEqualTo("0 0");
        page.bringToFront();
        enters("Budi");
        live();
        assertThat(field()).hasValue("");
        assertThat(server.of("sign-out")).hasSize(1);
    }

    @Test
    void aGuestIsWarnedThatTheyCannotComeBackAndThatMessagesAreLost() {
        comesInAs("Ana");
        server.handler = (line, command) -> command.get("type").getAsString().equals("post");
        says("unanswered");
        server.receives(page, "post", 1);
        page.setViewportSize(1000, 700);
        opensProfile();
        button("Sign out").click();
        assertThat(page.locator(".sure")).containsText("You will not be able to come back as this guest");
        assertThat(page.locator(".sure")).containsText("1 message was not sent yet and will be lost.");
        assertThat(button("Stay signed in")).isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
        accessible();
        button("Stay signed in").click();
        assertThat(page.locator(".sure")).isHidden();
        assertThat(button("Sign out everywhere")).isHidden();
        button("Sign out").click();
        button("Sign out now").click();
        assertThat(page.getByLabel("What shall we call you?")).isVisible();
        assertThat(kept()).isEqualTo("0 0");
    }

    @Test
    void aSignInThatEndsKeepsWhatIsThereAndGoesOnAfterTheNext() {
        server.answers.put("sign-in", "{'ways':['token','container']}");
        page.navigate(CITRA);
        live();
        says("before");
        assertThat(page.locator("li.message .text")).hasText("before");
        server.ends(4501);
        assertThat(status()).containsText("Your sign-in has ended. What you write is kept");
        assertThat(button("Sign in again")).isVisible();
        accessible();
        says("meanwhile");
        field().fill("a draft");
        assertThat(page.locator("li.waiting .text")).hasText("meanwhile");
        page.navigate(ADDRESS + "#token=s-citra%20Citra%20again");
        live();
        assertThat(page.locator("li.message .text")).hasText(new String[] {"before", "meanwhile"});
        assertThat(field()).hasValue("a draft");
        assertThat(server.posts()).hasSize(2);
    }

    @Test
    void whoSignsInAfterSomebodyElseSeesNothingOfTheirs() {
        page.navigate(CITRA);
        live();
        server.ends(4501);
        says("not sent by Citra");
        field().fill("a draft of Citra");
        assertThat(page.locator("li.waiting .text")).hasText("not sent by Citra");
        page.navigate("about:blank");
        List<Boolean> shown = new ArrayList<>();
        server.handler = (line, command) -> {
            shown.add(page.locator("#room").isVisible());
            return false;
        };
        page.navigate(DEWI);
        button("Go on as Dewi").click();
        live();
        assertThat(shown).first().isEqualTo(false);
        assertThat(page.locator("warung-sidebar .me bdi")).hasText("Dewi");
        assertThat(field()).hasValue("");
        assertThat(page.locator("li.message")).hasCount(0);
        assertThat(server.posts()).isEmpty();
    }

    @Test
    void whoseSignInHasEndedMayComeInAsAGuestAndIsNoLongerThemselves() {
        page.navigate(CITRA);
        live();
        field().fill("a draft of Citra");
        page.waitForCondition(() -> kept().startsWith("2 "));
        refuses("s-citra");
        page.reload();
        assertThat(page.locator("warung-welcome")).containsText("Your sign-in has ended. Sign in again to go on.");
        enters("Hana");
        live();
        assertThat(page.locator("warung-sidebar .me bdi")).hasText("Hana");
        assertThat(field()).hasValue("");
    }

    @Test
    void theEndOfASignInIsAnnounced() {
        server.answers.put("sign-in", "{'ways':['container']}");
        server.grant = "'roles':['member'],'expiresAt':'" + Instant.now().plusSeconds(240) + "'";
        page.navigate(ADDRESS);
        page.evaluate("localStorage['warung:/kedai/:identity'] = '{\"token\":\"s-citra Citra\",\"way\":\"here\"}'");
        page.reload();
        live();
        assertThat(status()).containsText("Your sign-in ends at");
        accessible();
        button("Sign in again").click();
        page.waitForURL(ADDRESS + "signin/#lobby");
    }

    @Test
    void aLinkThatIsAcceptedInOneTabIsSaidInTheOthersWithoutTheirDrafts() {
        page.navigate(CITRA);
        live();
        Page tab = context.newPage();
        tab.navigate(ADDRESS);
        assertThat(tab.locator("warung-status")).hasAttribute("data-phase", "live");
        tab.locator("textarea").fill("a draft of Citra");
        page.bringToFront();
        page.navigate(DEWI);
        button("Go on as Dewi").click();
        live();
        assertThat(tab.locator("warung-status")).containsText("Dewi has signed in in another tab");
        assertThat(tab.locator("warung-sidebar .me bdi")).hasText("Dewi");
        assertThat(tab.locator("textarea")).hasValue("");
        assertThat(kept()).startsWith("0 0 ");
    }

    /** The other tab begins anew when the user is known, but before the first tab has forgotten anything. */
    @Test
    void nobodySeesTheDraftOfSomebodyElseWhicheverTabIsFirst() {
        page.navigate(CITRA);
        live();
        Page tab = context.newPage();
        tab.navigate(ADDRESS);
        assertThat(tab.locator("warung-status")).hasAttribute("data-phase", "live");
        tab.locator("textarea").fill("a draft of Citra");
        page.waitForCondition(() -> kept().startsWith("2 "));
        List<WebSocketRoute> waiting = new ArrayList<>();
        tab.routeWebSocket("**", waiting::add);
        page.evaluate(
                "localStorage['warung:/kedai/:identity'] = '{\"token\":\"s-dewi Dewi\",\"id\":\"s-dewi\",\"name\":null}'");
        page.waitForCondition(() -> waiting.size() == 1);
        assertThat(tab.locator("textarea")).hasValue("a draft of Citra"); // it has read what was there
        assertThat(tab.locator("#room")).isHidden();
        page.evaluate("window.before = true");
        page.evaluate(FORGETS);
        server.welcome(waiting.get(0));
        assertThat(tab.locator("#room")).isVisible();
        assertThat(tab.locator("warung-sidebar .me bdi")).hasText("Dewi");
        assertThat(tab.locator("textarea")).hasValue("");
        page.waitForFunction("!window.before"); // it loads anew; Chromium may lose a close that comes meanwhile
    }

    @Test
    void aForgedLinkLeavesAnOpenPageAsItIs() {
        refuses("garbage");
        comesInAs("Ana");
        field().fill("a draft");
        String before = identity();
        page.navigate(ADDRESS + "#token=garbage");
        assertThat(status()).containsText("This link is no longer valid.");
        live();
        assertThat(field()).hasValue("a draft");
        assertThat(identity()).isEqualTo(before);
        page.navigate("about:blank");
        page.navigate(ADDRESS + "#token=garbage");
        live();
        assertThat(status()).containsText("This link is no longer valid.");
        assertThat(identity()).isEqualTo(before);
    }

    private String identity() {
        return (String) page.evaluate("localStorage['warung:/kedai/:identity']");
    }

    private void refuses(String token) {
        server.handler = (line, command) -> {
            boolean refused =
                    command.has("token") && command.get("token").getAsString().startsWith(token);
            if (refused) {
                ScriptedServer.say(line, "{'type':'error','code':'bad-token','message':'No.','command':'hello'}");
            }
            return refused;
        };
    }

    @Test
    void aTabThatGaveWayIsUsedAgainOnRequestOnly() {
        page.navigate(CITRA);
        live();
        server.ends(4505);
        assertThat(status()).containsText("Warung is open in too many tabs");
        accessible();
        button("Use here").click();
        live();
    }

    @ParameterizedTest
    @ValueSource(ints = {4500, 4502})
    void aSignInThatWasEndedElsewhereSaysSo(int code) {
        page.navigate(CITRA);
        live();
        server.ends(code);
        assertThat(page.locator("warung-welcome")).containsText("This sign-in was ended from another device");
        assertThat(kept()).isEqualTo("0 0");
    }
}
