package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.log.Committer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the server's log says about a session: user, room and command, and nothing that a guest typed. */
class LogLinesTest {
    private final SessionNode node = new SessionNode();

    private static String about(Client client, String fields) {
        return " [session=" + client.session.id() + " user=" + client.userId() + fields + "]";
    }

    @Test
    void logLinesFollowASessionFromItsBeginningToItsEnd() {
        try (Logged logged = Logged.allBy(ChatSession.class)) {
            Client ana = node.connect();
            ana.says("nonsense");
            ana.join("lobby");
            ana.hello("Ana Maria");
            ana.join("lobby");
            ana.does("edit", "lobby", "c-1", "\"seq\":7,\"text\":\"my secret\"");
            ana.leave("kitchen");
            node.settle();
            String session = " [session=" + ana.session.id();
            String id = ana.userId();
            ana.session.gone();
            node.settle();

            assertThat(logged.lines())
                    .containsExactly(
                            "Session opened: text" + session + "]",
                            "Command refused: bad-json" + session + "]",
                            "Command refused: not-signed-in" + session + " room=lobby command=join]",
                            "Signed in" + session + " user=" + id + "]",
                            "Joined" + session + " user=" + id + " room=lobby command=join]",
                            "Command refused: not-joined" + session + " user=" + id + " room=kitchen command=leave]",
                            "Command refused: no-such-message" + session + " user=" + id + " room=lobby command=edit]",
                            "Session closed: 1000" + session + " user=" + id + "]");
        }
    }

    @Test
    void aBugInACommandNamesItsSessionUserRoomAndCommand() {
        try (Logged logged = Logged.by(CommandQueue.class)) {
            Client ana = node.signedIn("Ana");
            ana.join("bug");
            node.settle();

            assertThat(logged.lines())
                    .containsExactly("A session was ended by a bug" + about(ana, " room=bug command=join"));
        }
    }

    @Test
    void aBugInTheLogNamesTheCommandThatItMet() {
        Client ana = node.inLobby("Ana");
        try (Logged logged = Logged.by(Committer.class)) {
            node.log.beforeAppend(group -> {
                throw new IllegalStateException("scripted");
            });
            ana.posts("my secret");
            node.settle();

            assertThat(logged.lines())
                    .containsExactly("A message could not be written" + about(ana, " room=lobby command=post"));
        }
    }

    @Test
    void aSessionIsCalledByAShortIdOfItsOwn() {
        String id = node.connect().session.id();

        assertThat(id).matches("[0-9a-hjkmnp-tv-z]{6}");
        assertThat(node.connect().session.id()).isNotEqualTo(id);
    }

    /** The ids are a permutation of the numbers below 2^30 if numbers that differ in one bit have different ids. */
    @Test
    void noTwoSessionsOfABillionHaveTheSameId() {
        for (int number : new int[] {0, 1, -1, 123_456_789, Integer.MIN_VALUE}) {
            for (int bit = 0; bit < 30; bit++) {
                assertThat(SessionIds.of(number + (1 << bit))).isNotEqualTo(SessionIds.of(number));
            }
        }
        Set<String> beginnings = new HashSet<>();
        for (int number = 0; number < 10_000; number++) {
            beginnings.add(SessionIds.of(number).substring(0, 2));
        }
        assertThat(beginnings).as("those that follow each other look different").hasSizeGreaterThan(900);
    }
}
