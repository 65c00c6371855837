package id.warung.log;

import static id.warung.log.MessageLogContract.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.kit.CommitProxy;
import id.warung.kit.Postgres;
import id.warung.kit.Scale;
import id.warung.log.postgres.Connections;
import id.warung.log.postgres.PostgresLog;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Read;
import id.warung.protocol.TakeName;
import id.warung.protocol.User;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a group costs, and what becomes of it when nodes write at once, stop, or lose their database. */
class PostgresGroupsTest {
    private final EntryCodec codec = new EntryCodec();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<AutoCloseable> open = new ArrayList<>();
    private PostgresLog log;

    @BeforeEach
    void begin() {
        log = over(PostgresTables.empty());
    }

    @AfterEach
    void end() throws Exception {
        threads.shutdownNow();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private PostgresLog over(Connections connections) {
        return PostgresLog.in(connections, codec, Clock.systemUTC());
    }

    private CommitProxy proxy() {
        CommitProxy proxy = new CommitProxy(Postgres.port());
        open.add(proxy);
        return proxy;
    }

    /** Over one connection, so that none is opened in the background, which would count. */
    private PostgresLog through(CommitProxy proxy) {
        String url = PostgresTables.database().url().replace(":" + Postgres.port() + "/", ":" + proxy.port() + "/")
                + "?sslmode=disable&gssEncMode=disable";
        Connections connections = Connections.to(url, Postgres.USER, null, 1);
        open.add(0, connections);
        return over(connections);
    }

    private static List<String> append(MessageLog log, Posted... posts) throws IOException {
        return MessageLogContract.append(log, posts);
    }

    private static Posted post(String author, String room, String id, String text, String... mentions) {
        return Posted.of(author, new Command.Post(room, id, text, 0, List.of(mentions)));
    }

    private static String query(String sql) throws SQLException {
        return PostgresTables.database().query(sql);
    }

    private static List<String> texts(MessageLog log, String room) throws IOException {
        EntryCodec codec = new EntryCodec();
        return log.read(room, 0, 10_000).entries().stream()
                .map(entry -> codec.textOf(entry.json()))
                .toList();
    }

    @Test
    void aGroupTakesTwoRoundTrips() throws Exception {
        append(log, Posted.saying("known", "x"), post("budi", "known", null, "x"), post("cici", "known", null, "x"));
        CommitProxy proxy = proxy();
        PostgresLog counted = through(proxy);
        append(counted, Posted.saying("warm", "x"));
        for (int i = 0; i < 20; i++) { // the driver changes its mind about a statement after a few times
            long before = proxy.trips();
            assertThat(append(
                            counted,
                            post("ana", "known", "c-" + i, "to @budi", "u-budi", "u-cici", "u-nobody"),
                            post("budi", "new-" + i, "c-" + i, "to @ana", "u-ana"),
                            post("new" + i, "known", null, "hi"),
                            post("ana", "new-" + i, null, "y")))
                    .doesNotContain("failed");
            assertThat(proxy.trips() - before).as("round trips of group " + i).isEqualTo(2);
        }
        long before = proxy.trips();
        counted.read("known", 0, 50);
        assertThat(proxy.trips() - before).as("round trips of a page").isLessThanOrEqualTo(2);
    }

    @Test
    void aRefusedCommandLeavesNoRoom() throws Exception {
        Principal mayNotCreate = new Principal(Posted.user("ana"), Set.of(Principal.Right.POST));
        AppendRequest refused = new AppendRequest(
                new Command.Post("secret", null, "x"), mayNotCreate, List.of(), Posted.saying("a", "b"));
        assertThat(said(log.append(List.of(refused)).get(0))).isEqualTo("no-such-room");
        assertThat(append(
                        log,
                        Posted.of("ana", new Command.Edit("nowhere", null, 1, "x")),
                        Posted.of("ana", new Command.Add("nowhere", null, "u-nobody")),
                        post("ana", "lobby", null, "hi", "u-nobody")))
                .containsExactly("no-such-message", "forbidden", "1");
        assertThat(query("SELECT string_agg(name, ',') FROM warung.rooms")).isEqualTo("lobby");
    }

    @Test
    void oneIdSentToTwoNodesAtOnceIsExecutedOnce() throws Exception {
        PostgresLog other = over(PostgresTables.connections());
        CyclicBarrier start = new CyclicBarrier(2);
        int races = Scale.of(100, 1_000);
        List<Future<List<String>>> both = new ArrayList<>();
        for (PostgresLog node : List.of(log, other)) {
            both.add(threads.submit(() -> {
                List<String> results = new ArrayList<>();
                for (int i = 0; i < races; i++) {
                    start.await();
                    results.addAll(append(node, post("ana", "room" + i % 7, "c-" + i, "hi")));
                }
                return results;
            }));
        }
        for (int i = 0; i < races; i++) {
            String seq = Integer.toString(i / 7 + 1);
            assertThat(List.of(both.get(0).get().get(i), both.get(1).get().get(i)))
                    .containsExactlyInAnyOrder(seq, "again " + seq);
        }
        assertThat(query("SELECT count(*) FROM warung.entries")).isEqualTo(Integer.toString(races));
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundAndNotRepeated() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        append(node, Posted.saying("lobby", "first"));

        proxy.loseCommits(1);
        assertThat(append(node, Posted.saying("lobby", "a"), post("budi", "kitchen", "c-1", "b")))
                .containsExactly("2", "1");
        proxy.loseCommits(2);
        assertThat(append(node, Posted.saying("lobby", "c"))).containsExactly("3");
        assertThat(texts(log, "lobby")).containsExactly("first", "a", "c");
        assertThat(texts(log, "kitchen")).containsExactly("b");
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundByAnyRoomThatIsNotTrimmedYet() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        append(node, Posted.saying("a", "first"), Posted.saying("b", "first"), Posted.saying("c", "first"));
        for (String trimmed : List.of("a", "b", "c")) {
            proxy.loseCommit(() -> trim(trimmed));
            assertThat(append(node, Posted.saying("a", "x"), Posted.saying("b", "y"), Posted.saying("c", "z")))
                    .as("without " + trimmed)
                    .doesNotContain("failed");
        }
        assertThat(
                        query(
                                "SELECT string_agg(name || head, ' ' ORDER BY name) FROM warung.rooms WHERE name IN ('a', 'b', 'c')"))
                .isEqualTo("a4 b4 c4");
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundIfItsEntryIsErased() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        proxy.loseCommit(() -> {
            try {
                assertThat(append(log, Posted.of("ana", new Command.Delete("lobby", null, 1))))
                        .containsExactly("2");
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        assertThat(append(node, post("ana", "lobby", null, "x"))).containsExactly("1");
        assertThat(texts(log, "lobby")).doesNotContain("x");
        assertThat(query("SELECT head FROM warung.rooms WHERE name = 'lobby'")).isEqualTo("2");
    }

    @Test
    void aGroupOfWhichNothingIsLeftIsNotWrittenTwice() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        append(node, Posted.saying("lobby", "first"));
        proxy.loseCommit(() -> trim("lobby"));
        assertThatThrownBy(() -> append(node, Posted.saying("lobby", "x"))).isInstanceOf(IOException.class);
        assertThat(query("SELECT head FROM warung.rooms WHERE name = 'lobby'")).isEqualTo("2");
    }

    /** As the retention of another node would. */
    private static void trim(String room) {
        try {
            PostgresTables.database()
                    .execute("DELETE FROM warung.entries WHERE room_id = (SELECT id FROM warung.rooms WHERE name = '"
                            + room + "'); UPDATE warung.rooms SET first = head + 1 WHERE name = '" + room + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whileTheDatabaseIsAwayALostAnswerIsLookedForWithLittleEffort() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        Connections connections = (Connections) open.get(0);
        append(node, Posted.saying("lobby", "first"));

        proxy.loseCommit(() -> connections.setAway(true));
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        assertThatThrownBy(() -> node.append(List.of(Posted.saying("lobby", "a").request())))
                .isInstanceOf(IOException.class);
        assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(1));
        connections.setAway(false);
        assertThat(texts(log, "lobby")).containsExactly("first", "a");
    }

    /** Others wait for the thread that waits for the answer. */
    @Test
    void whoWaitsForACommitOfADatabaseThatStopsWaitsOnce() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        append(node, Posted.saying("lobby", "first"));

        proxy.stopAtCommit();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> node.append(List.of(Posted.saying("lobby", "a").request())))
                .isInstanceOf(IOException.class);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
                .as("six seconds for the answer, one to look for it, and two to connect")
                .isBetween(5_500L, 10_000L);
        proxy.silence(false);
        assertThat(texts(log, "lobby")).containsExactly("first", "a");
    }

    @Test
    void aTransactionThatIsCutIsWrittenByAnother() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        append(node, Posted.saying("lobby", "first"));

        proxy.cutTransactions(1);
        assertThat(append(node, Posted.saying("lobby", "a"), Posted.saying("new", "b")))
                .containsExactly("2", "1");
        assertThat(texts(log, "lobby")).containsExactly("first", "a");
        assertThat(texts(log, "new")).containsExactly("b");
    }

    @Test
    void aConnectionThatDiedInThePoolCostsNothing() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog node = through(proxy);
        append(node, Posted.saying("lobby", "a"));
        proxy.cut(false);
        assertThat(append(node, Posted.saying("lobby", "b"))).containsExactly("2");
        proxy.cut(false);
        assertThat(node.state("lobby").head().seq()).isEqualTo(2);
    }

