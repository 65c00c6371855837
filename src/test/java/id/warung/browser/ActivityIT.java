package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What concerns a user is listed until it is read, on whichever device, and leads to the message it is about. */
class ActivityIT extends Table {
    /** Creates a room, as the user who is its moderator then. */
    private static final String CREATE = """
            async (room) => {
                const files = performance.getEntriesByType('resource').map(({ name }) => name);
                const { client } = await import(files.find((name) => name.includes('js/page/app.js')));
                await client.create(room);
            }""";

    @AfterEach
    void theServerRuns() {
        warung().startAgainIfNeeded();
    }

    @Test
    void aCallInARoomNeverVisitedStaysUntilItIsReadOnAnyDevice() {
        Guest ana = person("Ana");
        Guest bayu = person("Bayu");
        goesTo(ana, room + ".yard");
        calls(ana, bayu, "kopi?");
        assertThat(bell(bayu)).hasText("1");
        bayu.reloads();
        assertThat(bell(bayu)).hasText("1");
        warung().stop();
        warung().startAgain();
        bayu.isLive();
        bayu.reloads();
        assertThat(bell(bayu)).hasText("1");
        Guest phone = onAnotherDevice(bayu, Guest.phone(), room);
        phone.opensSidebar();
        assertThat(bell(phone)).hasText("1");
        opensActivity(phone);
        assertThat(rows(phone)).hasCount(1);
        assertThat(rows(phone)).containsText(ana.name() + " mentioned you in #" + room + ".yard");
        assertThat(rows(phone).locator(".said")).hasText("@" + bayu.name() + " kopi?");
        assertThat(bell(bayu)).hasCount(0);
        rows(phone).locator("a").focus();
        phone.page().keyboard().press("Enter");
        phone.sees("@" + bayu.name() + " kopi?");
        assertThat(phone.page()).hasURL(Pattern.compile("#" + room + "\\.yard/\\d+$"));
    }

    @Test
    void aReplyCallsItsAuthorUnlessThatIsTurnedOff() {
        Guest bayu = person("Bayu");
        Guest ana = person("Ana");
        bayu.says("who cooks?");
        bayu.seesOnce("who cooks?");
        goesTo(bayu, room + ".else");
        for (boolean calling : new boolean[] {false, true}) {
            ana.messages().first().hover();
            ana.messages().first().locator(".tools [data-do=reply]").click();
            Locator chip = ana.page().locator("warung-composer .chip");
            assertThat(chip).hasAttribute("aria-pressed", "true");
            if (!calling) {
                chip.click();
                assertThat(chip).hasAttribute("aria-pressed", "false");
                assertThat(chip).hasText("@ off");
            }
            ana.says(calling ? "I do" : "not me");
            ana.seesOnce(calling ? "I do" : "not me");
        }
        assertThat(bell(bayu)).hasText("1");
        assertThat(bayu.page().locator("warung-status .notice")).containsText("replied to you in #" + room);
        opensActivity(bayu);
        assertThat(rows(bayu)).hasCount(1);
        assertThat(rows(bayu).locator(".said")).hasText("I do");
        goesTo(ana, room + ".own");
        ana.says("to myself");
        ana.seesOnce("to myself");
        ana.tool("to myself", "Reply").click();
        assertThat(ana.page().locator("warung-composer .occasion")).containsText("to myself");
        assertThat(ana.page().locator("warung-composer .chip")).isHidden();
    }

    @Test
    void reactionsToAMessageAreOneRowWithoutANotice() {
        Guest bayu = person("Bayu");
        Guest ana = person("Ana");
        Guest citra = person("Citra");
        bayu.says("soto is ready");
        bayu.seesOnce("soto is ready");
        goesTo(bayu, room + ".else");
        ana.tool("soto is ready", "React with heart").click();
        assertThat(news(bayu)).isVisible();
        citra.tool("soto is ready", "React with tea").click();
        citra.tool("soto is ready", "React with heart").click();
        assertThat(citra.page().locator(".pill[aria-pressed=true]")).hasCount(2);
        opensActivity(bayu);
        assertThat(rows(bayu)).hasCount(1);
        assertThat(rows(bayu).locator(".what"))
                .hasText(Pattern.compile("^(" + ana.name() + " and " + citra.name() + "|" + citra.name() + " and "
                        + ana.name() + ") reacted +in #" + room + "$"));
        assertThat(rows(bayu).locator(".what svg")).hasCount(2);
        assertThat(rows(bayu).locator(".said")).hasText("soto is ready");
        assertThat(news(bayu)).hasCount(0);
        assertThat(bayu.page().locator("warung-status .notice")).hasCount(0);
    }

