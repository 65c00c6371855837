package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotAnimations;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Makes the pictures in `docs/images` and the icons; run by `bin/screenshots`, not by the build. */
class Pictures {
    private static final Path IMAGES = Path.of("docs/images");
    private static final Path ICONS = Path.of("src/main/webapp/icons");
    private static final int DUSK = 19;
    private static final int ICON = 192;

    private static final List<Guest> GUESTS = new ArrayList<>();
    private static WarungProcess warung;

    @BeforeAll
    static void peopleTalk() {
        warung = WarungProcess.startedSomewhere();
        Guest budi = come("Budi");
        Guest siti = come("Siti Rahma");
        Guest mei = come("小梅");
        say(budi, "Malam semua. The kettle is on.");
        say(siti, "Malam, Budi! Two for me, and one without sugar.");
        say(mei, "晚上好！今天的**豆浆**特别香。");
        say(budi, "On its way.\n\n- two *kopi tubruk*\n- one 豆浆");
        say(siti, "And how do I put this thing on my own machine?");
        say(
                budi,
                "One file, one line:\n```\njava -jar warung.war --port 8080\n```\n`Ctrl-C` ends it, and nothing is lost.");
    }

    @AfterAll
    static void peopleGo() {
        GUESTS.forEach(Guest::close);
        warung.close();
    }

    @Test
    void conversation() {
        Guest ana = come("Ana Maria");
        say(ana, "> One file, one line\n\nThat is all? I like this place.");
        picture(ana, "chat-desktop");
        Guest dark = come("Ana", atDusk(Guest.desk()).setColorScheme(ColorScheme.DARK));
        picture(dark, "chat-dark");
        Guest phone = come("Nina", atDusk(Guest.phone()));
        picture(phone, "chat-phone");
        Guest chinese = arrive(atDusk(Guest.phone()).setLocale("zh-CN").setColorScheme(ColorScheme.DARK), "lobby");
        chinese.page().locator("#welcome-name").fill("阿华");
        chinese.page().keyboard().press("Enter");
        chinese.isLive();
        picture(chinese, "chat-chinese");
    }

    @Test
    void states() {
        Guest ana = arrive(atDusk(Guest.desk()), "kitchen");
        picture(ana, "first-visit");
        ana.comesInAs("Tia");
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        picture(ana, "empty-room");
        say(ana, "Is anybody in the kitchen?");
        ana.context().setOffline(true);
        ana.isTold("You are offline.");
        ana.says("I write this in a tunnel, and it goes out by itself.");
        ana.seesPending("I write this in a tunnel, and it goes out by itself.");
        assertThat(ana.page().locator(".wait")).hasCSS("opacity", "1");
        picture(ana, "offline");
        ana.context().setOffline(false);
        ana.isLive();
        ana.field().press("Shift+Tab");
        ana.page().keyboard().press("?");
        picture(ana, "keyboard");
    }

    @Test
    void messages() {
        Guest ratna = people("Ratna");
        Guest agus = people("Agus");
        say(ratna, "Who is coming to the *pasar malam* tonight?");
        say(ratna, "I can take two on the scooter.");
        say(agus, "Me, after nine.");
        answer(agus, "I can take two", "Then I sit in the middle. 好的，九点见。");
        say(ratna, "Nver mind the rain.");
        ratna.field().press("ArrowUp");
        ratna.says("Never mind the rain.");
        assertThat(ratna.page().locator(".edited")).isVisible();
        say(ratna, "The wrong room, sorry");
        ratna.tool("The wrong room, sorry", "Delete").click();
        Guest made = people("Made");
        say(made, "Is there soto as well?");
        agus.field().pressSequentially("@Made");
        agus.field().press("Tab");
        agus.field().pressSequentially("the best soto in town.");
        agus.field().press("Enter");
        assertThat(made.page().locator("li.mentioned")).isVisible();
        assertThat(made.page().locator("li.gone")).hasText("Message deleted");
        made.message("Who is coming to the pasar malam tonight?").focus();
        picture(made, "messages");
        made.page().keyboard().press("Control+f");
        made.page().locator("warung-search input").fill("soto");
        made.page().waitForCondition(() -> {
            made.page().keyboard().press("Enter");
            return made.page().locator(".hit").count() > 1;
        });
        picture(made, "search");
        messagesInOtherDress();
    }

