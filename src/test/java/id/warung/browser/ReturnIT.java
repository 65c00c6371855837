package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.WebSocketRoute;
import org.junit.jupiter.api.Test;

/** Returning to known rooms: everything posted meanwhile is there. */
class ReturnIT extends Table {
    @Test
    void aRoomThatWasReadOpensWithWhatWasSaidInIt() {
        Guest ana = guest("Ana");
        ana.says("first");
        ana.seesOnly("first");
        ana.goesTo(room + ".other");
        ana.says("second");
        ana.seesOnly("second");
        ana.reloads();
        ana.isLive();
        ana.seesOnly("second");
        link(ana, room).click();
        ana.seesOnly("first");
        assertThat(ana.page().getByText("This is the start of #" + room + ".")).isVisible();
        link(ana, room + ".other").click();
        ana.seesOnly("second");
    }

    @Test
    void theWayBackLeadsToTheRoomThatOneCameToWithoutAnAddress() {
        Guest ana = guest("Ana");
        ana.says("first");
        ana.seesOnly("first");
        ana.page().navigate(warung().address().toString());
        ana.page().reload();
        ana.seesOnly("first");
        ana.goesTo(room + ".other");
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        ana.page().goBack();
        ana.seesOnly("first");
        assertThat(ana.page()).hasURL(warung().address() + "#" + room);
    }

    @Test
    void messagesMissedInARoomOpenedOfflineAreShownAsNew() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("seen");
        budi.seesOnly("seen");
        ana.goesTo(room + ".other");
        assertThat(ana.page().getByText("No messages yet")).isVisible();
        ana.context().setOffline(true);
        ana.isTold("You are offline.");
        budi.says("unseen");
        budi.seesOnce("unseen");
        link(ana, room).click();
        ana.seesOnly("seen");
        ana.context().setOffline(false);
        ana.seesOnly("seen", "unseen");
        assertThat(ana.page().locator("li.fresh + li.message")).containsText("unseen");
    }

    @Test
    void messagesReadBeforeAReloadAreNotNewEvenIfTheServerWasNotTold() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("first");
        ana.seesOnly("first");
        ana.context().routeWebSocket("**/chat", ReturnIT::passAllButReads);
        ana.goesTo(room + ".other");
        ana.says("elsewhere");
        ana.reloads();
        ana.seesOnly("elsewhere");
        budi.says("second");
        assertThat(link(ana, room).locator(".count")).hasText("1");
        link(ana, room).click();
        ana.seesOnly("first", "second");
        assertThat(ana.page().locator("li.fresh + li.message")).containsText("second");
        Screen.of(ana.page()); // after some animation frames: what nobody can have seen is not read
        ana.reloads();
        assertThat(link(ana, room + ".other")).isVisible();
        ana.seesOnly("first", "second");
        assertThat(ana.page().locator("li.fresh")).hasCount(0);
        link(ana, room + ".other").click();
        ana.seesOnly("elsewhere");
        ana.reloads();
        assertThat(link(ana, room)).isVisible();
        ana.seesOnly("elsewhere");
        assertThat(link(ana, room).locator(".count")).hasCount(0);
    }

    @Test
    void messagesOfOthersBeforeAPostThatWaitedOfflineStayUnread() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("first");
        budi.seesOnly("first");
        ana.goesTo(room + ".other");
        ana.says("elsewhere");
        ana.seesOnce("elsewhere");
        link(ana, room).click();
        ana.seesOnly("first");
        ana.context().setOffline(true);
        ana.isTold("You are offline.");
        budi.says("unseen");
        budi.seesOnce("unseen");
        ana.says("later");
        link(ana, room + ".other").click();
        ana.seesOnly("elsewhere");
        ana.context().setOffline(false);
        budi.seesOnly("first", "unseen", "later");
        ana.isLive();
        assertThat(link(ana, room).locator(".count")).hasText("1");
        budi.says("last");
        assertThat(link(ana, room).locator(".count")).hasText("2");
        link(ana, room).click();
        ana.seesOnly("first", "unseen", "later", "last");
        assertThat(ana.page().locator("li.fresh + li.message")).containsText("unseen");
    }

    private static void passAllButReads(WebSocketRoute line) {
        WebSocketRoute server = line.connectToServer();
        line.onMessage(frame -> {
            if (!frame.text().contains("\"type\":\"read\"")) {
                server.send(frame.text());
            }
        });
    }

    private static Locator link(Guest guest, String room) {
        return guest.page().locator("warung-sidebar a[href='#" + room + "']");
    }
}
