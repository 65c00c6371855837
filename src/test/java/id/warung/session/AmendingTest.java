package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Editing, deleting, answering and mentioning, in one session and as received by others. */
class AmendingTest {
    private final SessionNode node = new SessionNode();
    private final Client ana = node.inLobby("Ana");
    private final Client budi = node.inLobby("Budi");

    @BeforeEach
    void anaHasSaidHi() {
        ana.posts("hi");
        forget();
    }

    private void forget() {
        node.settle();
        ana.forget();
        budi.forget();
    }

    @Test
    void anEditAndADeletionComeToAllAndAreAcknowledged() {
        ana.does("edit", "lobby", "c-1", "\"seq\":1,\"text\":\"ho\"");
        node.settle();
        ana.does("delete", "lobby", "c-2", "\"seq\":1");
        node.settle();

        assertThat(ana.heard()).containsExactlyInAnyOrder("ack c-1 2", "edited 2", "ack c-2 3", "deleted 3");
        assertThat(budi.heard()).containsExactly("edited 2", "deleted 3");
        assertThat(budi.events("edited").get(0).getString("text")).isEqualTo("ho");
        assertThat(budi.events()).allSatisfy(event -> {
            assertThat(event.getInt("target")).isEqualTo(1);
            assertThat(event.getInt("n")).isEqualTo(1);
            assertThat(event.getJsonObject("from").getString("id")).isEqualTo(ana.userId());
        });
        Client late = node.signedIn("Citra");
        late.forget();
        late.join("lobby");
        node.settle();
        assertThat(late.heard()).containsExactly("joined lobby 3", "erased 1", "erased 2", "deleted 3");
    }

    @Test
    void withoutAnIdThereIsNoAckButARefusal() {
        ana.does("edit", "lobby", null, "\"seq\":1,\"text\":\"ho\"");
        ana.does("delete", "lobby", null, "\"seq\":2");
        node.settle();

        assertThat(ana.heard()).containsExactlyInAnyOrder("edited 2", "error no-such-message");
    }

    @Test
    void theSameIdAgainGetsTheSameAnswerAndIsDoneOnce() {
        ana.does("edit", "lobby", "c-1", "\"seq\":1,\"text\":\"ho\"");
        ana.does("edit", "lobby", "c-1", "\"seq\":1,\"text\":\"ho\"");
        ana.does("edit", "lobby", "c-1", "\"seq\":1,\"text\":\"he\"");
        ana.does("delete", "lobby", "c-1", "\"seq\":1");
        ana.posts("c-1", "ho");
        node.settle();

        assertThat(ana.heard())
                .containsExactlyInAnyOrder(
                        "ack c-1 2",
                        "ack c-1 2",
                        "edited 2",
                        "error id-conflict c-1",
                        "error id-conflict c-1",
                        "error id-conflict c-1");
    }

    @Test
    void onlyAModeratorAmendsMessagesOfOthers() {
        budi.does("edit", "lobby", "c-1", "\"seq\":1,\"text\":\"ho\"");
        budi.does("delete", "lobby", "c-2", "\"seq\":1");
        node.settle();
        assertThat(budi.heard()).containsExactly("error forbidden c-1", "error forbidden c-2");

        Client moderator = node.moderator();
        moderator.joinLast("lobby", 0);
        moderator.does("edit", "lobby", "c-1", "\"seq\":1,\"text\":\"ho\"");
        node.settle();
        moderator.does("delete", "lobby", "c-2", "\"seq\":1");
        node.settle();
        assertThat(moderator.events("joined").get(0).getBoolean("moderator")).isTrue();
        assertThat(ana.heard()).containsExactly("edited 2", "deleted 3");
    }

    @ParameterizedTest
    @CsvSource({"2, no-such-message", "3, no-such-message", "9, no-such-message", "0, bad-command"})
    void onlyExistingMessagesAreAmended(int seq, String code) {
        budi.posts("bye");
        budi.does("edit", "lobby", null, "\"seq\":2,\"text\":\"ho\"");
        budi.does("delete", "lobby", null, "\"seq\":2"); // so that 2 is erased, as is 3
        forget();
        budi.does("edit", "lobby", "c-1", "\"seq\":" + seq + ",\"text\":\"ho\"");
        budi.does("delete", "lobby", "c-2", "\"seq\":" + seq);
        node.settle();

        assertThat(budi.heard()).containsExactly("error " + code + " c-1", "error " + code + " c-2");
    }

    @Test
    void oneAmendsInRoomsOneHasJoined() {
        ana.leave("lobby");
        node.settle();
        ana.forget();
        ana.does("edit", "lobby", "c-1", "\"seq\":1,\"text\":\"ho\"");
        ana.does("delete", "lobby", "c-2", "\"seq\":1");
        node.settle();

        assertThat(ana.heard()).containsExactly("error not-joined c-1", "error not-joined c-2");
    }

    @Test
    void aReplyNamesWhatItAnswersWhichIsThere() {
        budi.does("post", "lobby", "c-1", "\"text\":\"ho\",\"replyTo\":1");
        budi.does("post", "lobby", "c-2", "\"text\":\"ho\",\"replyTo\":3");
        budi.does("post", "lobby", "c-3", "\"text\":\"ho\",\"replyTo\":0");
        node.settle();

        assertThat(budi.heard())
                .containsExactlyInAnyOrder(
                        "ack c-1 2", "message 2", "error no-such-message c-2", "error bad-command c-3");
        assertThat(ana.events("message").get(0).getInt("replyTo")).isEqualTo(1);
    }

    @Test
    void aMessageMentionsUsersByTheirIds() {
        String me = budi.userId();
        ana.does("post", "lobby", "c-1", "\"text\":\"@Budi\",\"mentions\":[\"" + me + "\"]");
        ana.does("post", "lobby", "c-2", "\"text\":\"all\",\"mentions\":[" + "\"u-a\",".repeat(16) + "\"u-a\"]");
        ana.does("post", "lobby", "c-3", "\"text\":\"?\",\"mentions\":[\"No Id\"]");
        ana.does("post", "lobby", "c-4", "\"text\":\"?\",\"mentions\":\"u-a\"");
        ana.does("post", "lobby", "c-5", "\"text\":\"?\",\"mentions\":[[]]");
        ana.does("post", "lobby", "c-6", "\"text\":\"nobody\",\"mentions\":[]");
        node.settle();

        assertThat(budi.heard()).containsExactly("message 2", "message 3");
        assertThat(budi.events().get(0).getJsonArray("mentions").getString(0)).isEqualTo(me);
        assertThat(budi.events().get(1)).doesNotContainKey("mentions");
        assertThat(ana.heard().stream().filter(heard -> heard.startsWith("error")))
                .isEqualTo(List.of(
                        "error bad-command c-2",
                        "error bad-command c-3",
                        "error bad-command c-4",
                        "error bad-json c-5"));
    }
}