    @Test
    void returning() {
        Guest gede = arriveAs("Gede", "porch", Guest.desk());
        Guest sari = arriveAs("Sari", "porch", Guest.desk());
        say(gede, "Does anybody know whose bicycle that is, by the door?");
        say(sari, "Mine, sorry. I move it after my tea.");
        sari.goesTo("market");
        say(gede, "No hurry. It looks good there.");
        say(gede, "Ketut wants to paint it.");
        Guest ketut = arriveAs("Ketut", "porch", Guest.desk());
        for (String line : EVENING.lines().toList()) {
            say(ketut, line);
        }
        assertThat(sari.page().locator("warung-sidebar .count")).isVisible();
        sari.goesTo("porch");
        assertThat(sari.page().locator("li.fresh")).isInViewport();
        picture(sari, "unread");
        sari.field().press("Escape");
        say(sari, "Blue, please, not the wheels");
        sari.tool("Blue, please, not the wheels", "Delete").click();
        assertThat(sari.button("Undo")).isVisible();
        picture(sari, "undo");
        Guest phone = arriveAs("小林", "porch", Guest.phone().setLocale("zh-CN").setColorScheme(ColorScheme.DARK));
        say(phone, "蓝色好看");
        phone.goesTo("market");
        assertThat(phone.page().locator("warung-room-header .place")).containsText("market");
        for (String line : EVENING.lines().toList()) {
            say(gede, line);
        }
        assertThat(phone.page().locator("warung-room-header .menu > :last-child"))
                .isVisible();
        phone.goesTo("porch");
        assertThat(phone.page().locator("li.fresh")).isInViewport();
        picture(phone, "unread-phone");
    }

    private static final String EVENING = """
            I have blue, and a little red.
            The wheels stay as they are, they are fine wheels.
            And a bell. Everything needs a bell.
            Who has a brush?
            Two brushes.
            The moon is up, we paint by lamp light.
            Somebody has to hold the cat.
            I hold the cat.
            It does not want to be held.
            Tea is ready, by the way.""";

    private static Guest arriveAs(String name, String room, Browser.NewContextOptions options) {
        Guest guest = arrive(atDusk(options), room);
        guest.page().locator("#welcome-name").fill(name);
        guest.page().keyboard().press("Enter");
        guest.isLive();
        return guest;
    }

    private static void messagesInOtherDress() {
        Guest dark = people("Dewi", Guest.desk().setColorScheme(ColorScheme.DARK));
        dark.reaches(dark.message("Me, after nine."));
        dark.page().keyboard().press("r");
        dark.field().pressSequentially("Ask @");
        assertThat(dark.page().locator("[role=option]").first()).isVisible();
        picture(dark, "messages-dark");
        Guest phone = people("Rani", Guest.phone());
        say(phone, "Keep a seat for me.");
        new Finger(phone.page()).presses(phone.message("Keep a seat for me.").locator(".text p"));
        picture(phone, "messages-phone");
        Guest chinese = people("大伟", Guest.phone().setLocale("zh-CN").setColorScheme(ColorScheme.DARK));
        say(chinese, "我也去");
        chinese.field().press("ArrowUp");
        chinese.field().pressSequentially(" :kopi");
        picture(chinese, "messages-chinese");
    }

    private static Guest people(String name) {
        return people(name, Guest.desk());
    }

    /** A user in a room of their own, with reactions to messages. */
    private static Guest people(String name, Browser.NewContextOptions options) {
        return arriveAs(name, "market", options);
    }

    private static void answer(Guest guest, String begin, String text) {
        guest.reaches(guest.page().locator("li.message").filter(new Locator.FilterOptions().setHasText(begin)));
        guest.page().keyboard().press("r");
        guest.says(text);
        assertThat(guest.page().locator(".quote")).isVisible();
    }

