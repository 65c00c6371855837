package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What users can do with messages: edit, delete, answer, link, find, mention by name. */
class MessagesIT extends Table {
    private static final int MOST_NODES = 300;

    @Test
    void anEditIsSeenByAllAndTheDraftComesBack() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("helo");
        ana.seesOnce("helo");
        ana.field().press("ArrowUp");
        assertThat(ana.field()).hasValue("helo");
        assertThat(occasion(ana)).hasText("Edit message");
        ana.field().pressSequentially("?");
        assertThat(ana.field()).hasValue("helo?");
        ana.says("hello");
        assertThat(budi.messages().locator(".text")).hasText("hello edited");
        assertThat(budi.page().locator(".edited")).hasAttribute("title", Pattern.compile("^Edited .*day, "));
        ana.writes("a draft");
        ana.seesOnce("hello edited"); // others may have it before
        ana.tool("hello edited", "Edit").click();
        assertThat(ana.field()).hasValue("hello");
        ana.field().press("Escape");
        assertThat(ana.field()).hasValue("a draft");
        assertThat(occasion(ana)).isHidden();
        ana.reloads();
        assertThat(ana.field()).hasValue("a draft");
        assertThat(ana.messages().locator(".text")).hasText("hello edited");
    }

    @Test
    void anEditUnderWayOutlivesAReload() {
        Guest ana = guest("Ana");
        ana.says("helo");
        ana.seesOnce("helo");
        ana.writes("a draft");
        ana.tool("helo", "Edit").click();
        ana.writes("hello, half");
        ana.waitsUntil(KEPT, new String[] {room, "hello, half"});
        ana.reloads();
        assertThat(occasion(ana)).hasText("Edit message");
        assertThat(ana.field()).hasValue("hello, half");
        ana.says("hello");
        assertThat(ana.messages().locator(".text")).hasText("hello edited");
        assertThat(ana.field()).hasValue("a draft");
        ana.reloads();
        assertThat(ana.field()).hasValue("a draft");
        assertThat(occasion(ana)).isHidden();
    }

    @Test
    void aRoomOpensWhereWhatIsNewBegins() {
        Guest ana = guest("Ana");
        ana.says("read");
        ana.seesOnce("read");
        ana.goesTo(room + ".other");
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        talks(100);
        assertThat(ana.page().locator("warung-sidebar .count")).hasText("99+");
        ana.goesTo(room);
        assertThat(ana.page().locator("li.fresh + li")).containsText("line 1");
        assertThat(ana.page().locator("li.fresh")).isInViewport();
        assertThat(ana.message("read")).isInViewport();
        assertThat(jump(ana)).hasText("100 new messages");
        assertThat(ana.field()).isFocused();
        ana.reloads();
        assertThat(ana.page().locator("li.fresh")).isInViewport();
        assertThat(jump(ana)).hasText("100 new messages");
        jump(ana).click();
        assertThat(ana.message("line 100")).isInViewport();
        ana.waitsUntil(NOTHING_UNREAD, room);
    }

    @Test
    void aScrollBeforeThePlaceHasComeIsOfNoMatter() {
        Guest ana = guest("Ana");
        ana.says("read");
        ana.seesOnce("read");
        ana.goesTo(room + ".other");
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        talks(100);
        assertThat(ana.page().locator("warung-sidebar .count")).hasText("99+");
        List<Route> held = new ArrayList<>();
        ana.page().route("**/api/rooms/*/messages*", held::add);
        ana.page().navigate("about:blank");
        ana.goesTo(room);
        ana.page().waitForCondition(() -> !held.isEmpty());
        ana.page().evaluate(HOLD_THE_PICTURES);
        held.forEach(Route::resume);
        ana.waitsUntil("() => window.held.length > 0", null);
        ana.page().evaluate("document.querySelector('.scroll').dispatchEvent(new Event('scroll')); window.go()");
        assertThat(ana.page().locator("li.fresh")).isInViewport();
        assertThat(jump(ana)).hasText("100 new messages");
    }

    /** Draws nothing until it is released. */
    private static final String HOLD_THE_PICTURES = """
            () => {
                const draw = window.requestAnimationFrame;
                window.held = [];
                window.requestAnimationFrame = (act) => window.held.push(act);
                window.go = () => {
                    window.requestAnimationFrame = draw;
                    window.held.forEach((act) => draw(act));
                };
            }""";

    @Test
    void theTextOfAnEditWhoseMessageIsGoneReturnsToTheField() {
        Guest ana = guest("Ana");
        ana.says("short");
        ana.seesOnce("short");
        Guest elsewhere = ana.opensATab(room);
        elsewhere.tool("short", "Delete").click();
        ana.field().press("ArrowUp");
        ana.field().fill("a long text, written with care");
        assertThat(ana.messages().first()).hasText("Message deleted");
        ana.field().press("Enter");
        assertThat(ana.page().getByText("This message no longer exists")).isVisible();
        assertThat(ana.field()).hasValue("a long text, written with care");
        ana.field().press("Enter");
        ana.seesOnce("a long text, written with care");
    }

    @Test
    void aDeletionCanBeUndoneForAMomentAndIsThenFinal() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("oops");
        ana.seesOnce("oops");
        ana.tool("oops", "Delete").click();
        assertThat(ana.messages()).hasText("Message deleted · Undo");
        ana.button("Undo").click();
        ana.seesOnce("oops");
        budi.says("between");
        ana.sees("between");
        budi.seesOnce("oops");
        ana.tool("oops", "Delete").click();
        assertThat(budi.messages().first()).hasText("Message deleted");
        assertThat(ana.messages().first()).hasText("Message deleted");
        assertThat(budi.messages()).hasCount(2);
        budi.reloads();
        assertThat(budi.messages().first()).hasText("Message deleted");
        assertThat(budi.tool("between", "Reply")).isVisible();
        budi.messages().first().hover();
        assertThat(budi.page().locator(".tools")).hasCount(0);
    }

    @Test
    void othersMessagesCannotBeEditedOrDeleted() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("hers");
        assertThat(budi.tool("hers", "Reply")).isVisible();
        assertThat(budi.tool("hers", "Copy link")).isVisible();
        assertThat(budi.tool("hers", "Edit")).hasCount(0);
        assertThat(budi.tool("hers", "Delete")).hasCount(0);
    }

    @Test
    void aQuoteOfAShortMessageNamesItsAuthorInFull() {
        Guest ana = guest("Ana Maria");
        ana.says("ok");
        ana.tool("ok", "Reply").click();
        ana.says("an answer");
        Locator name = ana.message("an answer").locator(".quote .name");
        assertThat(name).hasText(ana.name());
        assertThat(name.evaluate("name => name.scrollWidth - name.clientWidth")).isEqualTo(0);
    }

    @Test
    void anAnswerQuotesItsSourceAndLeadsThereHoweverFarItIs() {
        talks(400);
        Guest ana = guestAt("Ana", "/5");
        assertThat(ana.message("line 5")).isInViewport();
        ana.tool("line 5", "Reply").click();
        assertThat(occasion(ana)).containsText("line 5");
        ana.reloads();
        assertThat(occasion(ana)).containsText("line 5");
        ana.says("an answer");
        assertThat(occasion(ana)).isHidden();
        assertThat(ana.message("an answer").locator(".quote .excerpt")).hasText("line 5");
        Guest budi = guest("Budi");
        Locator quote = budi.message("an answer").locator(".quote");
        assertThat(quote.locator(".excerpt")).hasText("line 5");
        quote.click();
        assertThat(budi.message("line 5")).isInViewport();
        assertThat(budi.message("line 5")).isFocused();
        assertThat(jump(budi)).hasText("Jump to latest");
        jump(budi).click();
        assertThat(budi.message("an answer")).isInViewport();
    }

    @Test
    void aLinkLeadsIntoTheMiddleOfALongRoomAndFromThereOneScrollsBothWays() {
        Guest ana = guest("Ana");
        PlainClient talker = talks(5_000);
        ana.sees("line 5000");
        ana.goesTo(room + "/1234");
        ana.reloads();
        assertThat(ana.message("line 1234")).isInViewport();
        assertThat(ana.messages().count()).isLessThanOrEqualTo(MOST_NODES);
        double before = ana.message("line 1234").boundingBox().y;
        talker.says("news");
        assertThat(jump(ana)).hasText("1 new message");
        assertThat(ana.message("line 1234").boundingBox().y).isEqualTo(before);
        ana.pagesUntil("PageUp", "line 1000");
        ana.pagesUntil("PageDown", "line 1500");
        assertThat(ana.messages().count()).isLessThanOrEqualTo(MOST_NODES);
        ana.field().press("Escape");
        assertThat(ana.message("news")).isInViewport();
        assertThat(jump(ana)).isHidden();
        assertThat(ana.page()).hasURL(Pattern.compile("#" + room + "$"));
        ana.goesTo(room + "/4990");
        assertThat(ana.message("line 4990")).isInViewport();
        ana.page().goBack();
        ana.goesTo(room + "/999999");
        assertThat(ana.page().getByText("This message no longer exists")).isVisible();
    }

    @Test
    void theTimeOfAMessageIsItsLink() {
        Guest ana = guest("Ana");
        ana.says("here");
        ana.seesOnce("here");
        ana.message("here").locator("a.when").click();
        assertThat(ana.page()).hasURL(Pattern.compile("#" + room + "/1$"));
        assertThat(ana.message("here")).hasClass(Pattern.compile(".*flash.*"));
    }

    @Test
    void aPersonIsCalledByNameWithTheKeyboard() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi Santoso");
        budi.says("halo");
        ana.sees("halo");
        ana.field().pressSequentially("eh @san");
        assertThat(options(ana).locator("bdi")).hasText("Budi Santoso");
        assertThat(ana.field()).hasAttribute("aria-activedescendant", "completion-0");
        ana.field().press("Enter");
        assertThat(ana.field()).hasValue("eh @Budi Santoso ");
        assertThat(options(ana)).hasCount(0);
        ana.field().pressSequentially("kopi?");
        ana.field().press("Enter");
        budi.sees("eh @Budi Santoso kopi?");
        assertThat(budi.page().locator(".call")).hasText("@Budi Santoso");
        assertThat(ana.page().locator(".call")).hasText("@Budi Santoso");
        assertThat(budi.page().locator("li.mentioned")).hasCount(1);
        assertThat(ana.page().locator("li.mentioned")).hasCount(0);
    }

    @Test
    void emojiAreFoundInTwoLanguagesAndPutInWhenTheirNameIsClosed() {
        Guest ana = guest("Ana");
        ana.field().pressSequentially("so :smi");
        assertThat(options(ana).first()).containsText("smile");
        ana.field().press("ArrowDown");
        ana.field().press("ArrowUp");
        ana.field().press("Tab");
        assertThat(ana.field()).hasValue("so 😄");
        ana.field().pressSequentially(" :tada: at 10:30");
        assertThat(ana.field()).hasValue("so 😄 🎉 at 10:30");
        ana.writes("");
        ana.field().pressSequentially("好的 :咖");
        assertThat(options(ana)).hasCount(1);
        options(ana).first().click();
        assertThat(ana.field()).hasValue("好的 ☕");
        assertThat(ana.field()).isFocused();
        ana.field().pressSequentially(" :hea");
        assertThat(options(ana).first()).isVisible();
        ana.field().press("Escape");
        ana.field().press("Enter");
        ana.seesOnly("好的 ☕ :hea");
    }

    @Test
    void aChineseMessageIsFoundAndTheHitLeadsToItsContext() {
        Guest mei = guest("小梅");
        mei.says("今天的**豆浆**特别香");
        mei.seesOnce("今天的豆浆特别香");
        talks(200);
        Guest ana = guest("Ana");
        ana.page().keyboard().press("Control+f");
        Locator words = ana.page().getByLabel("Search messages");
        assertThat(words).isFocused();
        words.fill("没人说过");
        assertThat(ana.page().getByText("No results for “没人说过”")).isVisible();
        words.fill("豆浆");
        ana.page().waitForCondition(() -> {
            words.press("Enter");
            return ana.page().locator(".hit mark").count() > 0;
        });
        assertThat(ana.page().locator(".hit mark")).hasText("豆浆");
        assertThat(ana.page().locator(".hit .beside")).hasText(Pattern.compile("line 1$"));
        ana.page().locator(".hit").click();
        assertThat(ana.message("今天的豆浆特别香")).isInViewport();
        assertThat(ana.page()).hasURL(Pattern.compile("#" + room + "/1$"));
    }

    @Test
    void manyHitsComeOnDemand() {
        talks(45);
        Guest ana = guest("Ana");
        ana.page().keyboard().press("Control+f");
        Locator words = ana.page().getByLabel("Search messages");
        words.fill("line");
        ana.page().waitForCondition(() -> {
            words.press("Enter");
            return ana.page().getByText("line 45").count() > 1;
        });
        assertThat(hits(ana)).hasCount(20);
        ana.button("Show older results").click();
        assertThat(hits(ana)).hasCount(40);
        ana.button("Show older results").click();
        assertThat(hits(ana)).hasCount(45);
        assertThat(ana.button("Show older results")).isHidden();
        ana.page().route("**/api/rooms/**", route -> route.abort());
        words.fill("line 4");
        assertThat(ana.page().getByText("The server cannot be reached.")).isVisible();
        ana.page().unroute("**/api/rooms/**");
        ana.button("Try again").click();
        assertThat(hits(ana).first()).isVisible();
    }

    @Test
    void editsAndDeletesWrittenOfflineGoOutWhenOneIsBack() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("one");
        ana.says("two");
        ana.seesOnce("two"); // it is inactive until it is read back
        budi.sees("two");
        ana.context().setOffline(true);
        ana.isTold("You are offline.");
        ana.tool("one", "Edit").click();
        ana.says("one, better");
        assertThat(ana.messages().first()).hasClass(Pattern.compile(".*waiting.*"));
        ana.tool("two", "Delete").click();
        assertThat(ana.messages().last()).containsText("Message deleted");
        ana.context().setOffline(false);
        ana.isLive();
        assertThat(budi.messages().locator(".text")).hasText(new String[] {"one, better edited"});
        assertThat(budi.messages().last()).hasText("Message deleted");
        assertThat(ana.messages().first()).not().hasClass(Pattern.compile(".*waiting.*"));
        budi.reloads();
        assertThat(budi.messages().locator(".text")).hasText("one, better edited");
    }

    @Test
    void everythingCanBeDoneWithKeys() {
        Guest ana = guest("Ana");
        ana.says("first");
        ana.says("second");
        ana.seesOnce("second");
        ana.page().keyboard().press("Shift+Tab");
        ana.page().keyboard().press("ArrowUp");
        assertThat(ana.message("second")).isFocused();
        ana.page().keyboard().press("ArrowUp");
        assertThat(ana.message("first")).isFocused();
        ana.page().keyboard().press("Enter");
        assertThat(menu(ana).locator("> button").first()).isFocused(); // behind the reactions
        ana.page().keyboard().press("ArrowDown");
        ana.page().keyboard().press("Enter");
        assertThat(ana.field()).hasValue("first");
        ana.page().keyboard().press("Escape");
        ana.page().keyboard().press("Shift+Tab");
        ana.page().keyboard().press("ArrowUp");
        assertThat(ana.message("second")).isFocused();
        ana.page().keyboard().press("r");
        assertThat(occasion(ana)).containsText("second");
        ana.says("third");
        ana.seesOnce("third");
        assertThat(ana.message("third").locator(".quote")).isVisible();
        ana.message("third").locator(".quote").focus();
        ana.page().keyboard().press("Enter");
        assertThat(ana.messages().nth(1)).isFocused();
        ana.page().keyboard().press("Delete");
        assertThat(ana.button("Delete")).isFocused();
        ana.page().keyboard().press("Enter");
        assertThat(ana.button("Undo")).isVisible();
        ana.page().keyboard().press("Escape");
        assertThat(ana.field()).isFocused();
    }

    @Test
    void aLineStandsAboveWhatOneHasNotRead() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        budi.says("read");
        ana.sees("read");
        ana.waitsUntil(NOTHING_UNREAD, room);
        ana.goesTo(room + ".other");
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        budi.says("new 1");
        budi.says("new 2");
        assertThat(ana.page().locator("warung-sidebar .count")).hasText("2");
        ana.goesTo(room);
        assertThat(ana.page().locator("li.fresh + li")).containsText("new 1");
        ana.waitsUntil(NOTHING_UNREAD, room);
        ana.page().navigate("about:blank");
        budi.says("new 3");
        budi.seesOnce("new 3");
        ana.goesTo(room);
        assertThat(ana.page().locator("li.fresh + li")).containsText("new 3");
        ana.says("an answer");
        ana.seesOnce("an answer");
        assertThat(ana.page().locator("li.fresh")).hasCount(0);
    }

    @Test
    void roomEventsAreShownInLinesOfTheirOwn() {
        Guest ana = stranger(Guest.desk());
        ana.page().evaluate(OPEN_A_ROOM, new String[] {room, "<img src=x onerror=alert(1)>"});
        ana.comesInAs("Ana");
        assertThat(ana.page().locator("li.quiet")).hasText(new String[] {
            "Rani created this room: <img src=x onerror=alert(1)>",
            "Rani set the topic: Soto tonight",
            "Rani removed the topic"
        });
    }

    @Test
    void hostileTextsAreTextsInQuotesAndHitsAsWell() {
        PlainClient mallory = new PlainClient(warung(), room);
        SafetyIT.CORPUS.forEach(mallory::says);
        Guest ana = guest("Ana");
        for (int i = 0; i < 12; i++) {
            Locator message = ana.messages().nth(i);
            ana.reaches(message);
            message.press("r");
            assertThat(ana.field()).isFocused();
            ana.says("answer " + i);
            ana.seesOnce("answer " + i);
        }
        assertThat(ana.page().locator(".quote .excerpt")).hasCount(12);
        assertThat(ana.page().locator(".quote .excerpt").first()).hasText("<script>alert(1)</script>");
        ana.page().keyboard().press("Control+f");
        Locator words = ana.page().getByLabel("Search messages");
        words.fill("alert");
        ana.page().waitForCondition(() -> {
            words.press("Enter");
            return hits(ana).count() == 20;
        });
        assertThat(
                        ana.page()
                                .locator(
                                        ":is(.hits, .rows, .occasion) :is(script, img, iframe, style, base, meta, form, input, object)"))
                .hasCount(0);
    }

    /** With the page's own library, as another user. */
    private static final String OPEN_A_ROOM = """
            async ([room, topic]) => {
                const { ChatClient } = await import(new URL('js/net/chat-client.js', document.baseURI));
                const url = new URL('chat', document.baseURI);
                url.protocol = 'ws:';
                const rani = new ChatClient({ url: url.href, name: 'Rani' });
                const signedIn = new Promise((resolve) => rani.on('user', resolve));
                rani.start();
                await signedIn;
                await rani.create(room, { topic });
                await rani.change(room, { topic: 'Soto tonight' });
                await rani.change(room, { topic: '' });
                rani.stop();
            }""";

    /** In the browser's own database. */
    private static final String KEPT = """
            ([room, text]) => new Promise((resolve) => {
                indexedDB.open('warung:/').onsuccess = ({ target: { result: database } }) => {
                    database.transaction('drafts').objectStore('drafts').get(room).onsuccess = ({ target }) => {
                        database.close();
                        resolve(target.result?.edit?.text === text);
                    };
                };
            })""";

    /** On the server, not only here. */
    private static final String NOTHING_UNREAD = """
            async (room) => {
                const { token } = JSON.parse(localStorage.getItem('warung:/:identity'));
                const answer = await fetch(`api/rooms/${room}`, { headers: { Authorization: `Bearer ${token}` } });
                const { read, unread } = await answer.json();
                return read && unread === 0;
            }""";

    private PlainClient talks(int lines) {
        PlainClient talker = new PlainClient(warung(), room);
        for (int i = 1; i <= lines; i++) {
            talker.says("line " + i);
        }
        return talker;
    }

    /** A user at a message of the room: `/5`. */
    private Guest guestAt(String name, String place) {
        Guest guest = remember(Guest.arrives(warung(), room + place));
        guest.comesInAs(name);
        return guest;
    }

    private static Locator jump(Guest guest) {
        return guest.page().locator("warung-timeline .jump");
    }

    private static Locator occasion(Guest guest) {
        return guest.page().locator("warung-composer .occasion");
    }

    private static Locator options(Guest guest) {
        return guest.page().locator("warung-composer [role=option]");
    }

    private static Locator hits(Guest guest) {
        return guest.page().locator(".hit");
    }

    private static Locator menu(Guest guest) {
        return guest.page().locator("warung-menu dialog");
    }
}
