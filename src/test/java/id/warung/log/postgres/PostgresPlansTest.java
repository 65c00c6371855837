package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Postgres;
import id.warung.kit.Scale;
import id.warung.log.AppendResult;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.log.RoomSearch;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Read;
import id.warung.protocol.TakeName;
import id.warung.protocol.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people do, and what nodes look for each second, reads no large table from its beginning to its end: the database counts that. */
class PostgresPlansTest {
    private static final int ROWS = Scale.of(50_000, 500_000);

    private static final Postgres.Database DATABASE = Postgres.database();
    /** One, so that it can be told to publish its counts. */
    private static final Connections CONNECTIONS = Connections.to(DATABASE.url(), Postgres.USER, null, 1);

    private static PostgresStorage storage;

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    @BeforeAll
    static void fill() throws Exception {
        try (Connections several = Connections.to(DATABASE.url(), Postgres.USER, null, 4)) {
            PostgresMigrations.run(several);
        }
        storage = PostgresStorage.over(
                CONNECTIONS,
                null,
                new EntryCodec(),
                Clock.systemUTC(),
                new PostgresStorage.Background(
                        Duration.ofHours(1),
                        Duration.ofHours(1),
                        null,
                        room -> RetentionPolicy.EVERYTHING,
                        (room, first) -> {},
                        Runnable::run));
        does("ana", new Command.Post("lobby", "first", "hi"));
        does("ana", new Command.Create("private", null, Access.MEMBERS, ""));
        does("budi", new Command.Post("lobby", null, "hi"));
        String many = " FROM generate_series(1, " + ROWS + ") i";
        String json =
                "(SELECT json FROM warung.entries WHERE seq = 1 AND room_id = (SELECT id FROM warung.rooms WHERE name = 'lobby'))";
        DATABASE.execute("INSERT INTO warung.rooms (name, head, n, at_ms) SELECT 'room-' || i, 3, 3, i * 1000" + many
                + "; INSERT INTO warung.entries (room_id, seq, at_ms, author, post_id, json)"
                + " SELECT (SELECT id FROM warung.rooms WHERE name = 'lobby'), i + 10, i, 'u-' || i % 100,"
                + " CASE WHEN i % 2 = 0 THEN 'c-' || i END, " + json + many
                + "; INSERT INTO warung.entries (room_id, seq, at_ms, author, json) SELECT id, 1, 0, 'u-1', " + json
                + " FROM warung.rooms WHERE name LIKE 'room-%'"
                + "; UPDATE warung.rooms SET head = " + (ROWS + 10) + ", n = " + (ROWS + 10) + " WHERE name = 'lobby'"
                + "; INSERT INTO warung.users (id, name, folded) SELECT 'u-' || i, 'Name ' || i, 'name ' || i" + many
                + "; INSERT INTO warung.members (room_id, user_id) SELECT id, 'u-' || id % 1000 FROM warung.rooms WHERE name LIKE 'room-%'"
                + "; INSERT INTO warung.members (room_id, user_id) SELECT (SELECT id FROM warung.rooms WHERE name = 'private'), 'u-' || i % 50 FROM generate_series(1, 50) i"
                + "; INSERT INTO warung.reads (room_id, user_id, seq, n, version) SELECT id, 'u-' || id % 1000, 1, 1, 1 FROM warung.rooms"
                + "; INSERT INTO warung.forgotten_reads (room_id, user_id, version) SELECT id, 'u-' || id % 1000, 1 FROM warung.rooms"
                + "; INSERT INTO warung.mentions (room_id, seq, user_id) SELECT id, 1, 'u-' || id % 1000 FROM warung.rooms"
                + "; INSERT INTO warung.edits (room_id, target, seq) SELECT (SELECT id FROM warung.rooms WHERE name = 'lobby'), i + 10, i + 11"
                + many
                + "; INSERT INTO warung.tombstones (room_id, seq, at_ms, author, post_id, text_hash) SELECT 1, i, i, 'u-1', 't-' || i, ''"
                + many
                + "; UPDATE warung.rooms SET buried = true WHERE name = 'lobby'"
                + "; INSERT INTO warung.ended_sign_ins (until_s, user_id, sign_in) SELECT 9999999999, 'u-' || i, 's'"
                + many
                + "; INSERT INTO warung.name_keys (key, user_id) SELECT 'name ' || i, 'u-' || i" + many);
        DATABASE.execute("ANALYZE");
    }

    @AfterAll
    static void close() {
        CONNECTIONS.close();
    }

    private static void does(String author, Command.Durable command) throws Exception {
        AppendResult result = storage.log()
                .append(List.of(Posted.of(author, command).request()))
                .get(0);
        assertThat(result).isNotInstanceOfAny(AppendResult.Failed.class, AppendResult.Denied.class);
    }

    /** Some can be done only once; looking whether they can is the same. */
    private static void tries(String author, Command.Durable command) throws Exception {
        assertThat(storage.log().append(List.of(Posted.of(author, command).request())))
                .doesNotHaveAnyElementsOfTypes(AppendResult.Failed.class);
    }

    private static Arguments of(String name, Action action) {
        return Arguments.of(name, action);
    }

