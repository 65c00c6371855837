package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.ClientAddress;
import id.warung.kit.Logged;
import id.warung.session.ScriptedTransport.Behaviour;
import java.time.Duration;
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
