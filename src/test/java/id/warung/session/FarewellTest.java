package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.ClientAddress;
import id.warung.kit.Logged;
import id.warung.log.Committer;
import id.warung.protocol.CloseCode;
import id.warung.session.ScriptedTransport.Behaviour;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whenever the server ends a session, the client learns why: by a bye, or in plain mode by the reason of the close. */
class FarewellTest {
    private static final ClientAddress CROWDED = new ClientAddress("192.0.2.7", "192.0.2.7");

    private final SessionNode node = new SessionNode();

    /** Before and after the sign-in. */
    @ParameterizedTest
    @EnumSource
    void whoeverIsClosedIsToldOnceWithTheSameCodeAndReason(CloseCode code) {
        for (Client client : new Client[] {node.connect(), node.inLobby("Ana")}) {
            client.forget();
            client.session.end(code);
            client.session.end(CloseCode.TOO_BIG);
            client.session.bye();
            node.settle();

            assertThat(client.heard()
                            .subList(client.heard().size() - 1, client.heard().size()))
                    .containsExactly("bye " + code.number());
            assertThat(client.events("bye")).hasSize(1);
            assertThat(client.events("bye").get(0).getString("reason")).isEqualTo(code.reason());
            assertThat(client.transport.closes()).containsExactly(code.number());
            assertThat(client.transport.reasons()).containsExactly(code.reason());
        }
    }

    @Test
    void whoDoesNotSignInIsToldSo() {
        Client silent = node.connect();
        node.passMs(10_000);

        assertThat(silent.heard()).containsExactly("welcome", "bye 4003");
        assertThat(silent.transport.closes()).containsExactly(4003);
    }

    @Test
    void aBugIsConfessed() {
        try (Logged quiet = Logged.by(CommandQueue.class)) {
            Client ana = node.inLobby("Ana");
            ana.join("bug");
            node.settle();

            assertThat(ana.heard()).containsExactly("bye 4004");
            assertThat(ana.transport.closes()).containsExactly(4004);
            assertThat(quiet.thrown()).hasSize(1);
        }
    }

    @Test
    void aConnectionTooManyThatTakesNoFarewellIsClosedAllTheSame() {
        for (int n = 0; n < SessionNode.MAX_FROM_ONE_ADDRESS; n++) {
            node.from(CROWDED.text(), "Guest" + n);
        }
        ScriptedTransport stuck = new ScriptedTransport();
        stuck.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        node.registry.open(stuck, ChatSession.Mode.TEXT, "lobby", CROWDED, null);
        node.settle();
        assertThat(stuck.closes()).isEmpty();
        node.passMs(12_000);

        assertThat(stuck.closes()).hasSize(1);
        assertThat(stuck.mostInFlight()).isEqualTo(1);
    }

    @Test
    void placesAtAnAddressAreNotLostToConnectionsThatAreTooMany() {
        Client[] guests = new Client[SessionNode.MAX_FROM_ONE_ADDRESS];
        for (int n = 0; n < guests.length; n++) {
            guests[n] = node.from(CROWDED.text(), "Guest" + n);
        }
        for (int n = 0; n < 20; n++) {
            node.registry.open(new ScriptedTransport(), ChatSession.Mode.TEXT, "lobby", CROWDED, null);
            node.settle();
        }
        assertThat(node.registry.count()).isEqualTo(guests.length);
        guests[0].session.gone();
        Client next = node.from(CROWDED.text(), "Next");
        Client oneMore = node.from(CROWDED.text(), "More");

        assertThat(next.transport.closes()).isEmpty();
        assertThat(oneMore.transport.closes()).containsExactly(4005);
    }

    @Test
    void aClientThatCannotBeReachedIsClosedWithoutABye() {
        Client deaf = node.inLobby("Ana");
        deaf.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        node.inLobby("Budi").posts("hi");
        node.passMs(20_000);
        assertThat(deaf.events("bye")).isEmpty();
        assertThat(deaf.transport.closes()).containsExactly(4002);
    }

    @Test
    void aPlainClientReadsTheReasonOfItsClose() {
        SessionNode strict = SessionNode.whereModeratorsMakeRooms();
        Client missing = strict.connectPlain("lobby");
        strict.settle();
        closed(missing, 1008, "There is no such room.");

        Client ana = node.signedIn("Ana");
        ana.does("create", "garden", null, "");
        ana.does("create", "kitchen", null, "\"access\":\"members\"");
        node.settle();
        Client reader = node.connectPlain("garden");
        ana.does("change", "garden", null, "\"archived\":true");
        node.settle();
        assertThat(reader.transport.closes()).as("it may go on reading").isEmpty();
        reader.says("hello?");
        Client outside = node.connectPlain("kitchen");
        Client wordy = node.connectPlain("lobby");
        wordy.says("x".repeat(4_001));
        node.settle();
        closed(reader, 1008, "This room is archived: you can read but not post.");
        closed(outside, 1008, "This room is for its members.");
        closed(wordy, 1009, "The message is too large.");

        Client late = node.connectPlain("lobby");
        node.settle();
        node.log.beforeAppend(group -> {
            throw new IOException("away");
        });
        try (Logged quiet = Logged.by(Committer.class)) {
            late.says("hi");
            node.settle();
            assertThat(quiet.thrown()).hasSize(1);
        }
        closed(late, 1013, "The server cannot reach its storage. Try again in a moment.");
    }

    private static void closed(Client client, int code, String reason) {
        assertThat(Map.of(
                        client.transport.closes().get(0),
                        client.transport.reasons().get(0)))
                .containsEntry(code, reason);
        assertThat(client.transport.closes()).hasSize(1);
        assertThat(client.transport.sent()).isEmpty();
    }
}
