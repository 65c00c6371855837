package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Whoever has created a room appoints its moderators, and dismisses them. */
class ModeratorsIT extends Table {
    @Test
    void theCreatorOfAPublicRoomAppointsThoseWhoAreThere() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi" + room);
        makes(ana, "public");
        budi.goesTo(room + ".own");
        opensPeople(ana);
        assertThat(ana.page().getByText("Moderators: 1")).isVisible();
        ana.button("Make moderator: " + budi.name()).click();
        assertThat(ana.page().getByText("Moderators: 2")).isVisible();
        assertThat(ana.button("Make moderator: " + budi.name())).hasCount(0);
        assertThat(budi.page().getByText(ana.name() + " made " + budi.name() + " a moderator"))
                .isVisible();
        assertThat(Axe.violations(ana.page())).isEmpty();

        opensPeople(budi);
        assertThat(row(budi, ana.name()).last()).containsText("Moderator");
        assertThat(budi.button("Dismiss: " + ana.name())).hasCount(0);
        ana.button("Dismiss: " + budi.name()).click();
        assertThat(ana.page().getByText("Moderators: 1")).isVisible();
        assertThat(ana.button("Make moderator: " + budi.name())).isVisible();
        assertThat(row(ana, ana.name()).last().locator(".who")).isFocused();
    }

    @Test
    void theCreatorOfAMembersOnlyRoomAppointsMembersAndOthersDoNot() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi" + room);
        makes(ana, "members");
        opensPeople(ana);
        ana.page().getByLabel("Add member").fill(budi.name());
        assertThat(ana.page().locator("dialog[open] [role=option]")).containsText(budi.name());
        ana.page().keyboard().press("Enter");
        ana.button("Make moderator: " + budi.name()).click();
        assertThat(row(ana, budi.name()).last()).containsText("Moderator");
        assertThat(ana.button("Remove: " + budi.name())).isVisible();

        budi.goesTo(room + ".own");
        opensPeople(budi);
        assertThat(budi.button("Remove: " + ana.name())).isVisible();
        assertThat(budi.button("Dismiss: " + ana.name())).hasCount(0);
        ana.button("Dismiss: " + budi.name()).click();
        assertThat(ana.button("Make moderator: " + budi.name())).isVisible();
    }

    private void makes(Guest guest, String access) {
        guest.button("New room").click();
        guest.page().getByText("Choose an address").click();
        guest.page().locator("#new-room-name").fill(room + ".own");
        guest.page().locator("#new-room-access").selectOption(access);
        guest.page().keyboard().press("Enter");
        assertThat(RoomsPageIT.place(guest)).hasText("#" + room + ".own");
    }

    private static void opensPeople(Guest guest) {
        guest.page().locator("warung-room-header .people").click();
        assertThat(guest.page().locator("warung-people dialog")).isVisible();
    }

    private static Locator row(Guest guest, String name) {
        return guest.page().locator("warung-people li", new Page.LocatorOptions().setHasText(name));
    }
}
