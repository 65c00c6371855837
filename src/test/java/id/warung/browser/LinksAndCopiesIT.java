package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What leaves the page and comes back: addresses, links, copies and prints. */
class LinksAndCopiesIT extends Table {
    /** Selects from the node of one selector to that of another, each `[selector, index, offset in its first text]`. */
    @Test
    void codeHasColoursAndButtonsThatCopyAndWrapIt() {
        Guest ana = guest("Ana");
        ana.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        ana.says("```js\nconst a = 'tea'; // hot\n```");
        assertThat(ana.page().locator("pre .comment")).hasText("// hot");
        assertThat(ana.messages()).hasClass("message first own"); // in the log: its node stays
        ana.page().locator(".code").hover();
        ana.button("Copy code").click();
        assertThat(ana.page().getByText("Text copied")).isVisible();
        assertThat(ana.page().evaluate("navigator.clipboard.readText()")).isEqualTo("const a = 'tea'; // hot");
        ana.button("Wrap long lines").click();
        assertThat(ana.page().locator(".code")).hasClass("code wrapped");
        assertThat(Axe.violations(ana.page())).isEmpty();
    }

    private static final String SELECT = """
            ([from, to]) => {
                const textOf = ([selector, index]) => {
                    const node = document.querySelectorAll(selector)[index];
                    return document.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
                };
                const end = textOf(to);
                getSelection().setBaseAndExtent(textOf(from), from[2], end, Math.min(to[2], end.length));
            }""";

    /** What can be seen of the page, and whether it is black on white. */
    private static final String PRINTED = """
            () => {
                const seen = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
                const rgb = (node, name) => getComputedStyle(node)[name];
                const last = document.querySelector('li.message:last-child').getBoundingClientRect();
                return [
                    seen('li.message').length,
                    seen('button, textarea, warung-sidebar, warung-status, .avatar').map((node) => node.className).join(' '),
                    rgb(document.documentElement, 'backgroundColor'),
                    rgb(document.querySelector('.text'), 'color'),
                    document.documentElement.scrollHeight >= last.bottom + scrollY,
                    seen('li.message .when').length,
                ].join(' | ');
            }""";

    @Test
    void anAddressInCapitalsOrWithSpacesIsTheRoomThatItMeans() {
        Guest ana = guest("Ana");
        for (String written : List.of(
                room.toUpperCase(Locale.ROOT) + "-b",
                " " + room + "-c%20",
                room + "-d/",
                room.replace('-', ' ') + "-e")) {
            ana.goesTo(written);
            assertThat(ana.page().locator("warung-room-header .place")).containsText("#" + room + "-");
            assertThat(ana.page()).hasURL(Pattern.compile("#" + room + "-[b-e]$"));
        }
    }

    @Test
    void anAddressThatNamesNoRoomIsSaidAndTheUserStaysWhereTheyAre() {
        Guest ana = guest("Ana");
        ana.says("here");
        for (String written : List.of("大堂", "-", "%25%", "a".repeat(65))) {
            ana.goesTo(written);
            ana.isTold("is not the address of a room.");
            assertThat(ana.page()).hasURL(Pattern.compile("#" + room + "$"));
            ana.seesOnly("here");
            ana.page().locator("warung-status .notice .bare").click();
        }
        Guest budi = remember(Guest.named("Budi", warung(), "大堂"));
        budi.isTold("“#大堂” is not the address of a room.");
        assertThat(budi.page().locator("warung-room-header .place")).hasText("#lobby");
    }

    @Test
    void linksToRoomsAndMessagesOfThisWarungOpenHere() {
        Guest ana = guest("Ana");
        ana.says("the first");
        ana.seesOnce("the first");
        String address = ana.message("the first")
                .locator("a.when")
                .evaluate("link => link.href")
                .toString();
        ana.says("as in " + address + " or #" + room + ".other");
        ana.says("elsewhere https://example.org/#" + room);
        Locator links = ana.page().locator(".text a");
        assertThat(links).hasCount(3);
        links.nth(0).click();
        assertThat(ana.page()).hasURL(address);
        assertThat(ana.message("the first")).isFocused();
        ana.field().focus();
        links.nth(0).click();
        assertThat(ana.message("the first")).isFocused();
        links.nth(1).click();
        assertThat(ana.page().locator("warung-room-header .place")).hasText("#" + room + ".other");
        assertThat(ana.context().pages()).hasSize(1);
        ana.page().goBack();
        assertThat(links.nth(2)).hasAttribute("target", "_blank");
    }

    @Test
    void copiedMessagesAreLinesWithTheirTimesAndAuthors() {
        Guest ana = guest("Ana");
        ana.context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
        new PlainClient(warung(), room).says("theirs");
        ana.sees("theirs");
        ana.says("**one**\n- two\n- three");
        ana.says("four words and more");
        ana.seesOnce("four words and more");
        String time = "\\[\\d{1,2}:\\d\\d.[AP]M\\] ";
        copies(ana, "li.message .name", 0, 1, "li.message .text", 2, 10);
        assertThat(clipboard(ana))
                .matches(time + "[^:\n]+: theirs\n" + time + "Ana[^:\n]*: \\*\\*one\\*\\*\n- two\n- three\n" + time
                        + "Ana[^:\n]*: four words");
        copies(ana, "li.message .text li", 1, 2, "li.message .text", 2, 4);
        assertThat(clipboard(ana)).matches(time + "Ana[^:\n]*: ree\n" + time + "Ana[^:\n]*: four");
        copies(ana, "li.message .text", 2, 5, "li.message .text", 2, 10);
        assertThat(clipboard(ana)).isEqualTo("words");
        copies(ana, "li.day", 0, 0, "li.message .text", 0, 6);
        assertThat(clipboard(ana)).matches("\\w+day, .*\\d{4}\n" + time + "[^:\n]+: theirs");
        ana.writes("of the field");
        ana.field().press("Control+a");
        ana.field().press("Control+c");
        assertThat(clipboard(ana)).isEqualTo("of the field");
    }

    @Test
    void aPrintHasTheWholeLoadedConversationInBlackOnWhite() {
        Guest ana = guest("Ana", Guest.desk().setColorScheme(ColorScheme.DARK));
        assertThat(ana.page().getByText("No messages yet")).isVisible(); // she has joined
        PlainClient talker = new PlainClient(warung(), room);
        for (int i = 1; i <= 300; i++) {
            talker.says("line " + i);
        }
        ana.sees("line 300");
        ana.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        ana.page().evaluate("dispatchEvent(new Event('beforeprint'))");
        assertThat(ana.page().evaluate(PRINTED))
                .isEqualTo("300 | place | rgb(255, 255, 255) | rgb(0, 0, 0) | true | 300");
        ana.page().evaluate("dispatchEvent(new Event('afterprint'))");
        ana.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
        assertThat(ana.message("line 1")).hasCount(0);
        assertThat(ana.message("line 300")).isInViewport();
    }

    private static void copies(Guest guest, String from, int first, int start, String to, int last, int end) {
        guest.page().evaluate(SELECT, List.of(List.of(from, first, start), List.of(to, last, end)));
        guest.page().keyboard().press("Control+c");
    }

    private static String clipboard(Guest guest) {
        return (String) guest.page().evaluate("navigator.clipboard.readText()");
    }
}
