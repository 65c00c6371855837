package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.session.ScriptedTransport.Behaviour;
import jakarta.json.Json;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The unfinished input of sessions: how much is held, and what happens to the rest. */
class BacklogTest {
    private final SessionNode node = new SessionNode();
    private final Client ana = node.inLobby("Ana");

    @Test
    void aClientThatNeverReadsIsClosedAndItsBacklogIsBounded() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 64 * 1024);
        Client loud = small.inLobby("Ana");
        loud.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        for (int n = 0; n < 10_000; n++) {
            loud.says("nonsense");
            if (n % 100 == 0) {
                small.settle();
                assertThat(small.input.usedBytes()).isLessThan(5 * 64 * 1024);
            }
        }
        small.settle();
        assertThat(loud.transport.closes()).containsExactly(4002);
        assertThat(small.input.usedBytes()).isZero();
    }

    @Test
    void sessionsOfOneAddressShareAnEighthAndTheOthersAreTaken() {
        SessionNode small = new SessionNode(80_000, SessionNode.PLENTY);
        Client[] loud = {small.from("192.0.2.7", "Ana"), small.from("192.0.2.7", "Budi")};
        Client quiet = small.from("198.51.100.1", "Citra");
        for (Client client : loud) {
            for (int n = 0; n < 200; n++) {
                client.posts("c-" + n, "a");
            }
        }
        assertThat(small.input.usedBytes()).isBetween(9_000L, 10_000L);
        quiet.posts("c-1", "b");
        small.settle();

        assertThat(quiet.heard()).contains("ack c-1 2");
        assertThat(loud[0].events("error")).hasSizeGreaterThan(100);
        assertThat(small.input.usedBytes()).isZero();
        assertThat(small.input.keys()).isZero();
    }

    /** What a command holds besides its text counts as well, whatever the command. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-1\",\"text\":\"hi\"%s}",
                "{\"type\":\"join\",\"room\":\"lobby\",\"epoch\":\"e-1\",\"after\":1%s}",
                "{\"type\":\"hello\",\"token\":\"w1.a.b\"%s}",
                "{\"type\":\"edit\",\"room\":\"lobby\",\"id\":\"c-1\",\"seq\":1,\"text\":\"hi\"%s}",
                "{\"type\":\"typing\",\"room\":\"lobby\"%s}"
            })
    void everyCommandWeighsItsFrame(String frame) {
        Client client = node.connect();
        node.settle();
        client.says(frame.formatted(" ".repeat(30_000)));
        assertThat(node.input.usedBytes()).isBetween(60_000L, 61_000L);
        client.says(frame.formatted(" ".repeat(30_000)));
        assertThat(node.input.usedBytes()).as("the two").isGreaterThan(120_000);
        node.settle();
        assertThat(node.input.usedBytes()).isZero();
    }

    @Test
    void theLargestFrameIsTakenWhenNothingElseWaitsAndNoOtherBesideIt() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 64 * 1024);
        Client client = small.inLobby("Ana");
        String largest =
                "{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"c-1\",\"text\":\"hi\"" + " ".repeat(65_000) + "}";
        client.says(largest);
        client.posts("c-2", "b");
        small.settle();
        assertThat(client.heard()).contains("ack c-1 1", "error busy c-2");

        client.forget();
        client.posts("c-2", "b");
        client.says(largest);
        small.settle();
        assertThat(client.heard()).contains("ack c-2 2", "error busy c-1");
    }

    /** A returning client joins all its rooms at once, with the longest names. */
    @Test
    void aClientThatJoinsManyRoomsAtOnceIsNotBusy() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 64 * 1024);
        Client client = small.connect();
        client.hello("Ana");
        for (int n = 0; n < 128; n++) {
            client.joinAfter("r".repeat(61) + (100 + n), "e-12345678", 1_234_567);
        }
        small.settle();

        assertThat(client.events("error"))
                .extracting(error -> error.getString("code"))
                .containsOnly("too-many-rooms")
                .hasSize(128 - SessionNode.MAX_ROOMS);
    }

    @Test
    void aJoinThatIsTooMuchSaysOfWhichRoom() {
        SessionNode small = new SessionNode(SessionNode.PLENTY, 1_000);
        Client client = small.inLobby("Ana");
        for (int n = 0; n < 10; n++) {
            client.posts("hi");
        }
        client.join("kitchen");
        small.settle();

        assertThat(client.events("error").get(client.events("error").size() - 1))
                .isEqualTo(Json.createReader(new StringReader("{\"type\":\"error\",\"code\":\"busy\",\"message\":\""
                                + "The server is overloaded. Try again in a moment."
                                + "\",\"command\":\"join\",\"room\":\"kitchen\",\"retryAfterMs\":500}"))
                        .readObject());
    }

    @Test
    void aBugThatEndsASessionGivesItsWeightBackToTheNode() {
        try (Logged quiet = Logged.by(CommandQueue.class)) {
            ana.join("bug");
            ana.posts("said before it ended");
            node.settle();
            assertThat(quiet.thrown()).hasSize(1);
        }
        assertThat(ana.transport.closes()).containsExactly(4004);
        assertThat(node.input.usedBytes()).isZero();
    }
}