    @Test
    void aModeratorCallsEverybodyAndOthersAreNotOfferedTo() {
        Guest ana = person("Ana");
        String kitchen = room + ".kitchen";
        ana.page().evaluate(CREATE, kitchen);
        Guest bayu = person("Bayu");
        goesTo(bayu, kitchen);
        bayu.says("here");
        bayu.seesOnce("here");
        bayu.field().pressSequentially("@al");
        assertThat(everybody(bayu)).hasCount(0);
        bayu.writes("");
        goesTo(bayu, room);
        bayu.seesOnly();
        goesTo(ana, kitchen);
        ana.sees("here");
        ana.field().pressSequentially("@al");
        assertThat(everybody(ana)).hasCount(1);
        ana.field().press("Enter");
        assertThat(ana.field()).hasValue("@all ");
        ana.field().pressSequentially("soto");
        ana.field().press("Enter");
        assertThat(RoomsPageIT.count(bayu.page(), kitchen)).hasText("@1");
        goesTo(bayu, kitchen);
        assertThat(bayu.page().locator("li.mentioned .call")).hasText("@all");
    }

    @Test
    void whatIsMarkedUnreadStaysSoOnAllDevicesUntilOneComesBack() {
        Guest bayu = person("Bayu");
        Guest ana = person("Ana");
        for (String text : new String[] {"one", "two", "three"}) {
            ana.says(text);
            bayu.seesOnce(text);
        }
        Guest beside = onAnotherDevice(bayu, Guest.desk(), room);
        beside.seesOnly("one", "two", "three");
        Guest elsewhere = onAnotherDevice(bayu, Guest.desk(), room + ".else");
        elsewhere.says("at home");
        elsewhere.seesOnce("at home");
        assertThat(RoomsPageIT.count(elsewhere.page(), room)).hasCount(0);
        bayu.reaches(bayu.message("two"));
        bayu.page().keyboard().press("Enter");
        bayu.button("Mark unread from here").click();
        assertThat(RoomsPageIT.count(elsewhere.page(), room)).hasText("2");
        for (Guest guest : new Guest[] {bayu, beside}) {
            assertThat(guest.page().locator("li.fresh + li.message")).containsText("two");
        }
        ana.says("four");
        bayu.sees("four");
        beside.sees("four");
        Screen.of(bayu.page()); // what is visible would be read by then
        Screen.of(beside.page());
        assertThat(RoomsPageIT.count(elsewhere.page(), room)).hasText("3");
        goesTo(bayu, room + ".else");
        assertThat(RoomsPageIT.count(bayu.page(), room)).hasText("3");
        goesTo(bayu, room);
        assertThat(bayu.page().locator("li.fresh + li.message")).containsText("two");
        assertThat(RoomsPageIT.count(elsewhere.page(), room)).hasCount(0);
    }

    @Test
    void aRowLeadsIntoTheMiddleOfARoomAndSaysWhatIsGone() {
        Guest ana = person("Ana");
        Guest bayu = person("Bayu");
        goesTo(ana, room + ".yard");
        ana.says("before");
        ana.seesOnce("before");
        calls(ana, bayu, "first");
        ana.seesOnce("@" + bayu.name() + " first");
        calls(ana, bayu, "second");
        ana.seesOnce("@" + bayu.name() + " second");
        PlainClient talker = new PlainClient(warung(), room + ".yard");
        for (int i = 1; i <= 120; i++) {
            talker.says("line " + i);
        }
        ana.sees("line 120");
        assertThat(bell(bayu)).hasText("2");
        opensActivity(bayu);
        assertThat(rows(bayu).locator(".said"))
                .hasText(new String[] {"@" + bayu.name() + " second", "@" + bayu.name() + " first"});
        rows(bayu).nth(1).locator("a").click();
        assertThat(bayu.message("@" + bayu.name() + " first")).isInViewport();
        assertThat(bayu.message("before")).isVisible();
        assertThat(bayu.message("line 120")).not().isInViewport();
        ana.reloads();
        ana.isLive();
        ana.pagesUntil("PageUp", "@" + bayu.name() + " second");
        ana.tool("@" + bayu.name() + " second", "Delete").click();
        assertThat(bayu.page().locator("li.gone")).containsText("Message deleted");
        opensActivity(bayu);
        assertThat(rows(bayu).first().locator(".said")).hasText("This message no longer exists.");
    }

