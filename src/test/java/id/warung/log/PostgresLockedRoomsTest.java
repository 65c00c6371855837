package id.warung.log;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.Postgres;
import id.warung.log.postgres.Connections;
import id.warung.log.postgres.PostgresLog;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.React;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A room that somebody at the database has locked delays no other room, also of those that the same thread writes. Its posts wait for three
 * seconds: what is checked while they do is polled often.
 */
class PostgresLockedRoomsTest {
    private final ExecutorService writing = Executors.newFixedThreadPool(1);
    private final ExecutorService waiting = Executors.newFixedThreadPool(1);
    private PostgresLog log;
    private Committers committers;

    @BeforeEach
    void begin() throws Exception {
        log = PostgresLog.in(PostgresTables.empty(), new EntryCodec(), Clock.systemUTC());
        committers = new Committers(1, log, List::of, writing, waiting);
        MessageLogContract.append(log, Posted.saying("lobby", "first"), post("budi", "kitchen", "first"));
    }

    @AfterEach
    void end() {
        writing.shutdownNow();
        waiting.shutdownNow();
    }

    private static Posted post(String author, String room, String text, String... mentions) {
        return Posted.of(author, new Command.Post(room, null, text, 0, List.of(mentions)));
    }

    private Posted offer(Posted posted) {
        committers.offer(posted.request());
        return posted;
    }

    private static List<Object> texts(MessageLog log, String room) throws Exception {
        EntryCodec codec = new EntryCodec();
        List<Object> texts = new ArrayList<>();
        log.read(room, 0, 10_000).entries().forEach(entry -> texts.add(codec.textOf(entry.json())));
        return texts;
    }

    @FunctionalInterface
    private interface Locking {
        void run(Connection holder) throws Exception;
    }

    private static void with(String lock, Locking what) throws Exception {
        try (Connection holder = PostgresTables.database().connect();
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN");
            statement.execute(lock);
            what.run(holder);
        }
    }

