package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ForcedColors;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What people perceive who have a small screen, their own colours, another direction, a keyboard alone, or a screen reader. */
class SensesIT extends Table {
    @Test
    void theSuggestionsFitIntoALowWindowAndTheChosenOneIsVisible() {
        Guest ana = guest("Ana", Guest.desk().setViewportSize(640, 240));
        ana.writes("one\ntwo\nthree");
        for (String word : List.of(" :th", "\n:th")) {
            ana.field().pressSequentially(word);
            Locator list = ana.page().locator(".completion");
            assertThat(list.locator("li")).hasCount(4);
            BoundingBox box = list.boundingBox();
            assertThat(box.y).isGreaterThanOrEqualTo(0);
            assertThat(box.y + box.height).isLessThan(ana.field().boundingBox().y);
            for (int i = 0; i < 4; i++) {
                BoundingBox chosen = list.locator("[aria-selected=true]").boundingBox();
                assertThat(chosen.y).isGreaterThanOrEqualTo(box.y);
                assertThat(chosen.y + chosen.height).isLessThanOrEqualTo(box.y + box.height);
                ana.field().press("ArrowDown");
            }
            ana.field().press("Escape");
        }
    }

    @Test
    void inForcedColoursTheCurrentRoomTheChosenOptionAndAMentionAreOutlined() {
        Guest ana = guest("Quintana");
        Guest budi = guest("Budi");
        budi.field().pressSequentially("@Quint");
        assertThat(budi.page().locator(".completion [role=option]").first()).isVisible();
        budi.page().keyboard().press("Enter");
        budi.field().pressSequentially("kopi?");
        budi.page().keyboard().press("Enter");
        assertThat(ana.page().locator("li.mentioned")).hasCount(1);
        ana.field().pressSequentially(":th");
        assertThat(ana.page().locator(".completion [aria-selected=true]")).isVisible();
        ana.page().emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        String outline = "node => getComputedStyle(node).outlineStyle";
        for (String marked : List.of("warung-sidebar [aria-current]", ".completion [aria-selected=true]")) {
            assertThat(ana.page().locator(marked).evaluate(outline)).as(marked).isEqualTo("solid");
        }
        assertThat(ana.page()
                        .locator("warung-sidebar .rooms a:not([aria-current]), .completion [aria-selected=false]")
                        .first()
                        .evaluate(outline))
                .isEqualTo("none");
        assertThat(ana.page().locator("li.mentioned").evaluate("node => getComputedStyle(node).borderInlineStartStyle"))
                .isEqualTo("solid");
        assertThat(ana.page()
                        .evaluate("getComputedStyle(document.querySelector('li.day'), '::before').backgroundColor"))
                .isEqualTo("rgb(0, 0, 0)");
        ana.page().keyboard().press("Escape");
        ana.page().keyboard().press("Control+k");
        assertThat(ana.page().getByLabel("Room or person")).isFocused(); // it may still have to load
        ana.page().keyboard().type("lobby");
        assertThat(ana.page().locator("warung-switcher [aria-selected=true]")).hasCSS("outline-style", "solid");
    }

    @Test
    void theMarksOfAListAreBesideItsWordsInBothDirections() {
        Guest ana = guest("Ana");
        ana.says("- שלום\n- one\n- سلام");
        ana.says("1. אחת\n2. two");
        ana.seesOnce("שלום");
        ana.seesOnce("אחת");
        assertThat(ana.page().evaluate("""
                () => [...document.querySelectorAll('.text li')].map((item) => {
                    const text = item.closest('.text').getBoundingClientRect();
                    const { left, right } = item.getBoundingClientRect();
                    return `${Math.round(left - text.left)} ${Math.round(text.right - right)}`;
                }).join(', ')""")).isEqualTo("0 24, 24 0, 0 24, 0 24, 24 0");
    }

    @Test
    void noMessageIsUnderTheButtonToTheEnd() {
        Guest ana = guest("Ana");
        for (int i = 1; i <= 40; i++) {
            ana.says("line " + i);
        }
        ana.seesOnce("line 40");
        ana.field().press("PageUp");
        Locator jump = ana.page().locator("warung-timeline .jump");
        assertThat(jump).isVisible();
        Locator log = ana.page().locator("[role=log]");
        ana.page().waitForCondition(() -> {
            BoundingBox box = log.boundingBox();
            return box.y + box.height <= jump.boundingBox().y;
        });
        log.focus();
        for (String key : List.of("ArrowUp", "ArrowDown", "ArrowDown")) {
            ana.page().keyboard().press(key);
            BoundingBox focused = ana.page().locator("li.message:focus").boundingBox();
            assertThat(focused.y + focused.height).as(key).isLessThanOrEqualTo(jump.boundingBox().y);
        }
    }

    @Test
    void eachMessageNamesItsAuthorForAScreenReader() {
        Guest ana = guest("Ana");
        ana.says("first");
        ana.says("second");
        ana.seesOnce("second");
        for (String text : List.of("first", "second")) {
            assertThat(ana.message(text)).containsText(Pattern.compile("^A?" + ana.name()));
        }
        assertThat(ana.message("second").locator(".unseen").boundingBox().width).isLessThanOrEqualTo(1);
    }

    @Test
    void linksAndQuotesDoNotStandBetweenTheComposerAndTheRest() {
        Guest ana = guest("Ana");
        for (int i = 1; i <= 12; i++) {
            ana.says("https://example.org/" + i + " and #lobby");
        }
        ana.seesOnce("https://example.org/12 and #lobby");
        ana.field().focus();
        int stops = 0;
        while (!Boolean.TRUE.equals(ana.page().evaluate("Boolean(document.activeElement.closest('header'))"))) {
            ana.page().keyboard().press("Shift+Tab");
            assertThat(++stops).isLessThanOrEqualTo(3);
        }
        ana.reaches(ana.page().locator("li.message").nth(5));
        ana.page().keyboard().press("Tab");
        assertThat(ana.page().locator("a[href='https://example.org/6']")).isFocused();
        ana.page().keyboard().press("Tab");
        assertThat(ana.page().locator("li.message").nth(5).locator("a[href='#lobby']"))
                .isFocused();
        ana.field().focus();
        assertThat(ana.page().locator(".text a[tabindex='0']")).hasCount(0);
    }

    @Test
    void aTimeStaysOnOneRowHoweverLargeTheTextIs() {
        Guest ana = guest("Ana");
        ana.says("first");
        ana.says("second");
        ana.seesOnce("second");
        for (int percent : List.of(100, 150, 200)) {
            ana.page().evaluate("size => { document.documentElement.style.fontSize = `${size}%`; }", percent);
            assertThat(ana.page()
                            .evaluate(
                                    "[...document.querySelectorAll('li.message time')].map((time) => time.getClientRects().length)"
                                            + ".join(' ')"))
                    .as(percent + " %")
                    .isEqualTo("1 1");
        }
    }
}
