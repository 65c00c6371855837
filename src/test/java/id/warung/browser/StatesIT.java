package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * States that a healthy server does not cause, with a scripted server: the page is under https and below a context
 * path, as behind a proxy.
 */
class StatesIT {
    private static final String ADDRESS = "https://warung.test/kedai/";

    private final List<JsonObject> commands = new ArrayList<>();
    private BrowserContext context;
    private Page page;
    private WebSocketRoute line;
    private boolean ephemeralCommitter;

    @BeforeEach
    void anaIsInTheLobby() {
        context = Chromium.get().newContext(Guest.desk());
        ServedFiles.serve(context, ADDRESS, Path.of("src/main/webapp"));
        context.routeWebSocket("**", this::welcome);
        page = context.newPage();
        page.navigate(ADDRESS);
        page.getByLabel("What shall we call you?").fill("Ana");
        page.keyboard().press("Enter");
        assertThat(status()).hasAttribute("data-phase", "live");
    }

    @AfterEach
    void anaGoes() {
        ServedFiles.close(context);
    }

    @Test
    void behindHttpsAndAContextPathTheSocketIsSecureAndBesideThePage() {
        assertThat(line.url()).isEqualTo("wss://warung.test/kedai/chat");
    }

    @Test
    void aPageDisconnectedForGoodSaysWhyAndReconnectsByHand() {
        line.close(new WebSocketRoute.CloseOptions().setCode(4777));
        assertThat(status()).containsText("The server closed the connection.");
        accessible();
        button("Reconnect").click();
        assertThat(status()).hasAttribute("data-phase", "live");
    }

    @Test
    void aServerThatSaysGoodbyeIsBelieved() {
        say("{'type':'bye','code':4000,'reason':'The server is restarting.','reconnectAfterMs':60000}");
        assertThat(status()).containsText("The server is restarting. Reconnecting in 6");
        accessible();
        button("Try now").click();
        assertThat(status()).hasAttribute("data-phase", "live");
    }

    @Test
    void aRefusedMessageSaysWhyAndCanBeTriedAgainTakenBackOrDiscarded() {
        refuses("too much", "text-too-long");
        assertThat(page.getByText("Not sent. The message is too long.")).isVisible();
        accessible();
        assertThat(page.locator("#announcer")).hasText("Not sent. The message is too long.");
        button("Try again").click();
        assertThat(page.locator("li.sent")).hasCount(1);
        say(error(lastPost(), "bad-text"));
        assertThat(page.locator("#announcer"))
                .hasText("Not sent. The message contains characters that cannot be sent.");
        button("Edit again").click();
        assertThat(page.locator("textarea")).hasValue("too much");
        assertThat(page.locator("li.message")).hasCount(0);
        refuses("too much", "no-such-code");
        assertThat(page.getByText("Not sent. The server rejected it.")).isVisible();
        button("Discard").click();
        assertThat(page.locator("li.message")).hasCount(0);
    }

    @Test
    void aBusyServerIsAskedAgainWithTheSameId() {
        writes("when you have time");
        JsonObject first = lastPost();
        say("{'type':'error','code':'busy','message':'Later.','id':'" + id(first) + "','retryAfterMs':50}");
        page.waitForCondition(() -> posts().size() == 2);
        assertThat(lastPost()).isEqualTo(first);
        assertThat(status()).containsText("The server is busy. Messages are saved");
        say("{'type':'ack','room':'lobby','id':'" + id(first) + "','seq':1}");
        assertThat(page.locator("li.acked")).hasCount(1);
        assertThat(page.locator("li.acked time")).isVisible();
        assertThat(status()).hasAttribute("data-phase", "live");
    }

    @Test
    void aServerThatCannotStoreAnythingIsSaidUntilItCan() {
        writes("keep this");
        JsonObject post = lastPost();
        say("{'type':'error','code':'unavailable','message':'Later.','id':'" + id(post) + "','retryAfterMs':50}");
        assertThat(status()).containsText("The server cannot store messages right now. Yours are saved");
        accessible();
        page.waitForCondition(() -> posts().size() == 2);
        say("{'type':'error','code':'unavailable','message':'Later.','id':'" + id(post) + "','retryAfterMs':60000}");
        line.close(new WebSocketRoute.CloseOptions().setCode(4000));
        assertThat(status()).hasAttribute("data-phase", "live");
        page.waitForCondition(() -> posts().size() == 3);
        assertThat(lastPost()).isEqualTo(post);
    }

    @Test
    void troubleThatBelongsToNoMessageIsSaidAndPutAway() {
        say("{'type':'error','code':'internal','message':'A fault.'}");
        assertThat(page.getByText("Something went wrong on the server.")).isVisible();
        accessible();
        button("Close").click();
        assertThat(page.getByText("Something went wrong on the server.")).isHidden();
        say("{'type':'error','code':'brand-new','message':'In its own words.'}");
        assertThat(page.getByText("The server reported an error: In its own words."))
                .isVisible();
    }

    @Test
    void aGapThatCannotBeLoadedIsShown() {
        say("{'type':'joined','room':'lobby','epoch':'e-1','head':90}");
        say(message(11));
        say("{'type':'gap','room':'lobby','from':12,'to':89}");
        say(message(90));
        assertThat(page.locator("li.message .text")).hasText("line 90");
        assertThat(page.locator("warung-timeline .begin")).hasText("Older messages could not be loaded. Try again");
        accessible();
    }