    private static void release(Connection holder) throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute("ROLLBACK");
        }
    }

    @Test
    void itsPostsComeInTheirOrderWhenItIsFreeAndOthersAreNotDelayed() throws Exception {
        with("SELECT 1 FROM warung.rooms WHERE name = 'lobby' FOR UPDATE", holder -> {
            List<Posted> locked = new ArrayList<>();
            for (int i = 0; i < 500; i++) { // more than one group has, so that they would fill all
                locked.add(offer(post("u" + i % 50, "lobby", Integer.toString(i))));
            }
            for (int i = 0; i < 4; i++) { // in less time than posts wait for a locked room
                Posted other = offer(post("ana", "room-" + i, "x"));
                offer(post("ana", "lobby", Integer.toString(500 + i)));
                patiently().until(() -> other.result() != null);
                assertThat(other.result()).isInstanceOf(AppendResult.Committed.class);
            }
            assertThat(locked).allMatch(posted -> posted.result() == null);
            assertThat(committers.trouble()).isNull();
            release(holder);
        });
        assertThat(committers.awaitIdle(Duration.ofSeconds(10))).isTrue();
        Posted last = offer(post("ana", "lobby", "last"));
        await().until(() -> last.result() instanceof AppendResult.Committed);
        List<Object> texts = texts(log, "lobby");
        assertThat(texts).hasSize(506).startsWith("first").endsWith("last").doesNotHaveDuplicates();
        for (int user = 0; user < 50; user++) { // authors take turns
            int its = user;
            assertThat(texts.stream().filter(text -> of(text, 0, 500) && Integer.parseInt((String) text) % 50 == its))
                    .containsExactlyElementsOf(IntStream.range(0, 10)
                            .mapToObj(n -> "" + (n * 50 + its))
                            .toList());
        }
        assertThat(texts.stream().filter(text -> of(text, 500, 504)))
                .containsExactlyElementsOf(
                        IntStream.range(500, 504).mapToObj(Integer::toString).toList());
    }

    private static boolean of(Object text, int from, int to) {
        return ((String) text).matches("[0-9]+")
                && Integer.parseInt((String) text) >= from
                && Integer.parseInt((String) text) < to;
    }

    /** What is locked, in which room posts are refused, and in which they are written. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    SELECT 1 FROM warung.rooms WHERE name = 'lobby' FOR UPDATE    | lobby   | new
                    SELECT 1 FROM warung.rooms WHERE name = 'inbox.u-budi' FOR UPDATE | garden  | lobby
                    INSERT INTO warung.rooms (name) VALUES ('new')                | new     | lobby
                    """)
    void whatStaysLockedIsRefusedAloneAndIsNoTrouble(String lock, String refused, String written) throws Exception {
        MessageLogContract.append(log, post("ana", "kitchen", "hi", "u-budi")); // makes the inbox
        with(lock, holder -> {
            Posted one = offer(
                    post("ana", refused, "x", refused.equals("garden") ? new String[] {"u-budi"} : new String[0]));
            Posted other = offer(post("cici", written, "y"));
            patiently().until(() -> other.result() instanceof AppendResult.Committed);
            assertThat(one.result()).as("it still waits").isNull();
            await().atMost(Duration.ofSeconds(20)).until(() -> one.result() != null);
            assertThat(one.result()).isEqualTo(new AppendResult.Failed());
            assertThat(committers.trouble()).isNull();
            release(holder);
        });
        Posted again = offer(post("ana", refused, "x"));
        await().until(() -> again.result() instanceof AppendResult.Committed);
    }

    /** Inboxes are locked after all other rooms, and in one order: later ones would be out of it. */
    @ParameterizedTest
    @ValueSource(longs = {2, 3, Long.MAX_VALUE})
    void aReplyToAMessageThatIsNotThereLocksNobodysInbox(long replyTo) throws Exception {
        MessageLogContract.append(log, post("ana", "kitchen", "hi", "u-budi")); // makes the inbox
        with("SELECT 1 FROM warung.rooms WHERE name = 'inbox.u-budi' FOR UPDATE", holder -> {
            AppendRequest reply = Posted.of("ana", new Command.Post("lobby", null, "x", replyTo, List.of()))
                    .request();
            AppendRequest other = post("budi", "garden", "y").request();
            assertThat(log.appendUnlocked(List.of(reply, other)))
                    .extracting(MessageLogContract::said)
                    .containsExactly("no-such-message", "1");
        });
    }

    /** The author is known only in the database. */
    @Test
    void aLockedInboxOfAnAuthorHoldsUpOnlyWhatAnswersOrReactsToThem() throws Exception {
        MessageLogContract.append(log, post("budi", "garden", "x"), post("ana", "garden", "y"));
        MessageLogContract.append(log, post("ana", "kitchen", "hi", "u-budi")); // makes the inbox
        with("SELECT 1 FROM warung.rooms WHERE name = 'inbox.u-budi' FOR UPDATE", holder -> {
            for (Command.Durable command : List.of(
                    new Command.Post("garden", null, "z", 1, List.of()), new React("garden", null, 1, "🍵", true))) {
                assertThat(log.appendUnlocked(List.of(
                                Posted.of("cici", command).request(),
                                post("cici", "lobby", "z").request())))
                        .as(command.type())
                        .satisfiesExactly(
                                result -> assertThat(result).isEqualTo(new AppendResult.Locked()),
                                result -> assertThat(result).isInstanceOf(AppendResult.Committed.class));
            }
            assertThat(log.appendUnlocked(List.of(Posted.of("cici", new Command.Post("garden", null, "z", 2, List.of()))
                            .request())))
                    .as("a reply to somebody else")
                    .allMatch(AppendResult.Committed.class::isInstance);
        });
    }

    /** What is locked, and a room that those who wait for it want to write as well. */
    @ParameterizedTest
    @CsvSource({"zoo, lobby", "inbox.u-budi, lobby", "inbox.u-budi, zoo"})
    void whoWaitsForALockedRoomLeavesOtherRoomsToOthers(String room, String another) throws Exception {
        MessageLogContract.append(log, post("ana", "zoo", "hi", "u-budi"));
        with("SELECT 1 FROM warung.rooms WHERE name = '" + room + "' FOR UPDATE", holder -> {
            List<AppendRequest> both = List.of(
                    post("ana", "lobby", "x").request(),
                    post("ana", "zoo", "x", "u-budi").request());
            Future<List<AppendResult>> patient = waiting.submit(() -> log.append(both));
            patiently().until(() -> !"0"
                    .equals(PostgresTables.database()
                            .query("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND datname = current_database()")));
            patiently()
                    .until(() -> log.appendUnlocked(
                                            List.of(post("cici", another, "y").request()))
                                    .get(0)
                            instanceof AppendResult.Committed);
            assertThat(patient.isDone()).isFalse();
            assertThat(patient.get())
                    .satisfiesExactly(
                            result -> assertThat(result).isInstanceOf(AppendResult.Committed.class),
                            result -> assertThat(result).isEqualTo(new AppendResult.Failed()));
            release(holder);
        });
        assertThat(texts(log, "lobby")).filteredOn("x"::equals).hasSize(1);
    }

    @Test
    void whatIsWrittenBeforeTheDatabaseGoesAwayIsNotReportedAsFailed() throws Exception {
        MessageLogContract.append(log, post("ana", "zoo", "hi"));
        try (Connections own = Connections.to(PostgresTables.database().url(), Postgres.USER, null, 2)) {
            PostgresLog node = PostgresLog.in(own, new EntryCodec(), Clock.systemUTC());
            with("SELECT 1 FROM warung.rooms WHERE name = 'zoo' FOR UPDATE", holder -> {
                List<AppendRequest> both = List.of(
                        post("ana", "lobby", "x").request(),
                        post("ana", "zoo", "x").request());
                Future<List<AppendResult>> patient = waiting.submit(() -> node.append(both));
                await().until(() -> texts(log, "lobby").contains("x"));
                own.setAway(true);
                assertThat(patient.get())
                        .satisfiesExactly(
                                result -> assertThat(result).isInstanceOf(AppendResult.Committed.class),
                                result -> assertThat(result).isEqualTo(new AppendResult.Failed()));
            });
        }
    }
}
