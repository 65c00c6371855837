package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.React;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reactions where inboxes are kept and logs are trimmed by jobs. */
abstract class DurableReactionsContract extends ReactionsContract {
    /** Trims all rooms by this policy, until nothing is left to trim. */
    protected abstract void trim(RetentionPolicy policy) throws IOException;

    private List<String> inbox(String user) throws IOException {
        return log().read("inbox.u-" + user, 0, 100).entries().stream()
                .map(entry -> codec.read(entry.json()))
                .map(entry -> entry.get("type") + " " + entry.get("from.name") + " " + entry.get("in") + " "
                        + entry.get("message") + " " + entry.get("emoji"))
                .toList();
    }

    @Test
    void theAuthorHearsOfTheFirstOfEachKind() throws IOException {
        does("ana", new Command.Post("lobby", null, "hi"));
        does("ana", new React("lobby", null, 1, "👍", true));
        does("budi", new React("lobby", null, 1, "🍵", true));
        does("cici", new React("lobby", null, 1, "🍵", true));
        does("budi", new React("lobby", null, 1, "👍", true));
        does("budi", new React("lobby", null, 1, "🍵", false));
        does("budi", new React("lobby", null, 1, "🍵", true));

        assertThat(inbox("ana")).containsExactly("reaction budi lobby 1 🍵");
        does("budi", new React("lobby", null, 1, "🍵", false));
        does("cici", new React("lobby", null, 1, "🍵", false));
        does("cici", new React("lobby", null, 1, "🍵", true));
        assertThat(inbox("ana")).containsExactly("reaction budi lobby 1 🍵", "reaction cici lobby 1 🍵");
        assertThat(inbox("budi")).isEmpty();
    }

    @Test
    void aReactionInTheGroupOfItsMessageIsWrittenInTheNextOne() throws IOException {
        AppendRequest message = Posted.by("ana", "lobby", null, "hi").request();
        AppendRequest reaction =
                Posted.of("budi", new React("lobby", "c-1", 1, "🍵", true)).request();

        assertThat(log().append(List.of(message, reaction)).get(1)).isInstanceOf(AppendResult.Unfinished.class);
        assertThat(MessageLogContract.said(log().append(List.of(reaction)).get(0)))
                .isEqualTo("2");
        assertThat(inbox("ana")).containsExactly("reaction budi lobby 1 🍵");
    }

    @Test
    void anAuthorWhoHasLeftTheRoomHearsNothing() throws IOException {
        does("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""));
        does("ana", new Command.Add("kitchen", null, "u-budi"), Posted.user("budi"));
        does("budi", new Command.Post("kitchen", null, "soto"));
        does("ana", new Command.Remove("kitchen", null, "u-budi"), Posted.user("budi"));
        int before = inbox("budi").size();

        does("ana", new React("kitchen", null, 3, "🍵", true));
        assertThat(inbox("budi")).hasSize(before);
    }

    @Test
    void retentionCountsMessagesAndReactionsGoWithTheirs() throws IOException {
        for (int i = 1; i <= 3; i++) {
            does("ana", new Command.Post("lobby", null, "m" + i));
        }
        together(IntStream.range(0, 1_300)
                .mapToObj(i -> Posted.of("user" + i / 2, new React("lobby", null, 1 + i % 2, "🍵", true))));
        trim(new RetentionPolicy(Duration.ZERO, 3));
        assertThat(log().readBefore("lobby", Long.MAX_VALUE, 9).entries())
                .extracting(Entry::seq)
                .containsExactly(1L, 2L, 3L);

        does("ana", new Command.Post("lobby", null, "m4"));
        trim(new RetentionPolicy(Duration.ZERO, 3));
        MessageLog.Page page = log().readBefore("lobby", Long.MAX_VALUE, 9);
        assertThat(page.first()).isEqualTo(2);
        assertThat(page.entries()).extracting(Entry::seq).containsExactly(2L, 3L, 1_304L);
        assertThat(page.reactions()).hasSize(1);
        assertThat(page.reactions().get(0).of().get(0).count()).isEqualTo(650);
        trim(new RetentionPolicy(Duration.ZERO, 1));
        assertThat(log().read("lobby", 0, 9).entries()).extracting(Entry::seq).containsExactly(1_304L);
        assertThat(reactionRows()).isZero();
    }

    /** Somebody reacts and takes it back as fast as they may, for hours. */
    @Test
    void reactionsThatAreTakenBackMakeNoLogGrowWithoutEnd() throws IOException {
        does("ana", new Command.Post("lobby", null, "old"));
        does("ana", new Command.Post("lobby", null, "hi"));
        together(IntStream.range(0, 1_200)
                .mapToObj(i -> Posted.of("budi", new React("lobby", null, 2, "🍵", i % 2 == 0))));
        RetentionPolicy policy = new RetentionPolicy(Duration.ZERO, 3, 1_201);
        trim(policy);

        MessageLog.Page page = log().readBefore("lobby", Long.MAX_VALUE, 9);
        assertThat(page.first()).as("what is older goes first").isEqualTo(2);
        assertThat(page.head().seq()).isEqualTo(1_202);
        together(IntStream.range(0, 800)
                .mapToObj(i -> Posted.of("budi", new React("lobby", null, 2, "🍵", i % 2 == 0))));
        trim(policy);
        assertThat(log().read("lobby", 0, 1).first()).isEqualTo(2_002 - 1_201 + 1);
        assertThat(reactionRows()).as("it is gone with its message").isZero();
        does("ana", new Command.Post("lobby", null, "still here"));
        trim(policy);
        assertThat(log().readBefore("lobby", Long.MAX_VALUE, 1).entries())
                .extracting(Entry::seq)
                .containsExactly(2_003L);
    }

    /** How many rows the table of reactions has. */
    protected abstract long reactionRows() throws IOException;
}