    @Test
    void aRefusedEditSaysWhyAndCanBeWrittenAnewOrDiscarded() {
        sayOurs();
        page.locator("textarea").press("ArrowUp");
        page.locator("textarea").fill("better");
        page.locator("textarea").press("Enter");
        assertThat(page.locator("li.waiting .text")).hasText("better edited");
        say(error(last("edit"), "forbidden"));
        assertThat(page.locator("li.message .text")).hasText("ours");
        assertThat(page.getByText("Not edited. Only a moderator can do that.")).isVisible();
        accessible();
        button("Edit again").click();
        assertThat(page.locator("textarea")).hasValue("better");
        assertThat(page.locator(".fate")).hasCount(0);
    }

    @Test
    void aRefusedDeleteShowsTheMessageAgain() {
        sayOurs();
        page.locator("li.message").focus();
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Delete");
        page.keyboard().press("Enter");
        assertThat(page.locator("li.gone")).hasText("Message deleted · Undo");
        accessible();
        page.waitForCondition(() -> commands.stream().anyMatch(command -> is(command, "delete")));
        say(error(last("delete"), "forbidden"));
        assertThat(page.locator("li.message .text")).hasText("ours");
        assertThat(page.getByText("Not deleted. Only a moderator can do that.")).isVisible();
        button("Discard").click();
        assertThat(page.locator(".fate")).hasCount(0);
    }

    @Test
    void aRoomThatThereIsNotIsSaid() {
        page.evaluate("location.hash = 'nowhere'");
        page.waitForCondition(
                () -> commands.stream().anyMatch(command -> command.toString().contains("nowhere")));
        say("{'type':'error','code':'no-such-room','message':'No.','room':'nowhere'}");
        assertThat(page.getByText("#nowhere does not exist.")).isVisible();
        assertThat(page.locator("textarea")).isHidden();
        accessible();
        page.locator("warung-composer-closed").getByText("All rooms").click();
        assertThat(page.getByLabel("Search title, name or topic")).isFocused();
    }

    @Test
    void aGuestUnknownToTheServerIsToldThatTheyAreNew() {
        ephemeralCommitter = true;
        line.close(new WebSocketRoute.CloseOptions().setCode(4000));
        assertThat(page.getByText("You are now a new guest, Ana.")).isVisible();
        accessible();
    }

    @Test
    void unknownEventsAndFieldsDoNoHarm() {
        say("{'type':'fireworks','room':'lobby','seq':1,'colours':['red']}");
        say(
                "{'type':'message','room':'lobby','seq':2,'at':'2026-11-23T19:31:32.123Z','from':{'id':'u-2','name':'Budi'},'text':'hi','mood':'good'}");
        assertThat(page.locator("li.message .text")).hasText("hi");
    }

    private void welcome(WebSocketRoute socket) {
        line = socket;
        socket.onMessage(frame -> answer(JsonParser.parseString(frame.text()).getAsJsonObject()));
        say("{'type':'welcome','version':'0.1.0','heartbeatSeconds':25,'maxFrameBytes':65536,'maxTextChars':4000}");
    }

    private void answer(JsonObject command) {
        commands.add(command);
        switch (command.get("type").getAsString()) {
            case "hello" -> hello(command.has("token"));
            case "join" -> say("{'type':'joined','room':'lobby','epoch':'e-1','head':0}");
            default -> {}
        }
    }

    private void hello(boolean asKnown) {
        if (ephemeralCommitter && asKnown) {
            say("{'type':'error','code':'bad-token','message':'No.'}");
        } else {
            String id = ephemeralCommitter ? "u-9" : "u-1";
            say("{'type':'signed-in','user':{'id':'" + id + "','name':'Ana'},'token':'t-1'}");
        }
    }

    /** Sends one event, written with single quotes. */
    private void say(String event) {
        JsonArray frame = new JsonArray();
        frame.add(JsonParser.parseString(event));
        line.send(frame.toString());
    }

    private void writes(String text) {
        int before = posts().size();
        page.locator("textarea").fill(text);
        page.locator("textarea").press("Enter");
        page.waitForCondition(() -> posts().size() == before + 1);
    }

    private void refuses(String text, String code) {
        writes(text);
        say(error(lastPost(), code));
    }

    private static String error(JsonObject post, String code) {
        return "{'type':'error','code':'" + code + "','message':'No.','id':'" + id(post) + "'}";
    }

    private static String message(int seq) {
        return "{'type':'message','room':'lobby','seq':" + seq
                + ",'at':'2026-11-23T19:31:32.123Z','from':{'id':'u-2','name':'Budi'},'text':'line " + seq + "'}";
    }

    private static String id(JsonObject post) {
        return post.get("id").getAsString();
    }

    /** Sends a message of Ana's. */
    private void sayOurs() {
        say("{'type':'joined','room':'lobby','epoch':'e-1','head':0}");
        say(message(1).replace("u-2", "u-1").replace("Budi", "Ana").replace("line 1", "ours"));
        assertThat(page.locator("li.message.own")).hasCount(1);
    }

    private List<JsonObject> posts() {
        return commands.stream().filter(command -> is(command, "post")).toList();
    }

    private JsonObject lastPost() {
        return last("post");
    }

    private JsonObject last(String type) {
        return commands.stream()
                .filter(command -> is(command, type))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    private static boolean is(JsonObject command, String type) {
        return command.get("type").getAsString().equals(type);
    }

    private Locator status() {
        return page.locator("warung-status");
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private void accessible() {
        assertThat(Axe.violations(page)).isEmpty();
    }
}
