package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import id.warung.kit.Jwts;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People whom an application has signed in, at a server beside it: how they leave, and what the others see. */
class AccountIT {
    @TempDir
    private static Path folder;

    private static WarungProcess warung;

    private final List<Guest> users = new ArrayList<>();

    @BeforeAll
    static void start() {
        warung = Jwts.on(new WarungProcess(folder))
                .with("WARUNG_GUESTS", "read")
                .with("WARUNG_MAX_POSTS_BURST", "3")
                .with("WARUNG_MAX_POSTS_PER_SECOND", "1")
                .start();
    }

    @AfterAll
    static void end() {
        warung.close();
    }

    @AfterEach
    void usersLeaveUndisturbed() {
        try {
            users.forEach(Guest::isUndisturbed);
        } finally {
            users.forEach(Guest::close);
        }
    }

    private Guest user(String subject, String name) {
        Guest user = Guest.arrives(warung, "token=" + Jwts.of(subject, name) + "&room=lobby");
        users.add(user);
        user.isLive();
        return user;
    }

    @Test
    void signingOutEndsAllTabsOfThisBrowserAndEverywhereTheOthersToo() {
        Guest desk = user("ana", "Ana Maria");
        Guest tab = desk.opensATab("lobby");
        Guest phone = user("ana", "Ana Maria");
        desk.says("from the desk");
        phone.seesOnce("from the desk");
        signsOut(desk, "Sign out");
        isOut(desk, "You have signed out.");
        isOut(tab, "You have signed out.");
        phone.isLive();
        Guest laptop = user("ana", "Ana Maria");
        signsOut(phone, "Sign out everywhere");
        isOut(phone, "You have signed out.");
        isOut(laptop, "This sign-in was ended from another device or by an administrator.");
    }

    @Test
    void aSignInIsSeenAndEndedFromAnotherBrowserAndItsTokenIsNoLongerGood() {
        String token = Jwts.of("budi", "Budi");
        Guest there = Guest.arrives(warung, "token=" + token + "&room=lobby");
        users.add(there);
        there.isLive();
        Guest here = user("budi", "Budi");
        here.opensProfile();
        Locator sessions = here.page().locator("warung-profile .sessions li");
        assertThat(sessions).hasCount(2);
        assertThat(sessions.filter(new Locator.FilterOptions().setHasText("this browser")))
                .hasText(Pattern.compile("^Chrome on Linux.* · since .*"));
        sessions.getByText("End").click();
        assertThat(sessions).hasCount(1);
        isOut(there, "This sign-in was ended from another device or by an administrator.");
        there.page().navigate("about:blank");
        there.goesTo("token=" + token);
        isOut(there, "This link is no longer valid.");
        here.isLive();
    }

    @Test
    void aNewTokenOfTheSameUserRenewsTheSignInWithoutABreak() {
        Guest citra = user("citra", "Citra");
        citra.says("before");
        citra.seesOnce("before");
        List<String> sockets = new ArrayList<>();
        citra.page().onWebSocket(socket -> sockets.add(socket.url()));
        citra.writes("a draft");
        String renewed = Jwts.of("citra", "Citra Dewi", Instant.now(), Duration.ofHours(2), Map.of());
        citra.page().evaluate("token => location.hash = `token=${token}`", renewed);
        citra.page().waitForCondition(() -> citra.page().url().endsWith("#lobby"));
        citra.says("after");
        citra.seesOnce("after");
        citra.opensProfile();
        assertThat(citra.page().locator("warung-profile")).containsText("Your roles: member");
        assertThat(citra.page().locator("#profile-name")).not().isEditable();
        assertThat(sockets).as("the one that asks whose the token is").hasSize(1);
    }

    @Test
    void whatIsWrittenFasterThanTheServerTakesArrivesInOrderAndOnce() {
        Guest fitri = user("fitri", "Fitri");
        Guest reader = user("gita", "Gita");
        List<String> texts =
                IntStream.rangeClosed(1, 10).mapToObj(i -> "quick " + i).toList();
        texts.forEach(fitri::says);
        fitri.isTold("You are sending too fast. Your messages are saved");
        for (Guest each : List.of(fitri, reader)) {
            assertThat(each.messages()
                            .filter(new Locator.FilterOptions().setHasText("quick"))
                            .locator(".text"))
                    .hasText(texts.toArray(String[]::new));
        }
        assertThat(fitri.page().locator("li.waiting, li.sent")).hasCount(0);
        assertThat(fitri.status().locator(".words")).hasText("Connected.");
    }

    @Test
    void guestsWhoMayOnlyReadAreToldSo() {
        user("dewi", "Dewi").says("for all to read");
        Guest guest = Guest.named("Eka", warung, "lobby");
        users.add(guest);
        guest.sees("for all to read");
        assertThat(guest.page().locator("warung-composer-closed"))
                .containsText("Guests can read #lobby but not post in it.");
        assertThat(guest.field()).isHidden();
    }

    private static void signsOut(Guest user, String how) {
        user.opensProfile();
        user.button(how).click();
        user.button("Sign out now").click();
    }

    private static void isOut(Guest user, String words) {
        assertThat(user.page().locator("warung-welcome")).containsText(words);
        assertThat(user.page().locator("#room")).isHidden();
    }
}
