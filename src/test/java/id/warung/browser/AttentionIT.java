package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** System notifications: only for users who asked for them, from one page alone, and not about what the user sees anyway. */
class AttentionIT extends Table {
    /** The browser's own notifications, and a record of what was shown and played. */
    private static final String WATCH_THE_NOTICES = """
            window.notices = [];
            window.Notification = class extends Notification {
                constructor(title, options) {
                    super(title, options);
                    window.notices.push(title + ': ' + options.body + ' [' + options.tag + ']');
                }
            };
            window.notes = 0;
            const { start } = AudioScheduledSourceNode.prototype;
            AudioScheduledSourceNode.prototype.start = function (...given) {
                window.notes++;
                return start.apply(this, given);
            };
            """;

    @BeforeAll
    static void theBrowserShowsNotifications() {
        Chromium.isWhole(true);
    }

    @AfterAll
    static void theNextTestsDoWithout() {
        Chromium.isWhole(false);
    }

    @Test
    void nobodyIsDisturbedWhoHasNotAskedForIt() {
        Guest ana = guest("Ana");
        ana.opensProfile();
        Locator level = ana.page().getByLabel("Notifications");
        assertThat(level).hasValue("none");
        assertThat(ana.page().getByLabel("Play a sound")).isDisabled();
        assertThat(ana.page().getByLabel("Play a sound")).not().isChecked();
    }

    @Test
    void aMentionInAnotherRoomShowsANoticeInOneTabOnly() {
        Guest ana = guest("Ana");
        Guest budi = wantsNotices(guest("Budi"), "mine");
        Page other = budi.context().newPage();
        other.navigate(warung().address() + "#" + room + ".more");
        assertThat(other.locator("warung-status")).hasAttribute("data-phase", "live");
        ana.says("not for you");
        ana.field().pressSequentially("@" + budi.name());
        ana.page().keyboard().press("Tab");
        ana.field().pressSequentially("kopi?");
        ana.page().keyboard().press("Enter");
        String notice = ana.name() + " · #" + room + ": @" + budi.name() + " kopi? [warung " + room + "]";
        budi.page().waitForCondition(() -> notices(budi.page()).contains(notice));
        assertThat(notices(budi.page())).containsExactly(notice);
        assertThat(notices(other)).isEmpty();
    }

    /** Even before the server knows of it, which here it never does. */
    @Test
    void aMessageReadInAnotherTabShowsNoNotice() {
        Guest ana = guest("Ana");
        Guest budi = wantsNotices(guest("Budi"), "all");
        Page other = budi.context().newPage();
        other.routeWebSocket("**/chat", socket -> {
            WebSocketRoute server = socket.connectToServer();
            socket.onMessage(frame -> {
                if (!frame.text().contains("\"type\":\"read\"")) {
                    server.send(frame.text());
                }
            });
        });
        other.navigate(warung().address() + "#" + room);
        assertThat(other.getByText("I was here.")).isVisible();
        ana.says("you see this");
        assertThat(other.getByText("you see this")).isVisible();
        budi.goesTo(room + ".still-else");
        ana.goesTo(room + ".else");
        ana.says("but not this");
        budi.page().waitForCondition(() -> notices(budi.page()).size() == 1);
        assertThat(notices(budi.page()).get(0)).contains("but not this");
    }

    @Test
    void aNoticePlaysTwoNotesIfSoundIsOn() {
        Guest ana = guest("Ana");
        Guest budi = wantsNotices(guest("Budi"), "all");
        ana.says("quietly");
        budi.page().waitForCondition(() -> notices(budi.page()).size() == 1);
        assertThat(budi.page().evaluate("window.notes")).isEqualTo(0);
        budi.opensProfile();
        budi.page().getByLabel("Play a sound").check();
        budi.page().keyboard().press("Escape");
        ana.says("aloud");
        budi.page().waitForCondition(() -> notices(budi.page()).size() == 2);
        assertThat(budi.page().evaluate("window.notes")).isEqualTo(2);
    }

