package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Date;
import org.junit.jupiter.api.Test;

/** What the page says of days stays true while the page stays open. The browser's clock and zone are set. */
class CalendarIT extends Table {
    private static final ZoneId SANTIAGO = ZoneId.of("America/Santiago");

    /** The zone of Santiago, where days of 23 hours begin at one o'clock. */
    private Guest guestAt(ZonedDateTime now) {
        Guest ana = remember(Guest.arrives(warung(), room, Guest.desk().setTimezoneId(SANTIAGO.getId())));
        ana.page().clock().install(new Clock.InstallOptions().setTime(Date.from(now.toInstant())));
        ana.reloads();
        ana.comesInAs("Ana");
        return ana;
    }

    @Test
    void todayBecomesYesterdayInAQuietRoomWhenTheDayEnds() {
        ZonedDateTime today = ZonedDateTime.now(SANTIAGO);
        Guest ana = guestAt(today);
        ana.says("before midnight");
        ana.seesOnce("before midnight");
        ana.page().keyboard().press("Control+f");
        Locator found = ana.page().locator(".hit .when");
        ana.page().getByLabel("Search messages").fill("midnight");
        ana.page().waitForCondition(() -> {
            ana.page().keyboard().press("Enter");
            return found.count() > 0;
        });
        assertThat(found).containsText("Today");
        assertThat(days(ana)).hasText("Today");
        goesOffline(ana);
        ZonedDateTime next = today.toLocalDate().plusDays(1).atStartOfDay(SANTIAGO);
        ana.page()
                .clock()
                .fastForward(Duration.between(today, next).plusSeconds(2).toMillis());
        assertThat(days(ana)).hasText("Yesterday");
        assertThat(found).containsText("Yesterday");
    }

    /** The timer has stood still, as it does while a machine sleeps: the time is another when the user returns. */
    @Test
    void todayIsYesterdayForAReaderWhoComesBackTheNextDay() {
        Guest ana = guest("Ana", Guest.desk().setTimezoneId(SANTIAGO.getId()));
        ana.says("before the night");
        ana.seesOnce("before the night");
        assertThat(days(ana)).hasText("Today");
        goesOffline(ana);
        ana.page().evaluate("""
                () => {
                    const { now } = Date;
                    const real = Date;
                    const slept = 24 * 3_600_000;
                    globalThis.Date = class extends real {
                        constructor(...given) {
                            super(...(given.length > 0 ? given : [now() + slept]));
                        }
                        static now = () => now() + slept;
                    };
                }""");
        ana.page().evaluate("dispatchEvent(new Event('focus'))");
        assertThat(days(ana)).hasText("Yesterday");
    }

    /** From now on nothing comes that has the page draw its messages. */
    private static void goesOffline(Guest guest) {
        guest.context().setOffline(true);
        guest.isTold("You are offline.");
    }

    private static Locator days(Guest guest) {
        return guest.page().locator("warung-timeline li.day");
    }
}