    @Test
    void aNodeThatStopsHoldsItsRoomsForTwoSecondsAndOthersWaitSoLong() throws Exception {
        CommitProxy proxy = proxy();
        PostgresLog stopping = through(proxy);
        append(stopping, Posted.saying("lobby", "first"));
        proxy.stopInTransaction();
        Future<List<String>> stopped = threads.submit(() -> append(stopping, Posted.saying("lobby", "from the dead")));
        Awaitility.await().until(() -> "1"
                .equals(query("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                        + " AND datname = current_database()")));

        long begin = System.nanoTime();
        assertThat(append(log, Posted.saying("elsewhere", "x"))).containsExactly("1");
        assertThat(System.nanoTime() - begin).as("another room").isLessThan(1_500_000_000L);
        assertThat(append(log, Posted.saying("lobby", "second"))).containsExactly("2");
        assertThat(System.nanoTime() - begin).as("the same room").isLessThan(4_000_000_000L);

        proxy.silence(false);
        try {
            assertThat(stopped.get()).containsExactly("3"); // tried again
        } catch (java.util.concurrent.ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class); // to be sent again
        }
        assertThat(texts(log, "lobby")).startsWith("first", "second").doesNotHaveDuplicates();
    }

    @Test
    void aRoomThatStaysLockedFailsAloneWithinSeconds() throws Exception {
        append(log, Posted.saying("lobby", "a"));
        try (Connection holder = PostgresTables.database().connect();
                Statement statement = holder.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("SELECT 1 FROM warung.rooms WHERE name = 'lobby' FOR UPDATE");
            assertThat(append(log, Posted.saying("lobby", "b"), Posted.saying("elsewhere", "c")))
                    .containsExactly("failed", "1");
            assertThat(append(log, Posted.saying("elsewhere", "c"))).containsExactly("2");
            statement.execute("ROLLBACK");
        }
        assertThat(append(log, Posted.saying("lobby", "d"))).containsExactly("2");
    }

    @Test
    void aNameThatAnotherNodeHasChangedIsChangedBackByThisOne() throws Exception {
        PostgresLog other = over(PostgresTables.connections());
        String name = "SELECT name FROM warung.users WHERE id = 'u-1'";
        for (String each : List.of("Ana", "Anna", "Ana")) {
            rename(each.equals("Ana") ? log : other, each);
            assertThat(query(name)).isEqualTo(each);
        }
    }

    private static long version(String room) throws SQLException {
        String version = query("SELECT version FROM warung.rooms WHERE name = '" + room + "'");
        return version == null ? 0 : Long.parseLong(version);
    }

    private static void takeName(MessageLog log, String name) throws IOException {
        log.append(List.of(new AppendRequest(
                new TakeName("inbox.u-1"), Posted.anybody(new User("u-1", name)), List.of(), Posted.saying("a", "b"))));
    }

    /** By it, other nodes see that there is something to look at. */
    @Test
    void theVersionOfAnInboxTellsWhatHasChangedAboutItsOwnerAndNothingElse() throws Exception {
        takeName(log, "Ana");
        assertThat(version("inbox.u-1")).isZero();
        takeName(log, "Anna");
        long renamed = version("inbox.u-1");
        assertThat(renamed).isPositive();
        takeName(log, "Anna");
        assertThat(version("inbox.u-1")).isEqualTo(renamed);

        append(log, Posted.saying("lobby", "a"), Posted.saying("lobby", "b"));
        append(log, Posted.of("1", new Read("lobby", 0)));
        assertThat(version("inbox.u-1")).as("nothing was read").isEqualTo(renamed);
        append(log, Posted.of("1", new Read("lobby", 2)));
        long read = version("inbox.u-1");
        assertThat(read).isGreaterThan(renamed);
        append(log, Posted.of("1", new Read("lobby", 1)));
        assertThat(version("inbox.u-1")).as("less was read before").isEqualTo(read);
        append(log, Posted.of("1", new Read("lobby", 0)));
        assertThat(version("inbox.u-1")).isGreaterThan(read);
    }

    private static void rename(MessageLog log, String name) throws IOException {
        log.append(List.of(new AppendRequest(
                new Command.Post("lobby", null, "x"),
                Posted.anybody(new User("u-1", name)),
                List.of(),
                Posted.saying("a", "b"))));
    }

    /** Posts with mentions, read marks, edits and deletions, in few rooms and by few users, from several nodes at once. */
    @Test
    void groupsOfSeveralNodesNeverWaitForEachOtherInACircle() throws Exception {
        List<PostgresLog> nodes = List.of(log, over(PostgresTables.connections()), over(PostgresTables.connections()));
        for (int user = 0; user < 5; user++) {
            append(log, post("u" + user, "room0", null, "hi"));
        }
        String deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        String before = query(deadlocks);
        int groups = Scale.of(60, 1_000);
        List<Callable<Integer>> all = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            PostgresLog node = nodes.get(thread % 3);
            Random random = new Random(4711L + thread);
            all.add(() -> {
                for (int i = 0; i < groups; i++) {
                    Posted[] some = new Posted[1 + random.nextInt(6)];
                    for (int j = 0; j < some.length; j++) {
                        some[j] = any(random);
                    }
                    List<AppendRequest> requests =
                            Stream.of(some).map(Posted::request).toList();
                    assertThat(node.append(requests)).noneMatch(AppendResult.Failed.class::isInstance);
                }
                return groups;
            });
        }
        for (Future<Integer> each : threads.invokeAll(all)) {
            assertThat(each.get()).isEqualTo(groups);
        }
        for (int room = 0; room < 4; room++) {
            List<Long> seqs = log.read("room" + room, 0, Integer.MAX_VALUE).entries().stream()
                    .map(Entry::seq)
                    .toList();
            assertThat(seqs)
                    .isEqualTo(LongStream.rangeClosed(1, seqs.size()).boxed().toList());
        }
        try (Connection fresh = PostgresTables.database().connect();
                Statement statement = fresh.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
        }
        assertThat(query(deadlocks)).isEqualTo(before);
    }

    private static Posted any(Random random) {
        String author = "u" + random.nextInt(5);
        String room = "room" + random.nextInt(4);
        return switch (random.nextInt(8)) {
            case 0, 1 -> Posted.of(author, new Read(room, random.nextInt(30)));
            case 2 ->
                Posted.of(author, new Command.Edit(room, null, 1 + random.nextInt(20), "edited", mentions(random)));
            case 3 -> Posted.of(author, new Command.Delete(room, null, 1 + random.nextInt(20)));
            default -> Posted.of(author, new Command.Post(room, null, "hi", 0, mentions(random)));
        };
    }

    private static List<String> mentions(Random random) {
        List<String> all = new ArrayList<>(List.of("u-u0", "u-u1", "u-u2", "u-u3", "u-u4"));
        java.util.Collections.shuffle(all, random);
        return all.subList(0, random.nextInt(4));
    }
}
