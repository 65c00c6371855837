package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.ClientAddress;
import id.warung.kit.Logged;
import id.warung.protocol.CloseCode;
import id.warung.session.ScriptedTransport.Behaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionRegistryTest {
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final SessionNode node = new SessionNode();

    /** Says goodbye on another thread, while everything else runs here. */
    private int endAll(Duration patience) {
        CompletableFuture<Integer> ending = CompletableFuture.supplyAsync(() -> {
            try {
                return node.registry.endAll(patience);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (!ending.isDone()) {
            node.settle();
            Thread.onSpinWait();
        }
        node.settle();
        return ending.join();
    }

    @Test
    void holdsEverybodyWhoIsConnectedAndNobodyElse() {
        assertThat(node.registry.count()).isZero();
        Client ana = node.inLobby("Ana");
        Client plain = node.connectPlain("lobby");
        assertThat(node.registry.count()).isEqualTo(2);

        ana.session.gone();
        plain.session.gone();
        assertThat(node.registry.count()).isZero();
    }

    @Test
    void aSessionIsClosedOnceInHoweverManyWaysItEnds() {
        Client ana = node.inLobby("Ana");
        ana.session.gone();
        ana.session.gone();
        ana.session.bye();
        node.settle();
        node.passMs(60_000);

        assertThat(ana.transport.closes()).hasSize(1);
    }

    @Test
    void aServerThatGoesSaysWhyAndWhenToComeBack() {
        Client ana = node.inLobby("Ana");
        Client plain = node.connectPlain("lobby");
        node.settle();

        assertThat(endAll(LONG)).isZero();
        assertThat(ana.heard()).containsExactly("bye 4000");
        assertThat(ana.events("bye").get(0).getInt("reconnectAfterMs")).isBetween(500, 2_000);
        assertThat(ana.transport.closes()).containsExactly(4000);
        assertThat(plain.transport.closes()).containsExactly(1001);
        assertThat(node.registry.count()).isZero();
    }

    @Test
    void whoeverIsSentAwayLeavesWithinTheTimeAndNotAllAtOnce() {
        List<Client> early = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            early.add(node.inLobby("Ana" + i));
        }
        Client plain = node.connectPlain("lobby");
        node.passMs(1);
        node.registry.sendAway(CloseCode.NO_DATABASE, Duration.ofSeconds(30));
        node.passMs(1);
        Client late = node.inLobby("Late");
        node.passMs(10_000);
        assertThat(node.registry.count()).isBetween(20, 60);
        node.passMs(10_000);
        assertThat(node.registry.count()).isBetween(5, 40);
        node.passMs(10_500);

        assertThat(early).allSatisfy(client -> {
            assertThat(client.events("bye")).hasSize(1);
            assertThat(client.events("bye").get(0).getInt("reconnectAfterMs")).isBetween(500, 2_000);
            assertThat(client.transport.closes()).containsExactly(4006);
        });
        assertThat(plain.transport.closes()).containsExactly(1013);
        assertThat(late.transport.closes()).as("came meanwhile").isEmpty();
        assertThat(node.registry.count()).isEqualTo(1);
    }

    @Test
    void whoeverIsStillHereWhenTheReasonIsGoneStays() {
        for (int i = 0; i < 30; i++) {
            node.inLobby("Ana" + i);
        }
        node.passMs(1);
        node.registry.sendAway(CloseCode.NO_DATABASE, Duration.ofSeconds(30));
        node.passMs(10_000);
        int left = node.registry.count();
        node.registry.stay();
        node.passMs(21_000);

        assertThat(left).isBetween(1, 29);
        assertThat(node.registry.count()).isEqualTo(left);
    }

    @Test
    void whileNobodyIsAdmittedClientsAreToldWhyAndNothingIsReadFromThem() {
        node.registry.turnAway(CloseCode.NO_DATABASE);
        Client ana = node.connect();
        Client plain = node.connectPlain("lobby");
        ana.session.text("{\"type\":\"hello\"}");
        plain.session.text("hello");
        node.settle();
        node.registry.admit();
        Client bob = node.inLobby("Bob");

        assertThat(ana.heard()).containsExactly("bye 4006");
        assertThat(ana.transport.closes()).containsExactly(4006);
        assertThat(plain.transport.closes()).containsExactly(1013);
        assertThat(bob.transport.closes()).isEmpty();
        assertThat(node.registry.count()).isEqualTo(1);
        assertThat(node.registry.addresses()).isLessThanOrEqualTo(1);
    }

    @Test
    void aClientThatConnectsDuringShutdownIsClosedAtOnce() {
        assertThat(endAll(LONG)).isZero();
        Client late = node.connect();
        Client plain = node.connectPlain("lobby");
        node.settle();

        assertThat(late.events("bye")).hasSize(1);
        assertThat(late.transport.closes()).containsExactly(4000);
        assertThat(plain.transport.closes()).containsExactly(1001);
        assertThat(node.registry.count()).isZero();
    }

    @Test
    void goodbyeIsSaidOnce() {
        Client stuck = node.inLobby("Ana");
        stuck.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        assertThat(endAll(AT_ONCE)).isEqualTo(1);
        assertThat(endAll(AT_ONCE)).isEqualTo(1);
        stuck.transport.behaves(Behaviour.COMPLETES_INLINE);
        stuck.transport.completeAll();
        node.settle();

        assertThat(stuck.events("bye")).hasSize(1);
    }

    @Test
    void repliesAreStillSentDuringShutdown() {
        Client ana = node.inLobby("Ana");
        ana.posts("c-1", "hi");
        node.executor.runAll();
        node.writing.runAll();
        assertThat(endAll(LONG)).isZero();

        assertThat(ana.heard()).contains("ack c-1 1").endsWith("bye 4000");
    }

    @Test
    void aServerThatGoesWaitsNoLongerThanItsPatience() {
        Client stuck = node.inLobby("Ana");
        Client budi = node.inLobby("Budi");
        stuck.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        budi.posts("hi");
        node.settle();
        assertThat(endAll(AT_ONCE)).isBetween(1, 2);

        assertThat(stuck.transport.closes()).isEmpty();
        assertThat(node.registry.count()).isEqualTo(1);
    }

    @Test
    void aSessionThatCannotBeLookedAfterKeepsNobodyElseFromIt() {
        for (int n = 0; n < 10; n++) {
            node.connect();
        }
        node.settle();
        node.clock.moveMs(10_000); // nobody has signed in
        try (Logged logged = Logged.by(SessionRegistry.class)) {
            node.executor.refuseNext();
            node.registry.tick();
            node.settle();

            assertThat(logged.thrown()).hasSize(1);
            assertThat(node.registry.count()).as("the others are closed").isEqualTo(1);
            node.registry.tick();
            node.settle();
            assertThat(node.registry.count())
                    .as("and it when there is a thread again")
                    .isZero();
        }
    }

    /** The close takes its time, and the client need not wait for it. */
    @Test
    void commandsOfARefusedSessionAreIgnored() {
        for (int i = 0; i < SessionNode.MAX_FROM_ONE_ADDRESS; i++) {
            node.from("192.0.2.7", "Guest" + i);
        }
        ClientAddress address = new ClientAddress("192.0.2.7", "192.0.2.7");
        Client ana = new Client(node, ChatSession.Mode.TEXT, "lobby", address);
        ana.hello("Ana");
        ana.join("lobby");
        ana.posts("c-1", "one too many");
        ana.join("attic");
        Client plain = new Client(node, ChatSession.Mode.PLAIN, "cellar", address);
        plain.says("two too many");
        node.settle();

        assertThat(ana.transport.closes()).containsExactly(4005);
        assertThat(plain.transport.closes()).containsExactly(1013);
        assertThat(ana.heard()).containsExactly("bye 4005");
        assertThat(plain.transport.sent()).isEmpty();
        assertThat(plain.transport.reasons()).containsExactly("Too many connections come from this address.");
        assertThat(node.registry.count()).isEqualTo(SessionNode.MAX_FROM_ONE_ADDRESS);
        assertThat(ana.session.user()).isNull();
        assertThat(node.nameGivenFor("Ana")).as("nobody's name").isEqualTo("Ana");
        Client budi = node.signedIn("Budi");
        budi.joinLast("lobby", 10);
        node.settle();
        assertThat(budi.heard()).noneMatch(event -> event.contains("too many"));
    }

    @Test
    void aServerWithoutClientsGoesAtOnce() {
        assertThat(endAll(LONG)).isZero();
    }

    @Test
    void nothingIsLeftOfThousandsWhoCameAndWent() {
        for (int n = 0; n < 2_000; n++) {
            Client client = n % 2 == 0 ? node.inLobby("Ana") : node.connectPlain("lobby");
            client.session.gone();
            node.settle();
        }
        node.rooms.closeIdle();

        assertThat(node.registry.count()).isZero();
        assertThat(node.log.closed()).containsExactly("lobby");
        assertThat(node.nameGivenFor("Ana")).isEqualTo("Ana");
    }
}
