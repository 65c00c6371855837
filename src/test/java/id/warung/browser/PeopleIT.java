package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The card of a person, from wherever their name is; and who is here. */
class PeopleIT extends Table {
    @Test
    void aClickOnANameShowsWhoThatIsAndTheRoomsInCommon() {
        Guest budi = guest("Budi");
        budi.says("halo");
        budi.seesOnce("halo");
        Guest ana = guest("Ana");
        ana.says("hai");
        ana.seesOnce("hai");

        Locator name = nameOn(ana, "halo");
        ana.page()
                .waitForCondition(
                        () -> { // how far they have read is said a little later
                            ana.page().keyboard().press("Escape");
                            name.click();
                            assertThat(card(ana).locator("h3")).isVisible();
                            return card(ana).locator("a").count() > 0;
                        });
        assertThat(card(ana).locator("h2")).hasText(budi.name());
        assertThat(card(ana)).containsText("Online · Guest");
        assertThat(card(ana).locator("a")).hasText("#" + room);
        ana.page().keyboard().press("Escape");
        assertThat(card(ana)).isHidden();
        assertThat(name).isFocused();

        ana.message("halo").locator(".avatar").click();
        assertThat(card(ana).locator("h2")).hasText(budi.name());
        ana.page().mouse().click(5, 5);
        assertThat(card(ana)).isHidden();

        nameOn(ana, "hai").click();
        assertThat(card(ana)).containsText("You");
        assertThat(card(ana).locator("button:visible")).hasCount(0);
    }

    @Test
    void keysOpenTheCardAndAMentionGoesIntoTheText() {
        Guest budi = guest("Budi");
        budi.says("halo");
        Guest ana = guest("Ana");
        ana.seesOnce("halo");
        ana.writes("so");
        ana.reaches(ana.message("halo"));
        ana.page().keyboard().press("Tab");
        assertThat(nameOn(ana, "halo")).isFocused();
        ana.page().keyboard().press("Enter");
        assertThat(card(ana).locator("h2")).hasText(budi.name());
        ana.page().keyboard().press("Escape");
        assertThat(nameOn(ana, "halo")).isFocused();
        ana.page().keyboard().press("Enter");
        card(ana).getByText("Mention").focus();
        ana.page().keyboard().press("Enter");
        assertThat(ana.field()).hasValue("so @" + budi.name() + " ");
        assertThat(ana.field()).isFocused();
        ana.field().press("Enter");
        assertThat(budi.page().locator("li.mentioned")).hasCount(1);

        Locator call = ana.page().locator(".call");
        assertThat(call).hasText("@" + budi.name());
        call.click();
        assertThat(card(ana).locator("h2")).hasText(budi.name());
    }

    @Test
    void whoIsHereHasADotInTheListAndBesideTheirConversation() {
        Guest budi = guest("Budi");
        Guest ana = guest("Ana");
        ana.page().locator("warung-room-header .people").click();
        ana.page().locator("warung-people .who").filter(has(budi.name())).click();
        card(ana)
                .getByText("Message", new Locator.GetByTextOptions().setExact(true))
                .click();
        assertThat(card(ana)).isHidden();
        assertThat(RoomsPageIT.place(ana)).hasText(budi.name());
        Locator link = ana.page().locator("warung-sidebar a[href^='#direct.']");
        assertThat(link.locator(".presence")).isVisible();
        assertThat(link).containsText("Online");
        budi.page().close();
        assertThat(link.locator(".presence")).hasCount(0);
        assertThat(link).not().containsText("Online");
    }

    static Stream<Arguments> dresses() {
        return Stream.of(
                Arguments.of("desk", Guest.desk()),
                Arguments.of("phone", Guest.phone()),
                Arguments.of("Chinese", Guest.phone().setLocale("zh-CN")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dresses")
    void theCardIsAccessibleAndFits(String dress, Browser.NewContextOptions options) {
        Guest budi = guest("Budi with a name of 32 characters".substring(0, 32));
        budi.says("halo");
        Guest ana = stranger(options.setReducedMotion(ReducedMotion.REDUCE));
        ana.page().locator("#welcome-name").fill("Ana");
        ana.page().keyboard().press("Enter");
        ana.seesOnce("halo");
        nameOn(ana, "halo").click();
        assertThat(card(ana)).containsText(Pattern.compile("Online|在线"));
        assertThat(card(ana).locator("h3")).isVisible();
        LookIT.looksRight(ana, "card");
        if (ana.page().viewportSize().width < 640) {
            BoundingBox box = card(ana).boundingBox();
            Assertions.assertThat(box.y + box.height).as("a sheet").isCloseTo(640, Assertions.within(1.0));
        }
    }

    private static Locator nameOn(Guest guest, String text) {
        return guest.message(text).locator(".head .name");
    }

    private static Locator card(Guest guest) {
        return guest.page().locator("warung-person-card dialog");
    }

    private static Locator.FilterOptions has(String text) {
        return new Locator.FilterOptions().setHasText(text);
    }
}
