package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Reactions to messages, and the choice of an emoji: for them and for the text. */
class ReactionsIT extends Table {
    private static final String EMOJI_FILE = "emoji.txt";

    @Test
    void twoPeopleReactAtOnceAndSeeTheSameAlsoAfterAReload() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("kopi?");
        ana.seesOnce("kopi?");
        budi.seesOnce("kopi?");
        ana.tool("kopi?", "React with tea").click();
        budi.tool("kopi?", "React with tea").click();
        budi.tool("kopi?", "React with heart").click();
        for (int i = 0; i < 2; i++) {
            for (Guest each : List.of(ana, budi)) {
                assertThat(pills(each)).hasText(new String[] {"2", "1"});
                assertThat(pills(each).first()).hasAttribute("aria-pressed", "true");
                assertThat(pills(each).last()).hasAttribute("aria-pressed", String.valueOf(each == budi));
                each.reloads();
            }
        }
        pills(ana).first().click();
        for (Guest each : List.of(ana, budi)) {
            assertThat(pills(each)).hasText(new String[] {"1", "1"});
            assertThat(pills(each).first()).hasAttribute("data-emoji", "🍵");
        }
        pills(budi).first().click();
        assertThat(pills(ana)).hasText("1");
    }

    @Test
    void keysFindAnEmojiAndWhatWasUsedLatelyIsFirst() {
        Guest ana = guest("Ana");
        List<String> asked = new ArrayList<>();
        ana.page().onRequest(request -> asked.add(request.url()));
        ana.says("to the moon");
        ana.seesOnce("to the moon");
        ana.reaches(ana.message("to the moon"));
        more(ana, "to the moon").focus();
        Assertions.assertThat(asked).noneMatch(url -> url.endsWith(EMOJI_FILE));
        ana.page().keyboard().press("Enter");
        assertThat(search(ana)).isFocused();
        assertThat(cells(ana).first()).hasAttribute("data-emoji", "😀");
        ana.page().keyboard().type("rock");
        assertThat(cell(ana, "🚀")).isVisible();
        ana.page().keyboard().press("ArrowDown");
        assertThat(cells(ana).first()).isFocused();
        int at = (Integer) cell(ana, "🚀").evaluate("""
                node => [...document.querySelectorAll('warung-emoji [data-emoji]')].indexOf(node)""");
        for (int i = 0; i < at; i++) {
            ana.page().keyboard().press("ArrowRight");
        }
        assertThat(cell(ana, "🚀")).isFocused();
        ana.page().keyboard().press("Enter");
        assertThat(picker(ana)).isHidden();
        assertThat(pills(ana)).hasAttribute("data-emoji", "🚀");
        ana.waitsUntil(
                "() => document.activeElement.closest('li.message')?.textContent.includes('to the moon') ?? false",
                null);

        ana.reloads();
        assertThat(pills(ana)).hasAttribute("data-emoji", "🚀");
        ana.button("Add reaction").last().click();
        assertThat(cells(ana)).hasCount(1);
        assertThat(cells(ana)).hasAttribute("aria-label", "rocket");
        cells(ana).click();
        assertThat(pills(ana)).hasCount(0);
    }

    @Test
    void theGridIsOneStopThatArrowsAndHomeAndEndLeadThrough() {
        Guest ana = guest("Ana");
        ana.button("Emoji").click();
        assertThat(cells(ana).first()).isVisible();
        assertThat(picker(ana).locator("[data-emoji][tabindex='0']")).hasCount(1);
        ana.page().keyboard().press("ArrowDown");
        for (String[] step : new String[][] {
            {"ArrowRight", "1"},
            {"End", "7"},
            {"ArrowDown", "15"},
            {"Home", "8"},
            {"ArrowUp", "0"},
            {"Control+End", "-1"},
            {"Control+Home", "0"}
        }) {
            ana.page().keyboard().press(step[0]);
            assertThat(cells(ana).nth(Integer.parseInt(step[1]))).isFocused();
        }
        assertThat(picker(ana).locator("[data-emoji][tabindex='0']")).hasCount(1);
        ana.page().keyboard().press("ArrowUp");
        assertThat(search(ana)).isFocused();
        ana.page().keyboard().press("Shift+Tab");
        assertThat(tab(ana, "Smileys")).isFocused();
        ana.page().keyboard().press("ArrowRight");
        assertThat(tab(ana, "People")).isFocused();
        assertThat(cells(ana).first()).hasAttribute("data-emoji", "👋");
        ana.page().keyboard().press("Escape");
        assertThat(ana.button("Emoji")).isFocused();
    }

    @Test
    void theSkinToneIsKeptAndTheEmojiGoesInAtTheCaret() {
        Guest ana = guest("Ana");
        ana.writes("ab");
        ana.field().press("ArrowLeft");
        ana.button("Emoji").click();
        tab(ana, "People").click();
        tone(ana, 3).check();
        cell(ana, "👋🏽").click();
        assertThat(ana.field()).hasValue("a👋🏽b");
        assertThat(ana.field()).isFocused();
        ana.page().keyboard().type("!");
        assertThat(ana.field()).hasValue("a👋🏽!b");

        ana.reloads();
        assertThat(ana.field()).hasValue("a👋🏽!b");
        ana.button("Emoji").click();
        assertThat(cells(ana)).hasAttribute("data-emoji", "👋🏽");
        assertThat(tone(ana, 3)).isChecked();
        search(ana).fill("thumbs up");
        ana.page().keyboard().press("Enter");
        assertThat(ana.field()).hasValue("a👋🏽!b👍🏽");
    }

    @Test
    void whatCouldNotBeLoadedIsTriedAgainAtTheNextOpening() {
        Guest ana = guest("Ana");
        ana.page().route("**/" + EMOJI_FILE, Route::abort);
        ana.button("Emoji").click();
        assertThat(picker(ana).getByText("Emoji could not be loaded. Try again."))
                .isVisible();
        ana.page().keyboard().press("Escape");
        ana.page().unroute("**/" + EMOJI_FILE);
        ana.button("Emoji").click();
        assertThat(cells(ana).first()).isVisible();
    }

    static Stream<Arguments> dresses() {
        return Stream.of(
                Arguments.of("desk", Guest.desk(), "Add reaction", "teacup"),
                Arguments.of("phone", Guest.phone(), "Add reaction", "teacup"),
                Arguments.of("Chinese", Guest.phone().setLocale("zh-CN"), "添加回应", "热茶"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dresses")
    void theChoiceIsAccessibleAndFits(String dress, Browser.NewContextOptions options, String add, String words) {
        Guest ana = stranger(options.setReducedMotion(ReducedMotion.REDUCE));
        ana.page().locator("#welcome-name").fill("Ana");
        ana.page().keyboard().press("Enter");
        ana.says("pasar");
        ana.seesOnce("pasar");
        if (ana.page().viewportSize().width < 640) {
            PhoneIT.opensMenu(ana, "pasar");
            ana.page()
                    .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(add))
                    .tap();
        } else {
            ana.tool("pasar", add).click();
        }
        assertThat(cells(ana).first()).isVisible();
        LookIT.looksRight(ana, "all emoji");
        if (ana.page().viewportSize().width < 640) {
            BoundingBox box = picker(ana).boundingBox();
            Assertions.assertThat(box.y + box.height).as("a sheet").isCloseTo(640, Assertions.within(1.0));
        }
        search(ana).fill(words);
        assertThat(cells(ana).first()).hasAttribute("data-emoji", "🍵");
        search(ana).fill("nothing of this kind");
        assertThat(cells(ana)).hasCount(0);
        LookIT.looksRight(ana, "no emoji");
        search(ana).fill(words);
        cells(ana).first().click();
        assertThat(pills(ana)).hasText("1");
        LookIT.looksRight(ana, "a reaction");
    }

    private static Locator pills(Guest guest) {
        return guest.page().locator(".pill[data-do=react]");
    }

    private static Locator more(Guest guest, String text) {
        return guest.message(text)
                .locator(".tools")
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Add reaction"));
    }

    private static Locator picker(Guest guest) {
        return guest.page().locator("warung-emoji dialog");
    }

    private static Locator search(Guest guest) {
        return picker(guest).locator("input[type=search]");
    }

    private static Locator cells(Guest guest) {
        return picker(guest).locator("[data-emoji]");
    }

    private static Locator cell(Guest guest, String emoji) {
        return picker(guest).locator("[data-emoji='" + emoji + "']");
    }

    private static Locator tab(Guest guest, String name) {
        return picker(guest)
                .getByRole(
                        AriaRole.TAB,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator tone(Guest guest, int tone) {
        return picker(guest).locator(".tones input[value='" + tone + "']");
    }
}
