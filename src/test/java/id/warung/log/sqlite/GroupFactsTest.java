package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.Principal;
import id.warung.log.RetentionPolicy;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Read;
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
    private static final AppendCallback UNHEARD = result -> AppendCallback.NOTHING;

    @TempDir
    private Path data;

    private SqliteLog open() throws IOException {
        return SqliteLog.open(data, codec, Clock.systemUTC());
    }

    /** A request of a moderator. */
    private static AppendRequest request(User author, Command.Durable command) {
        Set<Principal.Right> rights =
                Set.of(Principal.Right.CREATE_ROOMS, Principal.Right.POST, Principal.Right.MODERATE);
        return new AppendRequest(command, new Principal(author, rights), List.of(ANA, BUDI), UNHEARD);
    }

    private static List<AppendResult> append(SqliteLog log, AppendRequest... requests) throws IOException {
        return log.append(Arrays.asList(requests));
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
            append(log, request(ANA, new Command.Post("lobby", "c-1", "secret")));
            AppendRequest again = request(ANA, new Command.Post("lobby", "c-1", "secret"));
            List<AppendResult> results = append(log, request(BUDI, new Command.Delete("lobby", null, 1)), again);
            assertThat(results.get(1))
                    .isInstanceOfSatisfying(AppendResult.Duplicate.class, duplicate -> assertThat(duplicate.seq())
                            .isEqualTo(1));
            assertThat(append(log, again).get(0)).isInstanceOf(AppendResult.Duplicate.class);
            assertThat(log.read("lobby", 0, 10).entries())
                    .noneMatch(entry -> new String(entry.json(), StandardCharsets.UTF_8).contains("secret"));
        }
    }

    /** A text may look like everything that another message asks for. */
    @Test
    void anIdIsForOneMessageWhateverItsTextLooksLike() throws IOException {
        try (SqliteLog log = open()) {
            append(log, request(ANA, new Command.Post("lobby", "c-1", "0 u-budi\nhello")));
            append(log, request(ANA, new Command.Post("lobby", "c-2", "deleted 1")));
            assertThat(append(
                            log,
                            request(ANA, new Command.Post("lobby", "c-1", "hello", 0, List.of(BUDI.id()))),
                            request(ANA, new Command.Delete("lobby", "c-2", 1))))
                    .allMatch(result -> result instanceof AppendResult.Conflict);
        }
    }

    @Test
    void twoDeletionsOfAMessageWithManyEditsLeaveNoneOfThem() throws IOException, SQLException {
        try (SqliteLog log = open()) {
            append(log, request(ANA, new Command.Post("lobby", null, "original")));
        }
        olderEdits();
        try (SqliteLog log = open()) {
            AppendRequest first = request(ANA, new Command.Delete("lobby", null, 1));
            AppendRequest second = request(BUDI, new Command.Delete("lobby", null, 1));
            AppendRequest edit = request(BUDI, new Command.Edit("lobby", null, 1, "one more"));
            assertThat(append(log, first, second, edit).subList(0, 2))
                    .allMatch(result -> result instanceof AppendResult.Unfinished);
            AppendResult result = append(log, first).get(0);
            while (result instanceof AppendResult.Unfinished) {
                result = append(log, first).get(0);
            }
            assertThat(result).isInstanceOf(AppendResult.Committed.class);
            for (Entry entry : log.read("lobby", 0, 1_000).entries()) {
                assertThat(new String(entry.json(), StandardCharsets.UTF_8)).doesNotContain("\"text\"");
            }
        }
    }

    /** The deletion has erased 100 of 150: that leaves no room for another one. */
    @Test
    void aMessageWithTooManyEditsGetsNoneMoreBehindADeletionThatIsUnfinished() throws IOException, SQLException {
        try (SqliteLog log = open()) {
            append(log, request(ANA, new Command.Post("lobby", null, "original")));
        }
        olderEdits();
        try (SqliteLog log = open()) {
            List<AppendResult> results = append(
                    log,
                    request(ANA, new Command.Delete("lobby", null, 1)),
                    request(BUDI, new Command.Edit("lobby", null, 1, "one more")));
            assertThat(results.get(0)).isInstanceOf(AppendResult.Unfinished.class);
            assertThat(results.get(1))
                    .isInstanceOfSatisfying(AppendResult.Denied.class, denied -> assertThat(denied.code())
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
                append(log, request(ANA, new Command.Post("lobby", null, "m" + i)));
            }
            while (log.trim(room -> new RetentionPolicy(Duration.ZERO, 10), Runnable::run, (room, first) -> {}) > 0) {
                // in small parts
            }
            List<AppendResult> results = append(
                    log, request(ANA, new Command.Edit("lobby", null, 6, "x")), request(BUDI, new Read("lobby", 6)));
            assertThat(results.get(1)).isEqualTo(new AppendResult.ReadMarked(6, 11));
        }
    }

    @Test
    void nothingMentionsWhoWasRemovedTwiceAtOnce() throws IOException, SQLException {
        try (SqliteLog log = open()) {
            append(
                    log,
                    request(ANA, new Command.Create("kitchen", null, Access.MEMBERS, "")),
                    request(ANA, new Command.Add("kitchen", null, BUDI.id())));
            for (int i = 0; i < 12; i++) {
                List<AppendRequest> group = new ArrayList<>();
                for (int k = 0; k < 100; k++) {
                    group.add(request(ANA, new Command.Post("kitchen", null, "hi", 0, List.of(BUDI.id()))));
                }
                log.append(group);
            }
            AppendRequest remove = request(ANA, new Command.Remove("kitchen", null, BUDI.id()));
            AppendResult result = append(log, remove, request(BUDI, new Command.Remove("kitchen", null, BUDI.id())))
                    .get(0);
            while (result instanceof AppendResult.Unfinished) {
                result = append(log, remove).get(0);
            }
            assertThat(result).isInstanceOf(AppendResult.Committed.class);
        }
        assertThat(count("mentions")).isZero();
    }

    /** A user who is named by an earlier request of the same group. */
    @Test
    void aUserWhoFirstPostsInAGroupIsToldOfItsMentions() throws IOException {
        try (SqliteLog log = open()) {
            User citra = new User("u-citra", "Citra");
            AppendRequest speaks = new AppendRequest(
                    new Command.Post("lobby", null, "here"),
                    new Principal(citra, Set.of(Principal.Right.POST)),
                    List.of(),
                    UNHEARD);
            AppendRequest mentions = new AppendRequest(
                    new Command.Post("lobby", null, "hi", 0, List.of(citra.id(), "u-nobody")),
                    new Principal(ANA, Set.of(Principal.Right.POST)),
                    List.of(),
                    UNHEARD);
            append(log, request(ANA, new Command.Post("lobby", null, "first")));
            append(log, speaks, mentions);
            assertThat(log.read("inbox.u-citra", 0, 10).entries()).hasSize(1);
            assertThat(log.state("inbox.u-nobody").exists()).isFalse();
        }
    }
}
