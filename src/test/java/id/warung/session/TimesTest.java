package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.session.ScriptedTransport.Behaviour;
import org.junit.jupiter.api.Test;

/** The time-outs of a session. */
class TimesTest {
    private final SessionNode node = new SessionNode();

    @Test
    void aClientThatDoesNotSayHelloInTimeIsClosed() {
        Client client = node.connect();
        node.settle();
        node.passMs(9_999);
        assertThat(client.transport.closes()).isEmpty();

        node.passMs(1);
        assertThat(client.transport.closes()).containsExactly(4003);
        assertThat(node.registry.count()).isZero();
    }

    @Test
    void aHelloThatIsRefusedIsNone() {
        Client client = node.connect();
        client.helloAgain("w1.eyJ.sig");
        node.passMs(10_000);

        assertThat(client.heard()).contains("error bad-token");
        assertThat(client.transport.closes()).containsExactly(4003);
    }

    @Test
    void aSignedInClientMayStayAsLongAsItAnswersPings() {
        Client ana = node.inLobby("Ana");
        for (int n = 1; n <= 20; n++) {
            node.passMs(25_000);
            ana.says("{\"type\":\"pong\",\"n\":" + n + "}");
        }

        assertThat(ana.events("ping")).hasSize(20);
        assertThat(ana.transport.closes()).isEmpty();
    }

    @Test
    void aClientThatDoesNotAnswerAPingIsClosed() {
        Client ana = node.inLobby("Ana");
        node.passMs(25_000);
        assertThat(ana.heard()).containsExactly("ping 1");
        node.passMs(9_999);
        assertThat(ana.transport.closes()).isEmpty();

        node.passMs(1);
        assertThat(ana.transport.closes()).containsExactly(4001);
        assertThat(node.registry.count()).isZero();
        assertThat(node.nameGivenFor("Ana")).isEqualTo("Ana");
    }

    @Test
    void aClientThatSendsSomethingElseInsteadIsAlive() {
        Client ana = node.inLobby("Ana");
        node.passMs(25_000);
        for (int n = 0; n < 10; n++) {
            node.passMs(9_000);
            ana.says("nonsense");
        }
        assertThat(ana.transport.closes()).isEmpty();

        node.passMs(10_000);
        assertThat(ana.transport.closes()).containsExactly(4001);
    }

    @Test
    void aPongIsHeardAtOnceThoughOtherCommandsWait() {
        Client ana = node.inLobby("Ana");
        node.passMs(25_000);
        for (int n = 0; n < 100; n++) {
            ana.posts("text");
        }
        ana.says("{\"type\":\"pong\",\"n\":1}");
        node.clock.moveMs(10_000);
        node.registry.tick(); // and nothing was run meanwhile

        assertThat(node.registry.count()).isEqualTo(1);
    }

    @Test
    void aConnectionThatNeverTakesAFrameIsGivenUp() {
        Client ana = node.inLobby("Ana");
        Client budi = node.inLobby("Budi");
        ana.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        budi.posts("hi");
        node.settle();
        node.passMs(10_000);
        assertThat(ana.transport.closes()).isEmpty();

        node.passMs(1_000);
        assertThat(ana.transport.closes()).containsExactly(4002);
        assertThat(budi.transport.closes()).isEmpty();
        assertThat(node.registry.count()).isEqualTo(1);

        ana.transport.complete(null);
        budi.posts("ho");
        node.settle();
        assertThat(ana.heard()).containsExactly("message 1");
        assertThat(budi.heard()).containsExactly("message 1", "message 2");
    }

    @Test
    void aConnectionThatFailsIsGoneAndTheOthersReadOn() {
        Client ana = node.inLobby("Ana");
        Client budi = node.inLobby("Budi");
        ana.transport.behaves(Behaviour.THROWS_AN_ERROR);
        budi.posts("hi");
        budi.posts("ho");
        node.settle();

        assertThat(ana.transport.closes()).containsExactly(4002);
        assertThat(budi.heard()).containsExactly("message 1", "message 2");
    }

    @Test
    void whereACompletedSendProvesNothingTheCursorRestsUntilTheClientProvesIt() {
        Client ana = node.inLobby("Ana");
        Client budi = node.inLobby("Budi");
        ana.transport.provesNothing();
        saysMuch(budi);

        long handed = handedBytes(ana);
        assertThat(handed).isBetween(2L * 1024 * 1024, 2L * 1024 * 1024 + 100_000);
        int pings = ana.events("ping").size();
        assertThat(pings).isBetween(7, 9);
        budi.posts("more");
        node.settle();
        assertThat(handedBytes(ana)).isEqualTo(handed);

        ana.says("{\"type\":\"pong\",\"n\":" + pings + "}");
        node.settle();
        assertThat(ana.events("message").size()).isEqualTo(801);
    }

    /** 800 messages of 4,000 bytes. */
    private void saysMuch(Client client) {
        for (int n = 0; n < 800; n++) {
            client.posts("x".repeat(4_000));
            if (n % 100 == 99) {
                node.settle();
            }
        }
    }

    private static long handedBytes(Client client) {
        return client.transport.sent().stream()
                .mapToLong(frame -> frame.sizeBytes())
                .sum();
    }

    @Test
    void aPlainClientProvesItByItsPongs() {
        Client plain = node.connectPlain("lobby");
        Client budi = node.inLobby("Budi");
        plain.transport.provesNothing();
        saysMuch(budi);
        assertThat(plain.transport.sent()).hasSizeBetween(520, 530);

        for (int rest = 0; rest < 5; rest++) {
            plain.session.pong(
                    plain.transport.pings().get(plain.transport.pings().size() - 1));
            node.settle();
        }
        assertThat(plain.transport.sent()).hasSize(800);
        assertThat(plain.transport.mostInFlight()).isEqualTo(1);
    }

    @Test
    void aClientThatSendsNonsenseAndNeverReadsIsSentNoMoreThanOthersAndIsClosed() {
        Client ana = node.inLobby("Ana");
        ana.transport.provesNothing();
        for (int second = 0; second < 12; second++) {
            for (int n = 0; n < 4_000; n++) {
                ana.says("{\"type\":\"nonsense\"}");
                node.executor.runAll();
            }
            node.passMs(1_000);
        }

        assertThat(handedBytes(ana)).isBetween(2L * 1024 * 1024, 2L * 1024 * 1024 + 100_000);
        assertThat(ana.transport.closes()).hasSize(1);
        assertThat(node.nameGivenFor("Ana")).isEqualTo("Ana");
    }
}
