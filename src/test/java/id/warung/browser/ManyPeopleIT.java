package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** A room with more people than a roster names: all of them are found, also those who have said nothing. */
class ManyPeopleIT extends Table {
    private static final int PEOPLE = 230;

    @Test
    @SuppressWarnings("try") // the crowd is only there
    void everybodyInALargeRoomIsFoundAndListed() {
        try (Crowd crowd = new Crowd(warung(), room, PEOPLE)) {
            Guest ana = guest("Ana");
            Page page = ana.page();
            Locator people = page.locator("warung-people .people").first().locator("li");
            assertThat(page.locator("warung-room-header .people")).hasText("" + (PEOPLE + 1));

            page.locator("warung-room-header .people").click();
            assertThat(page.getByText("Online: " + (PEOPLE + 1))).isVisible();
            assertThat(people).hasCount(100);
            LookIT.looksRight(ana, "many people");

            page.getByLabel("Find people here").fill("crowd 22");
            assertThat(people.locator(".name")).hasText(new String[] {
                "Crowd 220",
                "Crowd 221",
                "Crowd 222",
                "Crowd 223",
                "Crowd 224",
                "Crowd 225",
                "Crowd 226",
                "Crowd 227",
                "Crowd 228",
                "Crowd 229"
            });
            page.getByLabel("Find people here").fill("nobody like this");
            assertThat(page.getByText("Nobody here with this name.")).isVisible();

            page.getByLabel("Find people here").fill("");
            assertThat(people).hasCount(100);
            people.last().scrollIntoViewIfNeeded();
            assertThat(people).hasCount(200);
            people.last().scrollIntoViewIfNeeded();
            assertThat(people).hasCount(PEOPLE + 1);
            assertThat(people.last().locator(".name")).hasText("Crowd " + PEOPLE);

            people.last().locator(".who").click();
            assertThat(page.locator("warung-person-card h2")).hasText("Crowd " + PEOPLE);
            assertThat(page.locator("warung-person-card")).containsText("Online");
            page.keyboard().press("Escape");
            assertThat(people.last().locator(".who")).isFocused();
        }
    }
}
