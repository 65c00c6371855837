package id.warung.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.Postgres;
import id.warung.kit.Scale;
import id.warung.log.Hints;
import id.warung.room.Room;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes over one database: how soon, and how surely, each reads what the other writes. */
class NodesOverPostgresTest {
    private static final System.Logger LOG = System.getLogger(NodesOverPostgresTest.class.getName());

    private final Postgres.Database database = Postgres.database();
    private final List<PostgresNode> nodes = new ArrayList<>();

    private PostgresNode node(boolean listens, UnaryOperator<Hints> faults) throws Exception {
        PostgresNode node = new PostgresNode(database.url(), listens, faults);
        nodes.add(node);
        return node;
    }

    @AfterEach
    void closes() throws Exception {
        for (PostgresNode node : nodes) {
            node.close();
        }
    }

    /** The milliseconds from the commit on one node to a reader on the other, in order. */
    private static List<Double> delaysMs(PostgresNode from, Room room, Listening reader, int count, int pauseMs)
            throws Exception {
        List<Double> delays = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            String text = "message " + n;
            long committed = from.post(room, null, text)
                    .thenApply(seq -> System.nanoTime())
                    .get(10, TimeUnit.SECONDS);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(pauseMs))
                    .until(() -> reader.atNanos(text) != null);
            delays.add(Math.max(0, reader.atNanos(text) - committed) / 1e6);
        }
        Collections.sort(delays);
        return delays;
    }

    private static String summary(List<Double> delays) {
        return "p50 %.1f ms, p95 %.1f ms, most %.1f ms"
                .formatted(
                        delays.get(delays.size() / 2),
                        delays.get(delays.size() * 95 / 100),
                        delays.get(delays.size() - 1));
    }

    @Test
    void aHintTakesMilliseconds() throws Exception {
        PostgresNode one = node(true, hints -> hints);
        PostgresNode other = node(true, hints -> hints);
        Listening reader = new Listening(other.open("lobby"));
        Room room = one.open("lobby");
        delaysMs(one, room, reader, 20, 15); // until everything is compiled and connected
        List<Double> delays = delaysMs(one, room, reader, Scale.of(100, 1_000), 15);
        LOG.log(System.Logger.Level.INFO, "A hint between nodes: " + summary(delays));

        assertThat(delays.get(delays.size() / 2)).isLessThan(Scale.of(250, 5)); // others use this machine in small runs
    }

    @Test
    void withoutHintsEverythingComesWithinASecondOrSo() throws Exception {
        PostgresNode one = node(true, hints -> hints);
        PostgresNode other = node(false, hints -> hints);
        Listening reader = new Listening(other.open("lobby"));
        Room room = one.open("lobby");
        List<Double> delays = delaysMs(one, room, reader, Scale.of(4, 60), 10);
        LOG.log(System.Logger.Level.INFO, "Looking without hints: " + summary(delays));

        assertThat(delays.get(delays.size() - 1)).isLessThan(2_500);
        assertThat(other.trouble()).isNull();
    }

    /** Posts from both nodes while hints are lost, doubled and late, and then not sent at all. */
    @Test
    void everybodyReadsTheSameThoughHintsFail() throws Exception {
        List<FaultyHints> faulty = new ArrayList<>();
        UnaryOperator<Hints> faults = hints -> {
            faulty.add(new FaultyHints(hints));
            return faulty.get(faulty.size() - 1);
        };
        PostgresNode one = node(true, faults);
        PostgresNode other = node(true, faults);
        List<String> names = List.of("lobby", "kitchen", "garden");
        List<Listening> readers = new ArrayList<>();
        for (String name : names) {
            readers.add(new Listening(one.open(name)));
            readers.add(new Listening(other.open(name)));
        }
        int count = Scale.of(600, 10_000);
        Random random = new Random(6);
        List<CompletableFuture<Long>> posts = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            if (n == count * 3 / 4) {
                faulty.forEach(FaultyHints::turnOff);
            }
            PostgresNode node = random.nextBoolean() ? one : other;
            posts.add(node.post(node.open(names.get(n % 3)), "c-" + n, "text " + n));
            if (n % 50 == 49) {
                CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
            }
        }
        CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);

        List<Long> all = LongStream.rangeClosed(1, count / 3).boxed().toList();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.seqs()).isEqualTo(all)));
    }

    private long walBytes() throws SQLException {
        return number("SELECT (pg_current_wal_insert_lsn() - '0/0')::bigint");
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(database.query(sql));
    }

    @Test
    void nothingIsWrittenWhileNothingHappens() throws Exception {
        PostgresNode one = node(true, hints -> hints);
        PostgresNode other = node(true, hints -> hints);
        List<Listening> readers = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            Room room = one.open("room-" + n);
            readers.add(new Listening(room));
            readers.add(new Listening(other.open("room-" + n)));
            one.post(room, null, "hi").get(10, TimeUnit.SECONDS);
        }
        await().untilAsserted(() -> assertThat(readers)
                .allSatisfy(reader -> assertThat(reader.seqs()).containsExactly(1L)));
        Duration window = Duration.ofSeconds(Scale.of(3, 30));
        await().atMost(Duration.ofMinutes(5)).until(() -> {
            long before = walBytes();
            await().pollDelay(window).atMost(window.multipliedBy(2)).until(() -> true);
            long written = walBytes() - before; // what follows from the posts, such as vacuuming, may take a while
            LOG.log(System.Logger.Level.INFO, "Two idle nodes: " + written + " bytes of WAL in " + window);
            return written == 0;
        });
    }
}
