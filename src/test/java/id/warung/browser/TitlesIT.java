package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Rooms have titles in any script, by which they are shown, found and linked to; and stars, the same on all devices. */
class TitlesIT extends Table {
    private static final Pattern MADE_UP = Pattern.compile(".*#r-[0-9a-z]{8}$");

    private final String title = "旅行计划 " + room;

    @Test
    void aRoomHasATitleInChineseWhereverItIsShown() {
        Guest ana = guest("Ana");
        makes(ana, title);
        assertThat(ana.page()).hasURL(MADE_UP);
        assertThat(ana.page()).hasTitle(title + " · Warung");
        assertThat(current(ana)).hasText(title);
        assertThat(ana.page().getByText("created this room")).isVisible();
        assertThat(ana.field()).hasAttribute("aria-label", "Message " + title);
        LookIT.looksRight(ana, "a title");
        ana.reloads();
        assertThat(place(ana)).hasText(title);
        assertThat(ana.field()).hasAttribute("aria-label", "Message " + title);
        ana.page().keyboard().press("Control+f");
        assertThat(ana.page().locator("warung-search h2")).hasText("Search " + title);
    }

    @Test
    void othersFindARoomByItsTitleAndFollowLinksToIt() {
        Guest ana = guest("Ana");
        makes(ana, title);
        String name = nameOf(ana);
        Guest budi = guest("Budi");
        budi.page().keyboard().press("Control+k");
        budi.page().getByLabel("Room or person").fill(title.substring(1));
        assertThat(budi.page().locator("dialog[open] [role=option] .name").first())
                .hasText(title);
        budi.page().keyboard().press("Escape");
        budi.says("Look at #" + name);
        ana.goesTo(room);
        Locator link = ana.page().locator("li.message a[data-room]");
        assertThat(link).hasText(title);
        link.click();
        assertThat(place(ana)).hasText(title);
        Guest citra = remember(Guest.arrives(warung(), name));
        assertThat(citra.page().getByText("You are joining " + title + ".")).isVisible();
        citra.comesInAs("Citra");
        assertThat(place(citra)).hasText(title);
        citra.says("Aku ikut");
        ana.sees("Aku ikut");
    }

    @Test
    void aTitleIsChangedForEverybodyAndIsNeverMarkup() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        makes(ana, title);
        budi.goesTo(nameOf(ana));
        assertThat(place(budi)).hasText(title);
        String other = "<b>שלום</b> " + room;
        gives(ana, other);
        assertThat(ana.page().locator("warung-room-settings dialog")).isHidden();
        for (Guest guest : new Guest[] {ana, budi}) {
            assertThat(place(guest)).hasText(other);
            assertThat(current(guest)).hasText(other);
            assertThat(guest.page().getByText("named this room " + other)).isVisible();
        }
        gives(ana, "");
        assertThat(place(budi)).hasText("#" + nameOf(ana));
        gives(ana, "upside\u202Edown");
        assertThat(ana.page().getByText("contains characters that cannot be used"))
                .isVisible();
    }

    @Test
    void roomsWithOneTitleAreToldApartByTheirAddresses() {
        Guest ana = guest("Ana");
        makes(ana, title);
        String first = nameOf(ana);
        assertThat(ana.page().locator("warung-sidebar .slug")).hasCount(0);
        ana.button("New room").click();
        ana.page().locator("#new-room-title").fill(title);
        ana.page().getByText("Choose an address").click();
        ana.page().locator("#new-room-name").fill(room + ".trip");
        ana.page().keyboard().press("Enter");
        assertThat(ana.page()).hasURL(Pattern.compile(".*#" + room + "\\.trip$"));
        assertThat(place(ana)).hasText(title);
        ana.says("here");
        ana.goesTo(first);
        ana.says("there");
        ana.seesOnce("there");
        assertThat(link(ana, first).locator(".slug")).hasText("#" + first);
        assertThat(link(ana, room + ".trip").locator(".slug")).hasText("#" + room + ".trip");
    }

    @Test
    void aRoomNeedsATitleOrAnAddress() {
        Guest ana = guest("Ana");
        ana.button("New room").click();
        assertThat(ana.page().locator("#new-room-title")).isFocused();
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().getByText("Give the room a title.")).isVisible();
        assertThat(ana.page().locator("#new-room-title")).isFocused();
        ana.page().locator("#new-room-title").fill("好".repeat(61));
        ana.page().keyboard().press("Enter");
        assertThat(ana.page().getByText("A title has at most 60 characters.")).isVisible();
        LookIT.looksRight(ana, "a long title");
        ana.page().locator("#new-room-title").fill("好".repeat(60));
        ana.page().keyboard().press("Enter");
        assertThat(place(ana)).hasText("好".repeat(60));
    }

    @Test
    void aStarIsOnAllDevicesAndStaysThere() {
        Guest ana = guest("Ana");
        ana.says("here");
        ana.seesOnce("here");
        Guest other = remember(Guest.arrives(
                warung(), room, Guest.desk().setStorageState(ana.context().storageState())));
        other.isLive();
        other.goesTo(room + ".else");
        assertThat(starred(ana)).hasCount(0);
        assertThat(star(ana)).hasAttribute("aria-pressed", "false");
        star(ana).focus();
        ana.page().keyboard().press("Enter");
        for (Guest device : new Guest[] {ana, other}) {
            assertThat(starred(device)).hasCount(1);
            assertThat(starred(device)).hasAttribute("href", "#" + room);
        }
        assertThat(star(ana)).hasAttribute("aria-pressed", "true");
        assertThat(star(ana)).isFocused();
        assertThat(star(other)).hasAttribute("aria-pressed", "false");
        LookIT.looksRight(ana, "a star");
        other.reloads();
        assertThat(starred(other)).hasCount(1);
        starred(other).click();
        assertThat(star(other)).hasAttribute("aria-pressed", "true");
        place(other).click();
        other.page()
                .locator("warung-room-settings")
                .getByLabel("Star this room")
                .click();
        assertThat(starred(ana)).hasCount(0);
        assertThat(star(ana)).hasAttribute("aria-pressed", "false");
    }

    private void makes(Guest guest, String title) {
        guest.button("New room").click();
        guest.page().locator("#new-room-title").fill(title);
        guest.page().keyboard().press("Enter");
        assertThat(place(guest)).hasText(title);
    }

    private static void gives(Guest guest, String title) {
        place(guest).click();
        guest.page().locator("#room-settings-title").fill(title);
        guest.page().keyboard().press("Enter");
    }

    private static String nameOf(Guest guest) {
        String url = guest.page().url();
        Assertions.assertThat(url).contains("#");
        return url.substring(url.indexOf('#') + 1);
    }

    private static Locator place(Guest guest) {
        return guest.page().locator("warung-room-header .place");
    }

    private static Locator star(Guest guest) {
        return guest.page().locator("warung-room-header .star");
    }

    private static Locator current(Guest guest) {
        return guest.page().locator("warung-sidebar [aria-current] bdi");
    }

    private static Locator link(Guest guest, String name) {
        return guest.page().locator("warung-sidebar .rooms a[href='#" + name + "']");
    }

    /** The links in the group of starred rooms. */
    private static Locator starred(Guest guest) {
        return guest.page().locator("warung-sidebar section:has(h2:text-is('Starred')) a");
    }
}
