package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One user in two tabs of one browser: both share one draft, and it is sent once, whichever tab sends it. */
class TabsIT extends Table {
    private static final String HEARS_NOTHING = "delete globalThis.BroadcastChannel;";
    /** A page that sends no deletion by itself, however long the other one takes to load. */
    private static final String TAKES_ITS_TIME = """
            () => {
                const set = setTimeout;
                window.setTimeout = (act, ms, ...given) => (ms === 5_000 ? 0 : set(act, ms, ...given));
            }""";

    /** A page for which the deletion has just been made, however long it has taken to load. */
    private static final String HAS_A_LATE_CLOCK = "const { now } = Date; Date.now = () => now() - 60_000;";

    private static final String KNOWS_NOBODY = "Object.defineProperty(navigator, 'locks', { value: undefined });";

    /** What the tabs have sent to the server, and whether they can reach it. */
    private final List<JsonObject> sent = new ArrayList<>();

    private final List<WebSocketRoute> lines = new ArrayList<>();
    private boolean cut;

    @Test
    void aDraftIsSharedBetweenTabsAndSentOnce() {
        Guest ana = guest("Ana");
        ana.field().pressSequentially("kopi");
        Guest tab = ana.opensATab(room);
        assertThat(tab.field()).hasValue("kopi");
        ana.field().pressSequentially(" ya");
        assertThat(tab.field()).hasValue("kopi ya");
        tab.field().press("Home");
        tab.field().pressSequentially("es ");
        assertThat(ana.field()).hasValue("es kopi ya");
        ana.field().press("Enter");
        assertThat(tab.field()).hasValue("");
        tab.field().press("Enter");
        ana.says("after");
        ana.seesOnly("es kopi ya", "after");
        tab.seesOnly("es kopi ya", "after");
    }

    @Test
    void aTabThatHearsNothingOfTheOtherSendsNothingTwice() {
        Guest ana = deaf(guest("Ana"));
        ana.writes("kopi");
        Guest tab = ana.opensATab(room);
        assertThat(tab.field()).hasValue("kopi");
        ana.field().press("Enter");
        ana.seesOnce("kopi");
        tab.field().press("Enter");
        assertThat(tab.field()).hasValue("");
        tab.says("after");
        ana.seesOnly("kopi", "after");
        ana.reloads();
        assertThat(ana.field()).hasValue("");
    }

    @Test
    void draftsInTabsThatCannotHearEachOtherAreNotLost() {
        Guest ana = deaf(guest("Ana"));
        Guest tab = ana.opensATab(room);
        ana.writes("from the first");
        ana.waitsUntil(KEPT, List.of(room, "from the first"));
        tab.writes("from the second");
        assertThat(tab.field()).hasValue("from the first\nfrom the second");
        ana.field().press("Enter");
        assertThat(ana.field()).hasValue("from the first\nfrom the second");
        assertThat(ana.messages()).hasCount(0);
        ana.field().press("Enter");
        ana.seesOnce("from the first from the second");
        tab.field().press("End");
        tab.field().pressSequentially(", and more");
        assertThat(tab.field()).hasValue(", and more");
        tab.reloads();
        assertThat(tab.field()).hasValue(", and more");
        assertThat(tab.messages()).hasCount(1);
    }

    @Test
    void anEditUnderWayIsThatOfBothTabsAndIsMadeOnce() {
        Guest ana = guest("Ana");
        ana.says("helo");
        ana.seesOnce("helo");
        ana.writes("a draft");
        Guest tab = ana.opensATab(room);
        ana.tool("helo", "Edit").click();
        assertThat(occasion(tab)).hasText("Edit message");
        assertThat(tab.field()).hasValue("helo");
        tab.field().pressSequentially("?");
        assertThat(ana.field()).hasValue("helo?");
        ana.says("hello");
        assertThat(occasion(tab)).isHidden();
        assertThat(tab.field()).hasValue("a draft");
        assertThat(ana.field()).hasValue("a draft");
        assertThat(tab.messages().locator(".text")).hasText("hello edited");
    }

    @Test
    void anAnswerUnderWayIsThatOfBothTabs() {
        Guest ana = guest("Ana");
        ana.says("who comes?");
        ana.seesOnce("who comes?");
        Guest tab = ana.opensATab(room);
        ana.tool("who comes?", "Reply").click();
        assertThat(occasion(tab)).containsText("who comes?");
        tab.says("I do");
        assertThat(occasion(ana)).isHidden();
        assertThat(ana.message("I do").locator(".quote .excerpt")).hasText("who comes?");
    }

    @Test
    void settingsChangedInOneTabApplyInTheOther() {
        Guest ana = guest("Ana");
        ana.says("here");
        ana.seesOnce("here");
        Guest tab = ana.opensATab(room);
        ana.page().locator("warung-room-header .place").click();
        ana.page().getByLabel("Mute this room").check();
        assertThat(tab.page().locator("warung-sidebar").getByText("muted")).hasCount(1);
        ana.page().keyboard().press("Escape");
        tab.opensProfile();
        ana.opensProfile();
        ana.page().getByLabel("Notifications").selectOption("mine");
        assertThat(tab.page().getByLabel("Notifications")).hasValue("mine");
        ana.page().locator("#profile-language").selectOption("zh-CN");
        assertThat(tab.page().locator("html")).hasAttribute("lang", "zh-CN");
        assertThat(tab.field()).hasAttribute("placeholder", "输入消息");
    }

