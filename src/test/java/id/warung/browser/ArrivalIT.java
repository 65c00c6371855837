package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitUntilState;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page loads in parts: a user signs in and writes while the rest is still loading. */
class ArrivalIT extends Table {
    private static final String COMPOSER_PART = "**/js/page/composer-part.js";
    private static final String MAIN_PART = "**/js/page/main-part.js";

    private final List<Route> held = new ArrayList<>();

    @Test
    void messagesWrittenBeforeTheRoomLoadsSurviveAReloadAndAreSentOnce() {
        Guest ana = guest("Ana");
        comesBackWithoutTheRest(ana);
        ana.says("early");
        ana.writes("a draft");
        comesBackWithoutTheRest(ana);
        assertThat(ana.field()).hasValue("a draft");
        ana.says("and a second");
        ana.writes("another draft");
        assertThat(ana.messages()).hasCount(0);
        theRestComes(ana);
        ana.seesOnly("early", "and a second");
        ana.seesOnce("early");
        ana.seesOnce("and a second");
        assertThat(ana.field()).hasValue("another draft");
    }

    @Test
    void aFirstVisitPutsNothingIntoTheConsole() {
        Guest budi = guest("Budi"); // otherwise there is no such room yet
        budi.says("welcome");
        budi.seesOnce("welcome");
        Guest ana = stranger(Guest.desk());
        List<String> said = new ArrayList<>();
        ana.page().onConsoleMessage(message -> said.add(message.type() + ": " + message.text()));
        ana.comesInAs("Ana");
        ana.says("hello");
        ana.sees("hello");
        ana.page().locator("warung-sidebar .activity").click();
        assertThat(ana.page().locator("warung-activity .empty")).isVisible();
        ana.page().keyboard().press("Escape");
        ana.page().reload();
        ana.sees("hello");
        ana.page().locator("warung-sidebar .activity").click();
        assertThat(ana.page().locator("warung-activity .empty")).isVisible();
        assertThat(said).isEmpty();
    }

    /** Nobody has written in its rooms yet, and none of them is known. */
    @Test
    void theFirstVisitOfAllPutsNothingIntoTheConsole(@TempDir Path folder) {
        try (WarungProcess fresh = new WarungProcess(folder).start()) {
            Guest ana = Guest.arrives(fresh, "lobby");
            try {
                List<String> said = new ArrayList<>();
                ana.page().onConsoleMessage(message -> said.add(message.type() + ": " + message.text()));
                ana.page().reload();
                assertThat(ana.page().getByText("You are joining #lobby.")).isVisible();
                ana.comesInAs("Ana");
                ana.says("hello");
                ana.seesOnce("hello");
                assertThat(said).isEmpty();
                ana.isUndisturbed();
            } finally {
                ana.close();
            }
        }
    }

    /** A slow line brings the scripts late. */
    @Test
    void somethingIsThereBeforeTheScripts() {
        Guest ana = stranger(Guest.desk());
        Locator skeleton = ana.page().locator(".skeleton");
        assertThat(ana.page().getByLabel("What shall we call you?")).isVisible();
        assertThat(skeleton).isHidden();
        ana.page().route("**/js/app.js", held::add);
        ana.page().navigate("about:blank");
        ana.page()
                .navigate(
                        warung().address() + "#" + room,
                        new Page.NavigateOptions().setWaitUntil(WaitUntilState.COMMIT));
        assertThat(skeleton).isVisible();
        ana.page().waitForCondition(() -> !held.isEmpty());
        ana.page().unroute("**/js/app.js");
        held.forEach(Route::resume);
        assertThat(ana.page().getByLabel("What shall we call you?")).isVisible();
        assertThat(skeleton).isHidden();
        ana.comesInAs("Ana");
        assertThat(skeleton).isHidden();
    }

