package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import id.warung.kit.WarungProcess;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The directory of all rooms, in pages; and what somebody sees who is in none yet. On a server of its own. */
class DirectoryIT extends Table {
    /** More than two pages. */
    private static final int ROOMS = 120;

    /** Creates rooms over a connection of its own. */
    static final String MAKES = """
            (rooms) => new Promise((resolve, reject) => {
                const url = location.href.replace(/^http/, 'ws').replace(/#.*/, '');
                const socket = new WebSocket(new URL('chat', url), 'warung.v1');
                const send = (command) => socket.send(JSON.stringify(command));
                let missing = rooms.length;
                const handle = (event) => {
                    if (event.type === 'welcome') send({ type: 'hello', name: 'Maker' });
                    if (event.type === 'signed-in')
                        rooms.forEach((room, i) => send({ type: 'create', id: `c-${i}`, ...room }));
                    if (event.type === 'ack' && --missing === 0) resolve();
                    if (event.type === 'error') reject(new Error(JSON.stringify(event)));
                };
                socket.onmessage = ({ data }) => JSON.parse(data).forEach(handle);
                socket.onclose = () => reject(new Error('closed'));
            })""";

    private static WarungProcess warung;

    @BeforeAll
    static void aTownWithManyRooms() {
        warung = WarungProcess.startedSomewhere();
        try (Guest maker = Guest.arrives(warung, "lobby")) {
            List<Map<String, String>> rooms = Stream.concat(
                            IntStream.rangeClosed(1, ROOMS)
                                    .mapToObj(i -> Map.of("title", "Warung %03d".formatted(i), "topic", "Number " + i)),
                            Stream.of(Map.of("title", "旅行计划", "topic", "春节去哪里？"), Map.of("room", "aaa-first")))
                    .collect(Collectors.toList());
            maker.page().evaluate(MAKES, rooms);
        }
    }

    @AfterAll
    static void end() {
        warung.close();
    }

    @Override
    WarungProcess warung() {
        return warung;
    }

    @Test
    void allRoomsAreThereAndLoadAsOneScrolls() {
        Guest ana = guest("Ana");
        opens(ana);
        assertThat(named(ana, "Warung").first()).hasText("Warung " + ROOMS);
        Assertions.assertThat(names(ana).count()).isLessThan(ROOMS);
        ana.page().waitForCondition(() -> {
            ana.page().evaluate("document.querySelector('warung-directory .choices').scrollTop = 1e9");
            return names(ana).count() >= ROOMS + 2;
        });
        assertThat(named(ana, "Warung")).hasCount(ROOMS);
        assertThat(named(ana, "Warung").last()).hasText("Warung 001");
        ana.page().locator("warung-directory select").selectOption("name");
        assertThat(names(ana).first()).hasText("aaa-first");
        assertThat(named(ana, "Warung").first()).hasText("Warung 001");
    }

    @Test
    void theServerFindsRoomsByTitleAndTopicAndKeysGoThere() {
        Guest ana = guest("Ana");
        opens(ana);
        field(ana).fill("number 77");
        assertThat(names(ana)).hasText(new String[] {"Warung 077"});
        field(ana).fill("计划");
        assertThat(names(ana)).hasText(new String[] {"旅行计划"});
        field(ana).fill("nothing of that kind");
        assertThat(ana.page().getByText("No rooms found.")).isVisible();
        field(ana).fill("number 11");
        assertThat(names(ana)).hasCount(11); // 11, and 110 to 119
        assertThat(options(ana).first()).hasAttribute("aria-selected", "true");
        ana.page().keyboard().press("ArrowDown");
        assertThat(options(ana).nth(1)).hasAttribute("aria-selected", "true");
        String title = names(ana).nth(1).textContent();
        ana.page().keyboard().press("Enter");
        assertThat(place(ana)).hasText(title);
        assertThat(ana.field()).isFocused();
        opens(ana);
        field(ana).fill("春节");
        assertThat(names(ana)).hasText(new String[] {"旅行计划"});
        options(ana).first().click();
        assertThat(place(ana)).hasText("旅行计划");
    }

