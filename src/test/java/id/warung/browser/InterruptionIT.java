package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers die, networks fail, pages are closed in mid-sentence: no message is lost, and none is posted twice. */
class InterruptionIT extends Table {
    /** The tests share one server; a test that stops it starts it again for the next. */
    @AfterEach
    void theServerRuns() {
        warung().startAgainIfNeeded();
    }

    @Test
    void aServerKilledInMidConversationIsSaidInWordsAndComesBackByItself() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.says("before");
        budi.sees("before");
        warung().kill();
        ana.isTold("The connection was lost. Reconnecting in");
        ana.says("written while it was away");
        ana.seesPending("written while it was away");
        warung().startAgain();
        ana.isLive();
        budi.isLive();
        ana.seesOnce("written while it was away");
        budi.seesOnly("before", "written while it was away");
        ana.isCalled("Ana");
        budi.says("after");
        ana.seesOnly("before", "written while it was away", "after");
    }

    @Test
    void aServerThatStopsSaysGoodbye() {
        Guest ana = guest("Ana");
        warung().stop();
        ana.isTold("The server is restarting.");
        warung().startAgain();
        ana.isLive();
    }

    @Test
    void pendingMessagesSurviveAReloadOfThePage() {
        Guest ana = guest("Ana");
        ana.says("sent");
        ana.seesOnce("sent");
        ana.context().setOffline(true);
        ana.isTold("You are offline. Messages are saved, and will be sent when you reconnect.");
        ana.says("pending 1");
        ana.says("pending 2");
        ana.writes("a draft");
        ana.seesPending("pending 2");
        ana.context().setOffline(false);
        warung().kill();
        warung().startAgain();
        ana.reloads();
        ana.isLive();
        ana.seesOnly("sent", "pending 1", "pending 2");
        ana.seesOnce("pending 1");
        ana.seesOnce("pending 2");
        assertThat(ana.field()).hasValue("a draft");
    }

    @Test
    void aPageClosedInMidSendHasSentItOnceWhenItIsOpenedAgain() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        for (int i = 0; i < 5; i++) {
            ana.says("in mid-send " + i);
            ana.reloads();
            ana.isLive();
        }
        budi.seesOnly("in mid-send 0", "in mid-send 1", "in mid-send 2", "in mid-send 3", "in mid-send 4");
        ana.seesOnly("in mid-send 0", "in mid-send 1", "in mid-send 2", "in mid-send 3", "in mid-send 4");
        assertThat(ana.field()).hasValue("");
    }

    @Test
    void anOfflineUserCatchesUp() {
        Guest ana = guest("Ana");
        Guest budi = guest("Budi");
        ana.context().setOffline(true);
        ana.isTold("You are offline.");
        budi.says("missed 1");
        budi.says("missed 2");
        ana.says("from the tunnel");
        ana.seesPending("from the tunnel");
        ana.context().setOffline(false);
        ana.isLive();
        ana.seesOnly("missed 1", "missed 2", "from the tunnel");
        budi.seesOnly("missed 1", "missed 2", "from the tunnel");
    }

    @Test
    void theUserNeedNotWait() {
        Guest ana = guest("Ana");
        ana.page().clock().install();
        ana.page().clock().pauseAt(System.currentTimeMillis() + 1_000);
        warung().kill();
        ana.isTold("Reconnecting in");
        warung().startAgain();
        ana.isTold("Reconnecting in");
        ana.page()
                .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Try now"))
                .click();
        ana.isLive();
    }
}