    @Test
    void itIsSaidWhereItWasWritten() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        comesBackWithoutTheRest(ana);
        ana.says("for those who are here");
        ana.writes("a draft");
        ana.goesTo(room + ".else");
        theRestComes(ana);
        budi.seesOnce("for those who are here");
        assertThat(ana.field()).hasValue("");
        assertThat(ana.messages()).hasCount(0);
        ana.goesTo(room);
        ana.seesOnce("for those who are here");
        assertThat(ana.field()).hasValue("a draft");
    }

    @Test
    void aMessageWrittenBeforeTheRoomLoadsIsShownEvenIfTheAddressLeadsFarBack() {
        Guest ana = guest("Ana");
        PlainClient talker = new PlainClient(warung(), room);
        for (int i = 1; i <= 400; i++) {
            talker.says("line " + i);
        }
        ana.sees("line 400");
        ana.goesTo(room + "/5");
        assertThat(ana.message("line 5")).isInViewport();
        comesBackWithoutTheRest(ana);
        ana.says("for those who are here");
        theRestComes(ana);
        ana.seesOnce("for those who are here");
    }

    @Test
    void aNameIsTakenThoughThereIsNobodyToTellYet() {
        Guest ana = stranger(Guest.desk());
        comesBackWithoutTheRest(ana);
        ana.page().getByLabel("What shall we call you?").fill("Ana");
        ana.page().keyboard().press("Enter");
        ana.isTold("Connecting…");
        assertThat(ana.field()).isFocused();
        ana.page().keyboard().type("hello");
        ana.page().keyboard().press("Enter");
        theRestComes(ana);
        ana.isCalled("Ana");
        ana.seesOnce("hello");
    }

    @Test
    void aSignInInAnotherTabCountsHereTooEvenAfterANameWasRefused() {
        Guest ana = stranger(Guest.desk());
        comesBackWithoutTheRest(ana);
        Locator name = ana.page().getByLabel("What shall we call you?");
        name.fill("A\u200bna");
        name.press("Enter");
        ana.isTold("Connecting…");
        held.get(0).resume();
        assertThat(ana.page().getByText("This name cannot be used.")).isVisible();
        Page other = ana.context().newPage();
        other.navigate(warung().address() + "#" + room);
        other.getByLabel("What shall we call you?").fill("Ana");
        other.keyboard().press("Enter");
        ana.isLive();
        assertThat(name).isHidden();
        assertThat(other.locator("warung-sidebar .me bdi")).hasText(ana.name());
    }

    @Test
    void aPageThatCameInPartIsLoadedAnewWhenTheServerIsThere() {
        Guest ana = guest("Ana");
        ana.page().route(MAIN_PART, Route::abort);
        ana.reloads();
        ana.isTold("The connection was lost. Reconnecting in");
        ana.says("said to nobody");
        ana.page().route(warung().address().toString(), route -> route.fulfill(badGateway()));
        ana.page().waitForResponse(response -> response.status() == 502, () -> ana.button("Try now")
                .click());
        ana.isTold("The connection was lost. Reconnecting in");
        ana.page().unroute(warung().address().toString());
        ana.page().unroute(MAIN_PART);
        ana.button("Try now").click();
        ana.isLive();
        ana.seesOnce("said to nobody");
    }

    @Test
    void whereNotEvenTheFieldCameThePageSaysSo() {
        Guest ana = stranger(Guest.desk());
        ana.page().route(COMPOSER_PART, Route::abort);
        ana.reloads();
        ana.page().getByLabel("What shall we call you?").fill("Ana");
        ana.page().keyboard().press("Enter");
        ana.isTold("The connection was lost. Reconnecting in");
        ana.page().unroute(COMPOSER_PART);
        ana.button("Try now").click();
        ana.isLive();
        ana.isCalled("Ana");
    }

    private static Route.FulfillOptions badGateway() {
        return new Route.FulfillOptions().setStatus(502);
    }

    private void comesBackWithoutTheRest(Guest guest) {
        guest.page().navigate("about:blank"); // requests of the previous page are not held
        held.clear();
        guest.page().unroute(MAIN_PART);
        guest.page().route(MAIN_PART, held::add);
        guest.goesTo(room);
        guest.page().waitForCondition(() -> !held.isEmpty());
        assertThat(guest.status()).hasAttribute("data-phase", "connecting");
    }

    private void theRestComes(Guest guest) {
        assertThat(held).hasSize(1);
        guest.page().unroute(MAIN_PART);
        held.get(0).resume();
        guest.isLive();
    }
}