    @Test
    void aRoomSaysWhoIsThere() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.says("here");
        ana.sees("here");
        opens(ana);
        field(ana).fill(room);
        assertThat(options(ana).first()).containsText("2 people online");
    }

    @Test
    void aRoomThatIsNotThereIsMadeFromWhatWasTyped() {
        Guest ana = guest("Ana");
        opens(ana);
        field(ana).fill("Pasar " + room);
        ana.page().locator("warung-directory").getByText("New room").click();
        assertThat(ana.page().locator("#new-room-title")).hasValue("Pasar " + room);
    }

    @Test
    void aStrangerSeesOpenRoomsAndChoosesOne() {
        Guest ana = stranger(Guest.desk());
        Locator open = ana.page().locator("warung-welcome warung-open-rooms a");
        assertThat(open).hasCount(5);
        LookIT.looksRight(ana, "open rooms");
        String title = open.nth(3).locator(".name").textContent();
        open.nth(3).click();
        assertThat(ana.page().getByText("You are joining " + title + ".")).isVisible();
        ana.comesInAs("Ana");
        assertThat(place(ana)).hasText(title);
    }

    @Test
    void somebodyInNoRoomSeesOpenRoomsAndHintsUntilTheyNeedThemNoMore() {
        Guest ana = guest("Ana");
        Locator open = ana.page().locator("warung-sidebar warung-open-rooms a");
        assertThat(open).hasCount(5);
        Locator hint = ana.page().locator("warung-hint");
        assertThat(hint).containsText("Ctrl+K");
        LookIT.looksRight(ana, "a newcomer");
        hint.locator("button").click();
        assertThat(hint).hasCount(0);
        assertThat(ana.field()).isFocused();
        for (String name : List.of("aaa-first", room + ".a", room + ".b")) {
            ana.goesTo(name);
            assertThat(place(ana)).hasText("#" + name);
            ana.says("here");
            ana.seesOnce("here");
        }
        assertThat(open).hasCount(0);
        ana.reloads();
        ana.isLive();
        assertThat(ana.page().locator("warung-directory dialog")).hasCount(1); // what loads later is there
        assertThat(hint).hasCount(0);
    }

    @Test
    void onAPhoneTheDirectoryFitsAndNoHintSaysWhatKeysDo() {
        Guest ana = stranger(Guest.phone());
        assertThat(ana.page().locator("warung-open-rooms a")).hasCount(5);
        LookIT.looksRight(ana, "open rooms on a phone");
        ana.comesInAs("Ana");
        assertThat(ana.page().locator("warung-hint")).containsText("emoji");
        assertThat(ana.page().locator("warung-hint")).not().containsText("K");
        ana.opensSidebar();
        ana.button("All rooms").tap();
        assertThat(names(ana).first()).isVisible();
        LookIT.looksRight(ana, "the directory on a phone");
        field(ana).fill("计划");
        assertThat(names(ana)).hasText(new String[] {"旅行计划"});
        options(ana).first().tap();
        assertThat(place(ana)).hasText("旅行计划");
    }

    @Test
    void theDirectoryIsAccessibleInLightAndDark() {
        Guest ana = guest("Ana", desk());
        opens(ana);
        assertThat(names(ana).first()).isVisible();
        LookIT.looksRight(ana, "the directory");
    }

    private static Browser.NewContextOptions desk() {
        return Guest.desk().setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE);
    }

    private static void opens(Guest guest) {
        Page page = guest.page();
        page.locator("warung-sidebar").getByText("All rooms").click();
        assertThat(field(guest)).isFocused();
    }

    private static Locator field(Guest guest) {
        return guest.page().getByLabel("Search title, name or topic");
    }

    private static Locator options(Guest guest) {
        return guest.page().locator("warung-directory [role=option]");
    }

    private static Locator names(Guest guest) {
        return guest.page().locator("warung-directory [role=option] .name");
    }

    private static Locator named(Guest guest, String part) {
        return names(guest).filter(new Locator.FilterOptions().setHasText(part));
    }

    private static Locator place(Guest guest) {
        return guest.page().locator("warung-room-header .place");
    }
}