    @Test
    void rooms() {
        Guest wayan = people("Wayan");
        makes(wayan, "announcements", "What everybody ought to know, once a week at most", "public");
        say(wayan, "On Friday we open at five.");
        makes(wayan, "soto-tonight", "Who comes, who cooks, who brings the krupuk", "public");
        say(wayan, "I bring krupuk.");
        makes(wayan, "kitchen-crew", "Only us", "members");
        Guest lina = people("Lina");
        lina.goesTo("announcements");
        lina.sees("On Friday we open at five.");
        lina.goesTo("soto-tonight");
        say(lina, "And I a big appetite.");
        lets(wayan, "Lina");
        picture(wayan, "members");
        wayan.page().keyboard().press("Escape");
        say(wayan, "The gas is low.");
        wayan.goesTo("announcements");
        say(wayan, "And on Saturday there is music.");
        assertThat(lina.page().locator("warung-sidebar .count")).hasCount(2);
        picture(lina, "rooms");
        lina.page().keyboard().press("Control+k");
        assertThat(lina.page().locator("warung-switcher [role=option]").nth(3)).isVisible();
        picture(lina, "directory");
        roomsOnAPhone();
    }

    private static void roomsOnAPhone() {
        Guest phone = people("阿明", Guest.phone().setLocale("zh-CN").setColorScheme(ColorScheme.DARK));
        phone.goesTo("soto-tonight");
        phone.sees("And I a big appetite.");
        phone.opensSidebar();
        picture(phone, "rooms-phone");
        phone.page().keyboard().press("Escape");
        phone.goesTo("kitchen-crew");
        assertThat(phone.page().locator("warung-composer-closed")).isVisible();
        picture(phone, "members-only");
    }

    private static void makes(Guest guest, String name, String topic, String access) {
        guest.page().keyboard().press("Control+k");
        guest.page().locator("#switcher-name").fill(name);
        guest.page().keyboard().press("ArrowDown");
        guest.page().keyboard().press("Enter");
        guest.page().locator("#new-room-topic").fill(topic);
        guest.page().locator("#new-room-access").selectOption(access);
        guest.page().keyboard().press("Enter");
        assertThat(guest.page().locator("warung-room-header .place")).hasText("#" + name);
    }

    /** Makes a user a member of the room. */
    private static void lets(Guest guest, String name) {
        guest.page().locator("warung-room-header .people").click();
        guest.page().locator("#people-add").fill(name);
        assertThat(guest.page().locator("warung-people [role=option]")).containsText(name);
        guest.page().keyboard().press("Enter");
        assertThat(guest.page().getByText("Members: 2")).isVisible();
    }

    @Test
    void icon() throws IOException {
        String sign = Files.readString(ICONS.resolve("warung.svg")).replaceFirst(" rx=\"[0-9.]+\"", "");
        try (BrowserContext context =
                Chromium.get().newContext(new Browser.NewContextOptions().setViewportSize(ICON, ICON))) {
            Page page = context.newPage();
            page.setContent("<body style='margin:0'>" + sign + "</body>");
            page.screenshot(new Page.ScreenshotOptions().setPath(ICONS.resolve("warung-" + ICON + ".png")));
        }
    }

    private static Guest come(String name) {
        return come(name, atDusk(Guest.desk()));
    }

    private static Guest come(String name, Browser.NewContextOptions options) {
        Guest guest = Guest.named(name, warung, "lobby", options);
        GUESTS.add(guest);
        return guest;
    }

    private static Guest arrive(Browser.NewContextOptions options, String room) {
        Guest guest = Guest.arrives(warung, room, options);
        GUESTS.add(guest);
        return guest;
    }

    private static void say(Guest guest, String text) {
        int before = guest.page().locator("li.message.own").count();
        guest.says(text);
        assertThat(guest.page().locator("li.message.own")).hasCount(before + 1);
        assertThat(guest.page().locator("li.waiting, li.sent")).hasCount(0);
    }

    /** A place where the sun is setting just now. */
    private static Browser.NewContextOptions atDusk(Browser.NewContextOptions options) {
        int west = LocalTime.now(ZoneOffset.UTC).getHour() - DUSK;
        int hours = west < -14 ? west + 24 : west;
        return options.setTimezoneId("Etc/GMT" + (hours < 0 ? hours : "+" + hours));
    }

    private static void picture(Guest guest, String name) {
        guest.page().mouse().move(0, 0);
        guest.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(IMAGES.resolve(name + ".png"))
                        .setAnimations(ScreenshotAnimations.DISABLED));
    }
}
