package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Draft;
import id.warung.log.Entry;
import id.warung.log.Keep;
import id.warung.log.Outcome;
import id.warung.log.Principal;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** How one command of a group changes the facts that were read for another. */
class GroupFactsTest {
    private static final User ANA = new User("u-ana", "Ana");
    private static final User BUDI = new User("u-budi", "Budi");
    private static final int OLD_EDITS = 150;

    private final EntryCodec codec = new EntryCodec();

    /** The log's own result is checked. */
    private static final Draft.Receipt UNHEARD = outcome -> Draft.Receipt.NOTHING;

    @TempDir
    private Path data;

    private SqliteLog open() throws IOException {
        return SqliteLog.open(data, codec, Clock.systemUTC());
    }

    /** A request of a moderator. */
    private static Draft draft(User author, Command.Lasting command) {
        Set<Principal.Role> roles = Set.of(Principal.Role.ROOM_MAKER, Principal.Role.MODERATOR);
        return new Draft(command, new Principal(author, roles), List.of(ANA, BUDI), UNHEARD);
    }

    private static List<Outcome> append(SqliteLog log, Draft... drafts) throws IOException {
        return log.append(Arrays.asList(drafts));
    }

    private Connection database() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("warung.db"));
        return source.getConnection();
    }

    private long count(String table) throws SQLException {
        try (Connection connection = database();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void aMessageThatIsSentAgainBehindItsDeletionStaysDeleted() throws IOException {
        try (SqliteLog log = open()) {
            append(log, draft(ANA, new Command.Post("lobby", "c-1", "secret")));
            Draft again = draft(ANA, new Command.Post("lobby", "c-1", "secret"));
            List<Outcome> outcomes = append(log, draft(BUDI, new Command.Delete("lobby", null, 1)), again);
            assertThat(outcomes.get(1))
                    .isInstanceOfSatisfying(Outcome.Duplicate.class, duplicate -> assertThat(duplicate.seq())
                            .isEqualTo(1));
            assertThat(append(log, again).get(0)).isInstanceOf(Outcome.Duplicate.class);
            assertThat(log.read("lobby", 0, 10).entries())
                    .noneMatch(entry -> new String(entry.json(), StandardCharsets.UTF_8).contains("secret"));
        }
    }

    /** A text may look like everything that another message asks for. */
    @Test
    void anIdIsForOneMessageWhateverItsTextLooksLike() throws IOException {
        try (SqliteLog log = open()) {
            append(log, draft(ANA, new Command.Post("lobby", "c-1", "0 u-budi\nhello")));
            append(log, draft(ANA, new Command.Post("lobby", "c-2", "deleted 1")));
            assertThat(append(
                            log,
                            draft(ANA, new Command.Post("lobby", "c-1", "hello", 0, List.of(BUDI.id()))),
                            draft(ANA, new Command.Delete("lobby", "c-2", 1))))
                    .allMatch(outcome -> outcome instanceof Outcome.Conflict);
        }
    }

    @Test
    void twoDeletionsOfAMessageWithManyEditsLeaveNoneOfThem() throws IOException, SQLException {
        try (SqliteLog log = open()) {
            append(log, draft(ANA, new Command.Post("lobby", null, "original")));
        }
        olderEdits();
        try (SqliteLog log = open()) {
            Draft first = draft(ANA, new Command.Delete("lobby", null, 1));
            Draft second = draft(BUDI, new Command.Delete("lobby", null, 1));
            Draft edit = draft(BUDI, new Command.Edit("lobby", null, 1, "one more"));
            assertThat(append(log, first, second, edit).subList(0, 2))
                    .allMatch(outcome -> outcome instanceof Outcome.Unfinished);
            Outcome outcome = append(log, first).get(0);
            while (outcome instanceof Outcome.Unfinished) {
                outcome = append(log, first).get(0);
            }
            assertThat(outcome).isInstanceOf(Outcome.Committed.class);
            for (Entry entry : log.read("lobby", 0, 1_000).entries()) {
                assertThat(new String(entry.json(), StandardCharsets.UTF_8)).doesNotContain("\"text\"");
            }
        }
    }

    /** The deletion has erased 100 of 150: that leaves no room for another one. */
    @Test
    void aMessageWithTooManyEditsGetsNoneMoreBehindADeletionThatIsUnfinished() throws IOException, SQLException {
        try (SqliteLog log = open()) {
            append(log, draft(ANA, new Command.Post("lobby", null, "original")));
        }
        olderEdits();
        try (SqliteLog log = open()) {
            List<Outcome> outcomes = append(
                    log,
                    draft(ANA, new Command.Delete("lobby", null, 1)),
                    draft(BUDI, new Command.Edit("lobby", null, 1, "one more")));
            assertThat(outcomes.get(0)).isInstanceOf(Outcome.Unfinished.class);
            assertThat(outcomes.get(1)).isInstanceOfSatisfying(Outcome.Denied.class, denied -> assertThat(denied.code())
                    .isEqualTo(ErrorCode.TOO_MANY_EDITS));
        }
    }

    private void olderEdits() throws SQLException {
        try (Connection connection = database();
                Statement sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int seq = 2; seq <= OLD_EDITS + 1; seq++) {
                String json = "{\"type\":\"edited\",\"room\":\"lobby\",\"seq\":" + seq
                        + ",\"n\":1,\"at\":\"2026-01-01T00:00:00.000Z\",\"from\":{\"id\":\"u-ana\",\"name\":\"Ana\"},\"target\":1,\"text\":\"old\"}";
                sql.executeUpdate("INSERT INTO entries (room_id, seq, at_ms, author, kind, json) VALUES (1, " + seq
                        + ", 0, 'u-ana', 1, CAST('" + json + "' AS BLOB))");
                sql.executeUpdate("INSERT INTO edits VALUES (1, 1, " + seq + ")");
            }
            sql.executeUpdate("UPDATE rooms SET head = " + (OLD_EDITS + 1));
            connection.commit();
        }
    }

    @Test
    void aReadMarkIsTheSameBesideAnEditOfWhatWasTrimmed() throws IOException {
        try (SqliteLog log = open()) {
            for (int i = 0; i < 20; i++) {
                append(log, draft(ANA, new Command.Post("lobby", null, "m" + i)));
            }
            while (log.trim(room -> new Keep(Duration.ZERO, 10), Runnable::run, (room, first) -> {}) > 0) {
                // in small parts
            }
            List<Outcome> outcomes = append(
                    log,
                    draft(ANA, new Command.Edit("lobby", null, 6, "x")),
                    draft(BUDI, new Command.Read("lobby", 6)));
            assertThat(outcomes.get(1)).isEqualTo(new Outcome.Noted(6, 11));
        }
    }

    @Test
    void nothingMentionsWhoWasRemovedTwiceAtOnce() throws IOException, SQLException {
        try (SqliteLog log = open()) {
            append(
                    log,
                    draft(ANA, new Command.Create("kitchen", null, Access.MEMBERS, "")),
                    draft(ANA, new Command.Add("kitchen", null, BUDI.id())));
            for (int i = 0; i < 12; i++) {
                List<Draft> group = new ArrayList<>();
                for (int k = 0; k < 100; k++) {
                    group.add(draft(ANA, new Command.Post("kitchen", null, "hi", 0, List.of(BUDI.id()))));
                }
                log.append(group);
            }
            Draft remove = draft(ANA, new Command.Remove("kitchen", null, BUDI.id()));
            Outcome outcome = append(log, remove, draft(BUDI, new Command.Remove("kitchen", null, BUDI.id())))
                    .get(0);
            while (outcome instanceof Outcome.Unfinished) {
                outcome = append(log, remove).get(0);
            }
            assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        }
        assertThat(count("mentions")).isZero();
    }

    /** A user who is named by an earlier request of the same group. */
    @Test
    void whoSpeaksForTheFirstTimeInAGroupIsToldOfItsMentions() throws IOException {
        try (SqliteLog log = open()) {
            User citra = new User("u-citra", "Citra");
            Draft speaks = new Draft(
                    new Command.Post("lobby", null, "here"), new Principal(citra, Set.of()), List.of(), UNHEARD);
            Draft mentions = new Draft(
                    new Command.Post("lobby", null, "hi", 0, List.of(citra.id(), "u-nobody")),
                    new Principal(ANA, Set.of()),
                    List.of(),
                    UNHEARD);
            append(log, draft(ANA, new Command.Post("lobby", null, "first")));
            append(log, speaks, mentions);
            assertThat(log.read("inbox.u-citra", 0, 10).entries()).hasSize(1);
            assertThat(log.state("inbox.u-nobody").exists()).isFalse();
        }
    }
}