    private static Stream<Arguments> actions() {
        return Stream.of(
                of("post", () -> tries("ana", new Command.Post("lobby", null, "hi"))),
                of("post with an id", () -> tries("ana", new Command.Post("lobby", "c-new", "hi"))),
                of("post once more", () -> tries("ana", new Command.Post("lobby", "first", "hi"))),
                of("post in a new room", () -> tries("ana", new Command.Post("quite-new", null, "hi"))),
                of(
                        "post with mentions",
                        () -> tries(
                                "ana", new Command.Post("lobby", null, "hi", 0, List.of("u-1", "u-2", "u-nobody")))),
                of("post in a room of members", () -> tries("ana", new Command.Post("private", null, "hi"))),
                of("edit", () -> tries("ana", new Command.Edit("lobby", null, 1, "there", List.of("u-3")))),
                of("delete", () -> tries("ana", new Command.Delete("lobby", null, 1))),
                of("add", () -> tries("ana", new Command.Add("private", null, "u-77"))),
                of("remove", () -> tries("ana", new Command.Remove("private", null, "u-77"))),
                of("create", () -> tries("ana", new Command.Create("other", null, Access.MEMBERS, ""))),
                of("change", () -> tries("ana", new Command.Change("other", null, "topic", null))),
                of("read", () -> tries("1", new Read("lobby", 500))),
                of("read to the end", () -> tries("2", new Read("lobby", Long.MAX_VALUE))),
                of("read no more", () -> tries("2", new Read("lobby", 0))),
                of("a new name", () -> storage.log()
                        .append(List.of(new id.warung.log.AppendRequest(
                                new TakeName("inbox.u-5"),
                                Posted.anybody(new User("u-5", "Another")),
                                List.of(),
                                Posted.saying("a", "b"))))),
                of("sign out", () -> tries("6", new EndSignIns("inbox.u-6", List.of("s"), 1, 9_999_999_999L))),
                of("sign out everywhere", () -> tries("6", new EndSignIns("inbox.u-6", List.of(), 1, 1))),
                of("state", () -> storage.log().state("lobby")),
                of("a page", () -> storage.log().read("lobby", 100, 50)),
                of("the latest page", () -> storage.log().readBefore("lobby", Long.MAX_VALUE, 50)),
                of("search", () -> storage.log().search("lobby", "hi", Long.MAX_VALUE, 20)),
                of("the first rooms of a user", () -> storage.directory().rooms("u-7", null, 30)),
                of("more rooms of a user", () -> {
                    String after = storage.directory().rooms("u-7", null, 30).next();
                    storage.directory().rooms("u-7", after, 30);
                }),
                of("the rooms of a stranger", () -> storage.directory().rooms(null, null, 30)),
                of("the directory by name", () -> {
                    String after = storage.directory()
                            .find(RoomSearch.of("", true), null, null, 30)
                            .next();
                    storage.directory().find(RoomSearch.of("", true), null, after, 30);
                }),
                of("the directory of a user by name", () -> storage.directory()
                        .find(RoomSearch.of("", true), "u-7", null, 30)),
                of("the directory by time", () -> {
                    String after = storage.directory()
                            .find(RoomSearch.of("", false), null, null, 30)
                            .next();
                    storage.directory().find(RoomSearch.of("", false), "u-7", after, 30);
                }),
                of("rooms in common", () -> storage.directory().inCommon("u-7", "u-8", 50)),
                of("the heads of what users are in", () -> storage.directory().heads(List.of("u-7", "u-8"), 100)),
                of("some rooms of users", () -> storage.directory()
                        .rooms(Map.of("u-7", List.of("lobby", "room-7"), "u-8", List.of("room-8")))),
                of("a room", () -> storage.directory().room(Posted.anybody(new User("u-8", "Name 8")), "lobby")),
                of("members", () -> storage.directory().members("private", null, 30)),
                of("people", () -> storage.directory().people("name 12", null, 30)),
                of("a person", () -> storage.directory().person("u-9")),
                of("accounts", () -> storage.directory().accounts(Set.of("u-9", "u-10"))),
                of("names in use", () -> storage.directory().takenKeys(Set.of("name 9", "nobody"))),
                of("the poll", () -> storage.versions(List.of("lobby", "room-5", "inbox.u-1", "nowhere"))),
                of("marks", () -> storage.readsSince(Map.of("inbox.u-11", 0L, "inbox.u-12", 5L))));
    }

    private static String scans() throws SQLException {
        return DATABASE.query(
                "SELECT string_agg(relname || ' ' || seq_scan, ', ' ORDER BY relname) FROM pg_stat_user_tables"
                        + " WHERE schemaname = 'warung' AND relname IN ('rooms', 'entries', 'users', 'members', 'reads', 'forgotten_reads', 'mentions',"
                        + " 'edits', 'tombstones', 'ended_sign_ins', 'name_keys')");
    }

    private static void publish() throws SQLException {
        try (Connection connection = CONNECTIONS.get();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("actions")
    void noLargeTableIsReadAsAWhole(String name, Action action) throws Exception {
        publish();
        String before = scans();
        for (int i = 0; i < 7; i++) { // from the sixth time on, a plan may be for any values
            action.run();
        }
        publish();
        assertThat(scans()).as(name).isEqualTo(before);
    }

    @Test
    void aTableThatIsReadAsAWholeIsNoticed() throws Exception {
        publish();
        String before = scans();
        try (Connection connection = CONNECTIONS.get();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT 1 FROM warung.users WHERE name = 'Name 5'"); // by which nobody looks
        }
        publish();
        assertThat(scans()).isNotEqualTo(before);
    }
}