    @Test
    void messagesWrittenOfflineInTwoTabsAreSentOnce() {
        Guest ana = routed(guest("Ana"));
        Guest tab = ana.opensATab(room);
        goOffline();
        ana.isTold("Reconnecting in");
        tab.isTold("Reconnecting in");
        ana.says("from the first");
        tab.says("from the second");
        ana.seesPending("from the first");
        tab.seesPending("from the second");
        ana.reloads();
        tab.reloads();
        ana.isTold("Reconnecting in");
        tab.isTold("Reconnecting in");
        comeBack(ana, tab);
        for (Guest each : List.of(ana, tab)) {
            each.seesOnce("from the first");
            each.seesOnce("from the second");
        }
        assertThat(sent.stream().filter(command -> type(command).equals("post")))
                .hasSize(2);
    }

    @Test
    void messagesThatAClosedTabDidNotSendAreSentByTheOther() {
        Guest ana = routed(guest("Ana"));
        Guest tab = ana.opensATab(room);
        goOffline();
        tab.isTold("Reconnecting in");
        tab.says("left behind");
        tab.seesPending("left behind");
        tab.page().close();
        ana.seesPending("left behind");
        comeBack(ana);
        ana.seesOnce("left behind");
        assertThat(sent.stream().filter(command -> type(command).equals("post")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anUndoableDeletionIsSentByAnotherTabOnlyAfterItsOwnHasClosed(boolean withLocks) {
        Guest ana = guest("Ana");
        if (!withLocks) {
            ana.context().addInitScript(KNOWS_NOBODY);
            ana.reloads();
        }
        ana.says("oops");
        ana.seesOnce("oops");
        Guest tab = ana.opensATab();
        route(tab);
        ana.page().evaluate(TAKES_ITS_TIME);
        tab.page().addInitScript(HAS_A_LATE_CLOCK);
        ana.tool("oops", "Delete").click();
        assertThat(ana.button("Undo")).isVisible();
        tab.goesTo(room);
        tab.isLive();
        assertThat(tab.messages()).hasCount(1);
        assertThat(sent).extracting(TabsIT::type).contains("join").doesNotContain("delete");
        ana.page().close();
        assertThat(tab.message("oops")).hasCount(0);
        assertThat(sent).extracting(TabsIT::type).containsOnlyOnce("delete");
    }

    /** An automated browser does not tell a page that it is in front. */
    @ParameterizedTest
    @ValueSource(
            strings = {"dispatchEvent(new Event('focus'))", "document.dispatchEvent(new Event('visibilitychange'))"})
    void oneComesBackToTheRoomOfTheTabThatOneLookedAtLast(String looksAt) {
        Guest ana = guest("Ana");
        Guest tab = ana.opensATab(room + "-other");
        tab.page().close();
        ana.page().evaluate(looksAt);
        Guest next = ana.opensATab();
        next.page().navigate(warung().address().toString());
        next.isLive();
        assertThat(next.page().locator("warung-room-header .place")).hasText("#" + room);
    }

    /** Where the browser stores nothing and knows of no other tab, each tab works alone. */
    @Test
    void whereNothingIsSharedEachTabWorksByItself() {
        Guest ana = guest("Ana");
        ana.context()
                .addInitScript(HEARS_NOTHING
                        + KNOWS_NOBODY
                        + "indexedDB.open = () => { throw new DOMException('', 'SecurityError'); };");
        ana.reloads();
        Guest tab = ana.opensATab(room);
        ana.writes("one");
        tab.says("two");
        ana.seesOnce("two");
        assertThat(ana.field()).hasValue("one");
        ana.field().press("Enter");
        tab.seesOnly("two", "one");
    }

    private Guest deaf(Guest guest) {
        guest.context().addInitScript(HEARS_NOTHING);
        guest.reloads();
        guest.isLive();
        return guest;
    }

    private Guest routed(Guest guest) {
        guest.context().routeWebSocket("**/chat", this::pass);
        guest.reloads();
        guest.isLive();
        return guest;
    }

    private void route(Guest tab) {
        tab.page().routeWebSocket("**/chat", this::pass);
    }

    private void pass(WebSocketRoute line) {
        if (cut) {
            line.close();
            return;
        }
        lines.add(line);
        WebSocketRoute server = line.connectToServer();
        line.onMessage(frame -> {
            sent.add(JsonParser.parseString(frame.text()).getAsJsonObject());
            server.send(frame.text());
        });
    }

    private void goOffline() {
        cut = true;
        lines.forEach(WebSocketRoute::close);
    }

    private void comeBack(Guest... guests) {
        cut = false;
        for (Guest guest : guests) {
            guest.page().evaluate("dispatchEvent(new Event('online'))");
            guest.isLive();
        }
    }

    private static String type(JsonObject command) {
        return command.get("type").getAsString();
    }

    private static Locator occasion(Guest guest) {
        return guest.page().locator("warung-composer .occasion");
    }

    /** In the browser's own database. */
    private static final String KEPT = """
            ([room, text]) => new Promise((resolve) => {
                indexedDB.open('warung:/').onsuccess = ({ target: { result: database } }) => {
                    database.transaction('drafts').objectStore('drafts').get(room).onsuccess = ({ target }) => {
                        database.close();
                        resolve(target.result?.text === text);
                    };
                };
            })""";
}