    @Test
    void aReturningReaderContinuesWhereTheyStopped() {
        Guest ana = guest("Ana");
        ana.says("seen");
        ana.seesOnce("seen");
        looksAway(ana);
        PlainClient talker = new PlainClient(warung(), room);
        for (int i = 1; i <= 60; i++) {
            talker.says("line " + i);
        }
        assertThat(ana.page()).hasTitle(Pattern.compile("^\\(60\\) #" + room));
        looksBack(ana);
        assertThat(ana.page().locator("li.fresh")).isInViewport();
        assertThat(ana.message("line 1")).isInViewport();
        assertThat(ana.page().locator("warung-timeline .jump")).hasText("60 new messages");
        ana.field().press("Escape");
        assertThat(ana.message("line 60")).isInViewport();
        looksAway(ana);
        looksBack(ana);
        assertThat(ana.message("line 60")).isInViewport();
    }

    /** Chromium without a window says that every page has the keyboard. */
    @Test
    void aMentionInAWindowWithoutTheKeyboardIsNotSeenUntilTheUserReturns() {
        Guest ana = guest("Ana");
        Guest budi = wantsNotices(guest("Budi"), "mine");
        budi.goesTo(room);
        budi.seesOnce("I was here.");
        ana.sees("I was here.");
        hasTheKeyboard(budi, false);
        ana.writes("@" + budi.name() + " kopi?");
        ana.field().press("Enter");
        budi.sees("@" + budi.name() + " kopi?");
        budi.page().waitForCondition(() -> notices(budi.page()).size() == 1);
        assertThat(budi.page()).hasTitle("(1) @1 #" + room + " · Warung");
        assertThat(budi.page().locator("li.fresh")).isVisible();
        Guest onThePhone = budi.opensATab(room + ".else");
        assertThat(RoomsPageIT.count(onThePhone.page(), room)).hasText("@1");
        hasTheKeyboard(budi, true);
        assertThat(budi.page()).hasTitle("#" + room + " · Warung");
        assertThat(RoomsPageIT.count(onThePhone.page(), room)).hasCount(0);
        assertThat(budi.page().locator("li.fresh")).isVisible();
    }

    private static void hasTheKeyboard(Guest guest, boolean has) {
        guest.page().evaluate("""
                (has) => {
                    document.hasFocus = () => has;
                    dispatchEvent(new Event(has ? 'focus' : 'blur'));
                }
                """, has);
    }

    private static void looksAway(Guest guest) {
        guest.page().evaluate("""
                Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
                document.dispatchEvent(new Event('visibilitychange'));
                """);
    }

    private static void looksBack(Guest guest) {
        guest.page().evaluate("""
                delete document.visibilityState;
                document.dispatchEvent(new Event('visibilitychange'));
                """);
    }

    @Test
    void aBrowserThatForbidsNoticesIsSaid() {
        Guest ana = guest("Ana");
        ana.opensProfile();
        ana.page().evaluate("Notification.requestPermission = async () => 'denied'");
        ana.page().getByLabel("Notifications").selectOption("all");
        assertThat(ana.page().getByText("This browser blocks notifications")).isVisible();
    }

    /** The user was in the room, wants notifications of this level, and is elsewhere. */
    private Guest wantsNotices(Guest guest, String level) {
        guest.context().grantPermissions(List.of("notifications"));
        guest.context().addInitScript(WATCH_THE_NOTICES);
        guest.says("I was here.");
        guest.seesOnce("I was here.");
        guest.opensProfile();
        guest.page().getByLabel("Notifications").selectOption(level);
        guest.page().keyboard().press("Escape");
        guest.goesTo(room + ".else");
        guest.says("And here.");
        guest.seesOnce("And here.");
        guest.reloads();
        guest.isLive();
        assertThat(guest.page().locator("a[href='#" + room + "']")).isVisible();
        return guest;
    }

    @SuppressWarnings("unchecked")
    private static List<String> notices(Page page) {
        return (List<String>) page.evaluate("window.notices ?? []");
    }
}
