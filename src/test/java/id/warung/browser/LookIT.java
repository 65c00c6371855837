package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every state, in every theme, is accessible: axe finds nothing, nothing is wider than the window. */
class LookIT extends Table {
    static Stream<Arguments> dresses() {
        return Stream.of(
                Arguments.of("desk, light and dark", Guest.desk()),
                Arguments.of("phone", Guest.phone()),
                Arguments.of(
                        "zoom 200 %", Guest.desk().setViewportSize(550, 380).setDeviceScaleFactor(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dresses")
    void everyStateIsAccessibleAndFits(String dress, Browser.NewContextOptions options) {
        Guest ana = stranger(options.setReducedMotion(ReducedMotion.REDUCE));
        assertThat(ana.page().getByLabel("What shall we call you?")).isFocused();
        looksRight(ana, "first visit");
        ana.page().keyboard().press("Enter");
        looksRight(ana, "no name");
        ana.comesInAs("Ana with a name of 32 characters".substring(0, 32));
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        looksRight(ana, "empty room");
        ana.says(
                "**bold** `code` https://example.org/ *italic*\n> quote\n- list\n```\n" + "wide ".repeat(60) + "\n```");
        ana.says("averylongword".repeat(40));
        ana.says("second in the group");
        ana.seesOnce("second in the group");
        looksRight(ana, "talk");
        ana.context().setOffline(true);
        ana.isTold("You are offline.");
        ana.says("pending");
        ana.seesPending("pending");
        looksRight(ana, "offline");
        ana.context().setOffline(false);
        ana.isLive();
        ana.page().keyboard().press("Control+k");
        looksRight(ana, "places");
        ana.page().getByLabel("Room or person").fill("NO ROOM!");
        assertThat(ana.page().getByText("No room or person found.")).isVisible();
        ana.page().getByText("Create NO ROOM!…").click();
        assertThat(ana.page().locator("#new-room-title")).hasValue("NO ROOM!");
        looksRight(ana, "no room");
        ana.page().keyboard().press("Escape");
        ana.opensProfile();
        looksRight(ana, "profile");
        ana.page().keyboard().press("Escape");
        ana.field().press("Shift+Tab");
        ana.page().keyboard().press("?");
        looksRight(ana, "keys");
        ana.page().keyboard().press("Escape");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dresses")
    void messageActionsAreAccessibleAndFit(String dress, Browser.NewContextOptions options) {
        Guest ana = stranger(options.setReducedMotion(ReducedMotion.REDUCE));
        ana.comesInAs("Ana");
        Guest budi = guest("Budi with a name that is long");
        budi.says("Who wants **kopi**? " + "A long line. ".repeat(20));
        budi.says("averylongword".repeat(20));
        ana.says("typo");
        ana.seesOnce("typo");
        ana.field().press("ArrowUp");
        looksRight(ana, "edit");
        ana.says("no typo");
        ana.page().locator("li.message").first().focus();
        looksRight(ana, "tools");
        ana.page().keyboard().press("Enter");
        looksRight(ana, "menu");
        ana.button("Reply").click();
        looksRight(ana, "answer");
        ana.says("An answer.");
        assertThat(ana.page().locator(".quote")).isVisible();
        budi.field().pressSequentially("@An");
        assertThat(budi.page().locator("[role=option]").first()).isVisible();
        looksRight(budi, "completion");
        budi.field().press("Enter");
        budi.field().press("Enter");
        assertThat(ana.page().locator("li.mentioned")).hasCount(1);
        ana.reaches(ana.page().locator("li.own").last());
        ana.page().keyboard().press("Delete");
        ana.page().keyboard().press("Enter");
        assertThat(ana.button("Undo")).isVisible();
        looksRight(ana, "edited, quoted, deleted, mentioned");
        ana.page().keyboard().press("Control+f");
        looksRight(ana, "search");
        ana.page().getByLabel("Search messages").fill("nothing of that kind");
        assertThat(ana.page().getByText("No results for “")).isVisible();
        looksRight(ana, "nothing found");
        ana.page().getByLabel("Search messages").fill("kopi");
        ana.page().waitForCondition(() -> {
            ana.page().keyboard().press("Enter");
            return ana.page().locator(".hit").count() > 0;
        });
        looksRight(ana, "hits");
        ana.page().keyboard().press("Escape");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dresses")
    void theSidebarAndRoomDialogsAreAccessibleAndFit(String dress, Browser.NewContextOptions options) {
        Guest budi = guest("Budi with a name of 32 characters".substring(0, 32));
        budi.says("kopi?");
        Guest ana = guest("Ana", options.setReducedMotion(ReducedMotion.REDUCE));
        Page page = ana.page();
        ana.opensSidebar();
        looksRight(ana, "rooms");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("New room"))
                .click();
        page.getByText("Choose an address").click();
        page.locator("#new-room-name").fill(room + ".a-long-name".repeat(3));
        page.locator("#new-room-topic").fill("A topic that goes on and on. ".repeat(6));
        page.locator("#new-room-access").selectOption("members");
        looksRight(ana, "new room");
        page.keyboard().press("Enter");
        assertThat(page.locator("warung-room-header .topic")).isVisible();
        looksRight(ana, "long names");
        page.locator("warung-room-header .people").click();
        page.getByLabel("Add member").fill("budi");
        assertThat(page.locator("warung-people [role=option]").first()).isVisible();
        looksRight(ana, "adding somebody");
        page.keyboard().press("Enter");
        assertThat(page.getByText("Members: 2")).isVisible();
        looksRight(ana, "members");
        assertThat(budi.page().locator("warung-status .notice")).isVisible();
        looksRight(budi, "a notice");
        page.keyboard().press("Escape");
        page.locator("warung-room-header .place").click();
        looksRight(ana, "about a room");
        page.getByText("Archive room").click();
        assertThat(page.locator("warung-composer-closed")).isVisible();
        looksRight(ana, "archived");
        budi.says("unread");
        ana.opensSidebar();
        assertThat(page.locator("warung-sidebar .count").first()).isVisible();
        looksRight(ana, "unread");
        page.keyboard().press("Escape");
        ana.goesTo(room);
        assertThat(page.locator("li.fresh")).isVisible();
        looksRight(ana, "what is new");
        page.keyboard().press("Control+k");
        page.keyboard().insertText("b");
        assertThat(page.locator("warung-switcher [role=option]").first()).isVisible();
        looksRight(ana, "rooms and people");
    }

    @Test
    void whereMotionIsReducedColoursChangeAtOnce() {
        Guest ana = guest("Ana", Guest.desk().setReducedMotion(ReducedMotion.REDUCE));
        assertThat(ana.page().evaluate("""
                () => {
                    const field = document.querySelector('warung-composer textarea');
                    void getComputedStyle(field).color; // as it was before
                    document.documentElement.style.setProperty('--ink', 'rgb(1, 2, 3)');
                    return getComputedStyle(field).color;
                }""")).isEqualTo("rgb(1, 2, 3)");
    }

    @Test
    void aPhoneTalksWithItsFingers() {
        Guest ana = guest("Ana", Guest.phone());
        ana.field().tap();
        ana.page().keyboard().insertText("dari telepon");
        ana.page().getByLabel("Send").tap();
        ana.seesOnce("dari telepon");
        assertThat(ana.field()).isFocused();
        ana.page().locator("warung-room-header .menu").tap();
        ana.page().locator("warung-sidebar .me").tap();
        assertThat(ana.page().locator("warung-profile dialog")).isVisible();
    }

    @Test
    void aChineseBrowserIsSpokenToInChinese() {
        Guest mei = stranger(Guest.desk().setLocale("zh-CN"));
        assertThat(mei.page().locator("html")).hasAttribute("lang", "zh-CN");
        mei.page().getByLabel("怎么称呼你？").fill("小梅");
        mei.page().keyboard().press("Enter");
        mei.isLive();
        assertThat(mei.page().getByText("还没有消息")).isVisible();
        assertThat(mei.field()).hasAttribute("placeholder", "输入消息");
        mei.says("你好");
        assertThat(mei.page().locator("li.day")).hasText("今天");
        looksRight(mei, "Chinese");
    }

    @Test
    void theLanguageCanBeChosenAndIsKept() {
        Guest ana = guest("Ana");
        ana.says("hello");
        ana.seesOnce("hello");
        ana.opensProfile();
        ana.page().locator("#profile-language").selectOption("zh-CN");
        assertThat(ana.page().locator("warung-profile h2")).hasText("设置");
        assertThat(ana.page().locator("li.day")).hasText("今天");
        assertThat(ana.field()).hasAttribute("placeholder", "输入消息");
        ana.reloads();
        assertThat(ana.field()).hasAttribute("placeholder", "输入消息");
        ana.seesOnly("hello");
    }

    @Test
    void lightAndDarkFollowTheSystem() {
        Guest ana = guest("Ana");
        String paper = "getComputedStyle(document.documentElement).backgroundColor";
        assertThat(ana.page().evaluate(paper)).isEqualTo("rgb(250, 246, 239)");
        ana.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(ana.page().evaluate(paper)).isEqualTo("rgb(27, 25, 23)");
    }

    @Test
    void aScreenReaderHearsOneMessageInFullAndManyAsANumber() {
        Guest ana = guest("Ana");
        assertThat(ana.page().getByText("No messages yet")).isVisible(); // she has joined
        PlainClient talker = new PlainClient(warung(), room);
        talker.says("halo");
        assertThat(ana.page().locator("#announcer")).hasText(java.util.regex.Pattern.compile(": halo$"));
        for (int i = 0; i < 50; i++) {
            talker.says("many " + i);
        }
        assertThat(ana.page().locator("#announcer")).hasText(java.util.regex.Pattern.compile("^\\d+ new messages$"));
        ana.says("mine");
        ana.seesOnce("mine");
        assertThat(ana.page().locator("[role=log]")).hasAttribute("aria-live", "off");
    }

    @Test
    void theFullDateIsSaidOnHover() {
        Guest ana = guest("Ana");
        ana.says("hello");
        assertThat(ana.page().locator("li.message time"))
                .hasAttribute("title", java.util.regex.Pattern.compile("day, .* at .*"));
    }

    /** In the dark theme only the colours differ. */
    static void looksRight(Guest guest, String state) {
        assertThat(Axe.violations(guest.page())).as(state).isEmpty();
        guest.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(Axe.contrasts(guest.page())).as(state + " in the dark").isEmpty();
        guest.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertThat((Boolean) guest.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(state + " fits")
                .isTrue();
        assertThat(guest.page().getByRole(AriaRole.BANNER).count())
                .as(state + ": a sheet's head is no second banner (axe sees it only now and then)")
                .isLessThanOrEqualTo(1);
    }
}
