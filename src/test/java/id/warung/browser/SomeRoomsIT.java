package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Jwts;
import id.warung.kit.WarungProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of users whose tokens are good for some rooms alone, where the address names none. */
class SomeRoomsIT {
    private static WarungProcess warung;

    @BeforeAll
    static void start() {
        warung = Jwts.on(WarungProcess.somewhere()).start();
    }

    @AfterAll
    static void stop() {
        warung.close();
    }

    private static Guest arrives(String name, String... rooms) {
        String token = Jwts.of(name, name, Instant.now(), Duration.ofHours(1), Map.of("rooms", List.of(rooms)));
        return Guest.arrives(warung, "token=" + token);
    }

    @Test
    void theRoomThatATokenNamesIsOpened() {
        try (Guest ana = arrives("Ana", "order-17-*", "order-17")) {
            ana.isLive();
            assertThat(RoomsPageIT.place(ana)).hasText("#order-17");
            ana.says("Where is it?");
            ana.seesOnce("Where is it?");
            ana.reloads();
            ana.sees("Where is it?");
            ana.isUndisturbed();
        }
    }

    @Test
    void otherwiseTheFirstThatTheyMayRead() {
        try (Person owner = Person.signedIn(warung.chat())) {
            owner.create("team-soto");
        }
        try (Guest budi = arrives("Budi", "team-*")) {
            budi.isLive();
            assertThat(RoomsPageIT.place(budi)).hasText("#team-soto");
            budi.says("Hello, team");
            budi.seesOnce("Hello, team");
            budi.isUndisturbed();
        }
    }

    @Test
    void aRoomThatTheAddressNamesIsSaidNotToBeThere() {
        try (Guest citra = arrives("Citra", "team-1")) {
            assertThat(RoomsPageIT.place(citra)).hasText("#team-1");
            citra.goesTo("kitchen");
            assertThat(citra.page().locator("warung-composer-closed")).isVisible();
            assertThat(RoomsPageIT.place(citra)).hasText("#kitchen");
        }
    }
}
