package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The list of rooms when there are many, and the dialogs, which load after it. */
class SidebarIT extends Table {

    @Test
    void ofManyRoomsTheUnreadOnesComeFirstAndKeysLeadThere() {
        Guest ana = guest("Ana");
        visits(ana, 14);
        new PlainClient(warung(), room + ".9").says("psst");
        Locator first = links(ana).first();
        assertThat(first).hasAttribute("href", "#" + room + ".9");
        assertThat(ana.page().locator("warung-sidebar h2:visible").first()).hasText("Unread");
        Assertions.assertThat(Axe.violations(ana.page())).isEmpty();
        ana.page().keyboard().press("Alt+Shift+ArrowDown");
        ana.sees("psst");
        assertThat(first).hasAttribute("href", "#" + room + ".9"); // one does not lose the place where one has clicked
        assertThat(first).hasAttribute("aria-current", "page");
        ana.goesTo(room + ".1");
        assertThat(ana.page().locator("warung-sidebar h2:visible").first()).hasText("Rooms");
    }

    @Test
    void unreadRoomsBelowWhatIsVisibleAreCountedAndShown() {
        Guest ana = guest("Ana", Guest.desk().setViewportSize(1000, 420));
        visits(ana, 9);
        new PlainClient(warung(), room + ".9").says("down here");
        Locator below = ana.page().locator("warung-sidebar .below");
        assertThat(below).hasText("1 more unread below");
        Locator link = links(ana).and(ana.page().locator("a[href='#" + room + ".9']"));
        below.click();
        assertThat(below).isHidden();
        assertThat(link).isInViewport();
    }

    @Test
    void aRoomWithADraftIsMarkedUntilItIsSent() {
        Guest ana = guest("Ana");
        ana.says("here");
        ana.seesOnce("here");
        ana.writes("half a thou");
        ana.goesTo(room + ".else");
        Locator link = ana.page().locator("warung-sidebar a[href='#" + room + "']");
        assertThat(link).containsText("draft");
        ana.goesTo(room);
        assertThat(ana.field()).hasValue("half a thou");
        assertThat(link).not().containsText("draft");
        ana.field().press("Enter");
        ana.seesOnce("half a thou");
        ana.goesTo(room + ".else");
        assertThat(ana.page().locator("warung-room-header h1")).containsText("else");
        assertThat(link).not().containsText("draft");
    }

    /** They load when nothing else is to do, or when one is to open; whoever cannot get them is told, and may try again. */
    @Test
    void aDialogThatCannotLoadSaysSoAndOpensWhenItCan() {
        Guest ana = stranger(Guest.desk());
        ana.page().route("**/dialogs.js", Route::abort);
        ana.comesInAs("Ana");
        ana.page().locator("warung-sidebar .find").click();
        assertThat(ana.page().getByText("This could not be loaded.")).isVisible();
        ana.page().unroute("**/dialogs.js");
        ana.page().waitForCondition(() -> {
            ana.page().keyboard().press("Control+k");
            return ana.page().locator("warung-switcher dialog[open]").count() > 0;
        });
        assertThat(ana.page().locator("warung-switcher input")).isFocused();
    }

    @Test
    void aLinkKeepsTheFocusWhereItsRoomMoves() {
        Guest ana = guest("Ana");
        visits(ana, 14);
        Locator link = ana.page().locator("warung-sidebar a[href='#" + room + ".9']");
        link.focus();
        new PlainClient(warung(), room + ".9").says("psst");
        assertThat(ana.page().locator("warung-sidebar h2:visible").first()).hasText("Unread");
        assertThat(links(ana).first()).hasAttribute("href", "#" + room + ".9");
        assertThat(link).isFocused();
        ana.page().keyboard().press("Enter");
        ana.sees("psst");
    }

    private void visits(Guest guest, int rooms) {
        for (int i = 1; i <= rooms; i++) {
            guest.goesTo(room + "." + i);
            assertThat(guest.page().locator("warung-room-header h1")).hasText("#" + room + "." + i);
            guest.says("here " + i);
            guest.seesOnce("here " + i);
        }
        guest.goesTo(room);
        assertThat(guest.page().locator("warung-room-header h1")).hasText("#" + room);
        guest.waitsUntil("n => document.querySelectorAll('warung-sidebar .rooms a').length >= n", rooms);
    }

    private static Locator links(Guest guest) {
        return guest.page().locator("warung-sidebar .rooms a");
    }
}
