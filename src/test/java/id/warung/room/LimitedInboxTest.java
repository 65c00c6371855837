package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Posted;
import id.warung.log.Principal;
import id.warung.log.ScriptedLog;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reply;
import id.warung.protocol.RoomPattern;
import id.warung.protocol.User;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The inbox of a reader whose token is good for some rooms alone. */
class LimitedInboxTest {
    private static final User ANA = Posted.user("ana");
    private static final Principal WHOLE = Posted.anybody(ANA);
    private static final Principal LIMITED =
            new Principal(ANA, WHOLE.rights(), Optional.of(List.of(RoomPattern.of("team-*"))));

    @TempDir
    private Path folder;

    private SqliteLog log; // which keeps inboxes

    @BeforeEach
    void open() throws IOException {
        log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC());
    }

    @AfterEach
    void close() throws IOException {
        log.close();
    }

    private RoomNode node(long maxTailBytes) {
        return new RoomNode(new ScriptedLog(log), maxTailBytes, RoomNode.PLENTY);
    }

    private static void mention(RoomNode node, String room) {
        Command.Post post = new Command.Post(room, null, "@ana", 0, List.of(ANA.id()));
        assertThat(node.open(room).post(Posted.of("budi", post, ANA).request())).isTrue();
        node.settle();
    }

    private static Cursor reader(RoomNode node, Room inbox, Principal who) {
        return Cursor.as(() -> who, node, inbox, 1);
    }

    /** Entries come from memory, or from the log. */
    @ParameterizedTest
    @ValueSource(longs = {0, RoomNode.PLENTY})
    void noticesAboutRoomsThatDoNotExistForTheReaderArePlaceholders(long maxTailBytes) {
        RoomNode node = node(maxTailBytes);
        mention(node, "team-0"); // the inbox is there from then on
        Room inbox = node.open("inbox.u-ana");
        Cursor live = reader(node, inbox, LIMITED);
        Cursor whole = reader(node, inbox, WHOLE);
        mention(node, "secret");
        mention(node, "team-1");
        mention(node, "secret-2");
        Cursor late = reader(node, inbox, LIMITED);
        node.settle();

        for (Cursor each : List.of(live, late)) {
            assertThat(each.events()).containsExactly("2", "3", "4");
            assertThat(String.join("", each.texts()))
                    .contains("{\"type\":\"erased\",\"room\":\"inbox.u-ana\",\"seq\":2,\"n\":0}", "team-1")
                    .doesNotContain("secret");
        }
        assertThat(String.join("", whole.texts())).contains("\"secret\"", "\"secret-2\"", "\"team-1\"");
    }

    @Test
    void readMarksOfRoomsThatDoNotExistForTheReaderAreNotTold() {
        RoomNode node = node(RoomNode.PLENTY);
        mention(node, "team-0"); // the inbox is there from then on
        Room inbox = node.open("inbox.u-ana");
        Cursor limited = reader(node, inbox, LIMITED);
        Cursor whole = reader(node, inbox, WHOLE);
        inbox.hasRead(new Reply.Reads.Mark("secret", 3, 3));
        node.pass(RoomNode.INTERVAL);
        assertThat(whole.events()).endsWith("reads");
        assertThat(limited.events()).doesNotContain("reads");

        inbox.hasRead(new Reply.Reads.Mark("team-1", 2, 2));
        node.pass(RoomNode.INTERVAL);
        assertThat(limited.events()).endsWith("reads");
        assertThat(String.join("", limited.texts())).contains("team-1").doesNotContain("secret");
        assertThat(String.join("", whole.texts())).contains("secret", "team-1");
    }

    /** The same user may have another session, for which they are counted. */
    @Test
    void whatIsUnreadInOtherRoomsIsNotTold() {
        RoomNode node = node(RoomNode.PLENTY);
        mention(node, "team-0"); // the inbox is there from then on
        Room inbox = node.open("inbox.u-ana");
        Cursor limited = reader(node, inbox, LIMITED);
        Cursor whole = reader(node, inbox, WHOLE);
        Reply.Reads.Mark mark = new Reply.Reads.Mark("secret", 3, 3);
        inbox.counted(List.of(new Reply.Unread.Count("secret", 4, 4, Instant.EPOCH, mark, 1, 0)));
        node.pass(RoomNode.INTERVAL);

        assertThat(whole.events()).endsWith("unread");
        assertThat(limited.events()).doesNotContain("unread");
        assertThat(String.join("", limited.texts())).doesNotContain("secret");
    }

    /** A token that is renewed may be good for more rooms. */
    @Test
    void theReadersRightsAtTheTimeCount() {
        RoomNode node = node(RoomNode.PLENTY);
        mention(node, "team-0"); // the inbox is there from then on
        Room inbox = node.open("inbox.u-ana");
        Principal[] now = {LIMITED};
        Cursor reader = Cursor.as(() -> now[0], node, inbox, 1);
        mention(node, "secret");
        now[0] = WHOLE;
        mention(node, "secret-2");

        assertThat(String.join("", reader.texts())).contains("secret-2").doesNotContain("\"secret\"");
    }
}