    @ParameterizedTest
    @CsvSource({"desk, en-US", "phone, zh-CN"})
    void theListIsAccessibleAndFits(String size, String language) {
        Browser.NewContextOptions options = size.equals("phone") ? Guest.phone() : Guest.desk();
        Guest bayu = person("Bayu");
        Guest ana = person("Ana with a name that is long");
        Guest eyes = onAnotherDevice(
                bayu, options.setLocale(language).setReducedMotion(ReducedMotion.REDUCE), room + ".else");
        eyes.opensSidebar();
        LookIT.looksRight(eyes, "nothing yet");
        opensActivity(eyes);
        assertThat(eyes.page().locator("warung-activity .empty")).isVisible();
        LookIT.looksRight(eyes, "an empty list");
        eyes.page().keyboard().press("Escape");
        bayu.says("who cooks **soto** today? " + "A long line. ".repeat(12));
        ana.sees("soto");
        ana.page().locator("li.message").first().hover();
        ana.page().locator(".tools [data-do=react]").first().click();
        ana.page().locator(".tools [data-do=react]").nth(3).click();
        goesTo(bayu, room + ".else");
        ana.page().locator(".tools [data-do=reply]").click();
        picture(ana, size, language, "reply");
        LookIT.looksRight(ana, "a reply");
        ana.says("I do, " + "averylongword".repeat(12));
        assertThat(ana.messages()).hasCount(2);
        calls(ana, bayu, "kopi?");
        eyes.opensSidebar();
        assertThat(bell(eyes)).hasText("2");
        LookIT.looksRight(eyes, "calls");
        picture(eyes, size, language, "sidebar");
        opensActivity(eyes);
        assertThat(rows(eyes)).hasCount(3);
        assertThat(rows(eyes).locator(".said:not(.hint)")).hasCount(3);
        LookIT.looksRight(eyes, "the list");
        picture(eyes, size, language, "list");
    }

    private static void picture(Guest guest, String... about) {
        String folder = System.getProperty("warung.pictures");
        if (folder == null) {
            return;
        }
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.DARK, ColorScheme.LIGHT}) {
            guest.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            Path file = Path.of(folder, String.join("-", about) + "-" + scheme + ".png");
            guest.page().screenshot(new Page.ScreenshotOptions().setPath(file));
        }
    }

    /** Somebody with a name that nobody else has ever had. */
    private Guest person(String name) {
        return guest(name + room.substring("room-".length()));
    }

    /** The same user at a browser of its own. */
    private Guest onAnotherDevice(Guest guest, Browser.NewContextOptions options, String at) {
        String kept = guest.context().storageState();
        Guest other = remember(Guest.arrives(warung(), at, options.setStorageState(kept)));
        other.isLive();
        return other;
    }

    /** Mentions somebody who may be in another room. */
    private static void calls(Guest guest, Guest called, String text) {
        guest.field().pressSequentially("@" + called.name());
        assertThat(options(guest).first()).containsText(called.name());
        guest.field().press("Tab");
        assertThat(guest.field()).hasValue("@" + called.name() + " ");
        guest.field().pressSequentially(text);
        guest.field().press("Enter");
    }

    /** What is written next is for that room. */
    private static void goesTo(Guest guest, String to) {
        guest.goesTo(to);
        assertThat(RoomsPageIT.place(guest)).hasText("#" + to);
    }

    private static void opensActivity(Guest guest) {
        if (!guest.page().locator("warung-sidebar .activity").isVisible()) {
            guest.opensSidebar();
        }
        guest.page().locator("warung-sidebar .activity").click();
        assertThat(guest.page().locator("warung-activity dialog")).isVisible();
    }

    private static Locator bell(Guest guest) {
        return guest.page().locator("warung-sidebar .activity .count");
    }

    private static Locator news(Guest guest) {
        return guest.page().locator("warung-sidebar .activity .dot");
    }

    private static Locator rows(Guest guest) {
        return guest.page().locator("warung-activity ol > li");
    }

    private static Locator options(Guest guest) {
        return guest.page().locator("warung-composer [role=option]");
    }

    private static Locator everybody(Guest guest) {
        return options(guest).filter(new Locator.FilterOptions().setHasText("everybody in this room"));
    }
}
