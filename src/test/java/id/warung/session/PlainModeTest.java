package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.log.Committer;
import id.warung.protocol.CloseCode;
import id.warung.session.ScriptedTransport.Behaviour;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class PlainModeTest {
    private final SessionNode node = new SessionNode();
    private final Client one = node.connectPlain("lobby");
    private final Client two = node.connectPlain("lobby");

    @Test
    void aPlainMessageReachesTheOthersUnchanged() {
        one.says("hallo");
        one.says("{\"type\":\"hello\"}");
        two.says("  \uD83C\uDF36\n");
        node.settle();

        assertThat(two.transport.texts()).containsExactly("hallo", "{\"type\":\"hello\"}");
        assertThat(one.transport.texts()).containsExactly("  \uD83C\uDF36\n");
    }

    @Test
    void eachMessageIsAFrameThoughManyWait() {
        two.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        for (int n = 0; n < 100; n++) {
            one.says("text " + n);
        }
        node.settle();
        two.transport.completeAll();

        assertThat(two.transport.texts()).hasSize(100).startsWith("text 0").endsWith("text 99");
    }

    @Test
    void thereIsNoHistoryAndNoWelcome() {
        one.says("before");
        node.settle();
        Client late = node.connectPlain("lobby");
        node.settle();
        assertThat(late.transport.sent()).isEmpty();

        one.says("after");
        node.settle();
        assertThat(late.transport.texts()).containsExactly("after");
    }

    @Test
    void plainClientsAndTheOthersReadEachOther() {
        Client ana = node.inLobby("Ana");
        ana.posts("from the page");
        node.settle();
        one.says("from a terminal");
        node.settle();

        assertThat(one.transport.texts()).containsExactly("from the page");
        assertThat(ana.events("message")).hasSize(2);
        assertThat(ana.events("message").get(1).getJsonObject("from").getString("name"))
                .startsWith("guest-");
    }

    @Test
    void eachRoomIsARoomOfItsOwn() {
        Client elsewhere = node.connectPlain("kitchen");
        one.says("hallo");
        elsewhere.says("soup");
        node.settle();

        assertThat(two.transport.texts()).containsExactly("hallo");
        assertThat(elsewhere.transport.sent()).isEmpty();
    }

    @Test
    void anEmptyFrameIsNothing() {
        one.says("");
        node.settle();

        assertThat(node.log.texts("lobby")).isEmpty();
        assertThat(one.transport.closes()).isEmpty();
    }

    @Test
    void nulAndHalfCharactersBecomeWhatEverybodyCanRead() {
        one.says("a\0b\uD83Dc");
        node.settle();

        assertThat(two.transport.texts()).containsExactly("a\uFFFDb\uFFFDc");
    }

    @Test
    void theLongestTextIsTakenAndALongerOneEndsTheSession() {
        one.says("\uD83C\uDF36".repeat(4_000));
        node.settle();
        assertThat(two.transport.sent()).hasSize(1);
        assertThat(one.transport.closes()).isEmpty();

        one.says("x".repeat(4_001));
        node.settle();
        assertThat(one.transport.closes()).containsExactly(1009);
        assertThat(two.transport.sent()).hasSize(1);
        assertThat(node.registry.count()).isEqualTo(1);
    }

    @Test
    void messagesBeforeATextThatIsTooLongAreDelivered() {
        one.says("before");
        one.says("x".repeat(4_001));
        node.settle();

        assertThat(two.transport.texts()).containsExactly("before");
    }

    /** A plain client cannot be told to wait, so the limit of its address applies. */
    @Test
    void aPlainClientMaySayMoreAtOnceThanASessionThatHearsOfIt() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 300);
        Client hasty = small.connectPlain("lobby");
        small.settle();
        for (int n = 0; n < 500; n++) {
            hasty.says("text " + n);
        }
        small.settle();

        assertThat(hasty.transport.closes()).isEmpty();
        assertThat(small.log.texts("lobby")).hasSize(500);
    }

    @Test
    void aServerThatIsBusyEndsTheSession() {
        SessionNode small = new SessionNode(2_000, SessionNode.PLENTY);
        Client busy = small.connectPlain("lobby");
        small.settle();
        busy.says("a");
        busy.says("b".repeat(1_000));
        small.settle();

        assertThat(busy.transport.closes()).containsExactly(1013);
        assertThat(small.log.texts("lobby")).containsExactly("a");
    }

    @Test
    void aStorageThatIsAwayEndsTheSession() {
        try (Logged quiet = Logged.by(Committer.class)) {
            node.settle();
            node.log.beforeAppend(group -> {
                throw new IOException("away");
            });
            one.says("a");
            node.settle();

            assertThat(one.transport.closes()).containsExactly(1013);
            assertThat(quiet.thrown()).hasSize(1);
        }
    }

    @Test
    void aPlainClientHasNoTimeToSayHello() {
        node.settle();
        node.passMs(20_000);

        assertThat(one.transport.closes()).isEmpty();
    }

    @Test
    void isPingedByTheProtocolAndGoneWhenItDoesNotAnswer() {
        node.settle();
        node.passMs(25_000);
        assertThat(one.transport.pings()).containsExactly(1L);
        assertThat(one.transport.sent()).isEmpty();
        one.session.pong(1);
        node.passMs(10_000);

        assertThat(one.transport.closes()).isEmpty();
        assertThat(two.transport.closes()).containsExactly(4001);
    }

    @Test
    void isNeverPingedWhileASendIsInFlight() {
        node.settle();
        one.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        node.passMs(20_000);
        two.says("hallo");
        node.settle();
        node.passMs(6_000);
        assertThat(one.transport.pings()).isEmpty();

        one.transport.complete(null);
        node.settle();
        assertThat(one.transport.pings()).containsExactly(1L);
        assertThat(one.transport.mostInFlight()).isEqualTo(1);
    }

    @Test
    void aServerThatGoesClosesWithTheCodeEverybodyKnows() {
        node.settle();
        one.session.bye();
        node.settle();

        assertThat(one.transport.sent()).isEmpty();
        assertThat(one.transport.closes()).containsExactly(1001);
    }

    @Test
    void isClosedWhenItSpeaksInARoomThatIsForMembersNow() {
        Client ana = node.signedIn("Ana");
        ana.does("create", "lobby", null, "\"access\":\"members\"");
        node.settle();
        one.says("hallo");
        node.settle();

        assertThat(node.log.texts("lobby")).isEmpty();
        assertThat(one.transport.sent()).isEmpty();
        assertThat(one.transport.closes()).containsExactly(1008);
    }

    /** A server may report that a connection has failed while it can still be closed. */
    @Test
    void theCodeWithWhichItIsToBeClosedStaysWhenTheServerSaysFirstThatItHasFailed() {
        node.settle();
        two.transport.behaves(ScriptedTransport.Behaviour.COMPLETES_WHEN_TOLD);
        one.says("hallo");
        node.settle();
        two.session.end(CloseCode.NOT_ALLOWED);
        two.session.gone();
        node.settle();

        assertThat(two.transport.closes()).containsExactly(CloseCode.NOT_ALLOWED.number());
    }

    @Test
    void freesItsNameAndItsRoomAtTheEnd() {
        one.says("hallo");
        node.settle();
        one.session.gone();
        two.session.gone();
        node.settle();
        node.rooms.closeIdle();

        assertThat(node.registry.count()).isZero();
        assertThat(node.log.closed()).containsExactly("lobby");
    }
}
