package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Postgres;
import id.warung.kit.Scale;
import id.warung.log.AppendRequest;
import id.warung.log.Posted;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the epoch changes, and that all nodes agree on it. */
class PostgresEpochTest {
    private final EntryCodec codec = new EntryCodec();
    private static final Postgres.Database DATABASE = Postgres.database();
    private static final Connections CONNECTIONS = Connections.to(DATABASE.url(), Postgres.USER, null, 8);

    private final List<Node> nodes = new ArrayList<>();

    /** A node's log, and how often it was told of a new epoch. */
    private final class Node {
        private final PostgresEpoch epoch = new PostgresEpoch(Schema.DURABLE);
        private final PostgresLog log = new PostgresLog(CONNECTIONS, Schema.DURABLE, epoch, codec, Clock.systemUTC());
        private final AtomicInteger changes = new AtomicInteger();

        Node() throws IOException {
            epoch.onChange(changes::incrementAndGet);
            log.checkEpoch();
        }

        void append(Posted... posts) throws IOException {
            List<AppendRequest> requests = new ArrayList<>();
            for (Posted post : posts) {
                requests.add(post.request());
            }
            log.append(requests);
        }
    }

    @BeforeAll
    static void makeTables() throws Exception {
        PostgresMigrations.run(CONNECTIONS);
    }

    @BeforeEach
    void begin() throws Exception {
        DATABASE.execute("TRUNCATE warung.rooms, warung.entries, warung.members");
        nodes.add(new Node());
        nodes.add(new Node());
    }

    @AfterAll
    static void close() {
        CONNECTIONS.close();
    }

    private void set(String key, String value) throws SQLException {
        DATABASE.execute("UPDATE warung.meta SET value = '" + value + "' WHERE key = '" + key + "'");
    }

    private String stored(String key) throws SQLException {
        return DATABASE.query("SELECT value FROM warung.meta WHERE key = '" + key + "'");
    }

    /** As after {@code pg_restore}. */
    private void putBack(String room, long head) throws SQLException {
        String its = "(SELECT id FROM warung.rooms WHERE name = '" + room + "')";
        DATABASE.execute("DELETE FROM warung.entries WHERE seq > " + head + " AND room_id = " + its
                + "; UPDATE warung.rooms SET head = " + head + " WHERE name = '" + room + "'");
    }

    private void assertOneNewEpoch(String before) throws SQLException {
        assertThat(stored("epoch")).isNotEqualTo(before);
        for (Node node : nodes) {
            assertThat(node.epoch.current()).isEqualTo(stored("epoch"));
            assertThat(node.changes).hasValue(1);
        }
    }

    /** The database's cluster and timeline as they were noted, whether it had a synchronous standby then, and whether the epoch is kept. */
    @ParameterizedTest
    @CsvSource({
        "same, same, true, true", //
        "same, same, false, true",
        "same, 000000FE, true, true",
        "same, 000000FE, false, false",
        "4711, same, true, false",
        "4711, 000000FE, true, false"
    })
    void theEpochIsKeptIfNothingThatWasAcknowledgedCanBeLost(
            String system, String timeline, boolean synchronous, boolean kept) throws Exception {
        String before = stored("epoch");
        String cluster = stored("cluster");
        String[] parts = cluster.split("/", -1);
        set(
                "cluster",
                (system.equals("same") ? parts[0] : system) + "/" + (timeline.equals("same") ? parts[1] : timeline));
        set("synchronous", Boolean.toString(synchronous));
        for (Node node : nodes) {
            node.log.checkEpoch();
        }
        assertThat(stored("cluster")).isEqualTo(cluster);
        assertThat(stored("synchronous")).isEqualTo("false");
        if (kept) {
            assertThat(stored("epoch")).isEqualTo(before);
            assertThat(nodes).allSatisfy(node -> assertThat(node.changes).hasValue(0));
        } else {
            assertOneNewEpoch(before);
        }
    }

    @Test
    void nodesThatNoticeItAtOnceAgreeOnOneNewEpoch() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier start = new CyclicBarrier(2);
        Set<String> all = new HashSet<>(Set.of(stored("epoch")));
        int rounds = Scale.of(30, 500);
        for (int round = 1; round <= rounds; round++) {
            set("cluster", "4711/00000001");
            List<Future<String>> both = new ArrayList<>();
            for (Node node : nodes) {
                both.add(threads.submit(() -> {
                    try (Connection connection = CONNECTIONS.get()) {
                        start.await();
                        node.epoch.check(connection);
                        return node.epoch.current();
                    }
                }));
            }
            assertThat(both.get(0).get()).isEqualTo(both.get(1).get()).isEqualTo(stored("epoch"));
            assertThat(all.add(stored("epoch"))).isTrue();
            for (Node node : nodes) {
                assertThat(node.changes).hasValue(round);
            }
        }
        threads.shutdown();
    }

    /** Also if the other one hears of it in the ordinary way, and had served as much. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aRoomThatEndsBeforeWhatWasServedBeginsOneNewEpoch(boolean checks) throws Exception {
        nodes.get(0).append(Posted.saying("lobby", "a"), Posted.saying("lobby", "b"), Posted.saying("lobby", "c"));
        for (Node node : nodes) {
            assertThat(node.log.read("lobby", 0, 10).head().seq()).isEqualTo(3);
        }
        String before = stored("epoch");
        putBack("lobby", 1);

        assertThat(nodes.get(0).log.state("lobby").head().epoch()).isNotEqualTo(before);
        if (checks) {
            nodes.get(1).log.checkEpoch();
        }
        assertThat(nodes.get(1).log.versions(Set.of("lobby")).get("lobby").head())
                .isEqualTo(1);
        assertOneNewEpoch(before);
        assertThat(nodes.get(1).log.read("lobby", 0, 10).entries()).hasSize(1);
    }

    /** Versions count anew where a copy was put back: the same version may have other members. */
    @Test
    void membersAreReadAgainInANewEpoch() throws Exception {
        Node node = nodes.get(0);
        node.append(
                Posted.of("ana", new Command.Create("private", null, Access.MEMBERS, "")),
                Posted.of("ana", new Command.Post("private", null, "x")));
        assertThat(node.log.state("private").members()).containsExactly("u-ana");
        putBack("private", 1);
        DATABASE.execute("UPDATE warung.members SET user_id = 'u-budi'");
        assertThat(node.log.state("private").members()).containsExactly("u-budi");
    }
}
