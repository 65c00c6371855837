package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Cluster;
import id.warung.kit.Figures;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that die, and nodes that stop for a while, one of three at a time, under load. */
class ClusterKillIT {
    private static final int ROUNDS = Scale.of(3, 20);
    private static final int ACKED_A_ROUND = Scale.of(600, 10_000);
    private static final int RACES = Scale.of(150, 1_000);
    private static final long CUT_OFF_MS = 4_000;
    private static final Duration STOPPED = Duration.ofSeconds(Scale.of(1, 60)); // at least
    private static final long LIVE_AGAIN_MS = 5_000;

    private static final int CONNECTIONS = 16 + 2; // of a node, as docs/scaling.md says; one more asks
    private static final String CONNECTED =
            "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static PostgresServer postgres;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.startedIn(folder.resolve("postgres"));
        cluster = Cluster.started(folder, postgres.url(), 3);
    }

    @AfterAll
    static void end() {
        cluster.close();
        postgres.close();
    }

    /** F1 */
    @Test
    void acknowledgedOrSeenMessagesSurviveTheKillOfAnyNodeAndClientsAreLiveAgainSoon() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Figures.say("seed", String.valueOf(seed));
        try (Crowd crowd = new Crowd(cluster.proxy()::chat, rooms("killed", Scale.of(5, 20)), 6, Scale.of(12, 194))) {
            History history = new History(cluster.proxy());
            List<History> everyNode = cluster.nodes().stream().map(History::new).toList();
            int cutOff = 0;
            for (int round = 0; round < ROUNDS; round++) {
                WarungProcess node = cluster.node(round % 3);
                long begin = crowd.ledger().ackedCount();
                crowd.takeLongestOutageMs();
                crowd.startPosting();
                crowd.awaitAcked(begin + ACKED_A_ROUND / 10 + random.nextInt(ACKED_A_ROUND * 6 / 10));
                if (round == 0) {
                    assertThat(Integer.parseInt(postgres.query(CONNECTED))).isBetween(4, 3 * CONNECTIONS + 1);
                }
                int cutBefore = crowd.cutOffs();
                node.kill();
                cutOff += crowd.waiting();
                WarungProcess.patiently().until(() -> crowd.cutOffs() > cutBefore);
                crowd.awaitAllLive(); // while the node is away
                crowd.awaitAcked(begin + ACKED_A_ROUND);
                node.startAgain();
                crowd.settle(history);
                long outageMs = crowd.takeLongestOutageMs();
                Figures.say(
                        "round " + round,
                        "the longest outage was of " + outageMs + " ms; "
                                + crowd.ledger().ackedCount() + " acknowledged of "
                                + crowd.ledger().sentCount());
                assertThat(outageMs).isLessThan(Slowdown.millis(LIVE_AGAIN_MS));
                cluster.awaitReady(); // who has just started reads nothing before it has the database
                crowd.verifyRound(everyNode);
            }
            everyNodeReadsTheSame(crowd.rooms(), crowd.verify(history));
            assertThat(cutOff).as("posts on their way at a kill").isPositive();
            nobodyWasReset(crowd);
        }
    }

    /** F10: nothing that a node wrote before it was stopped is written again later, and nothing that it knew is believed. */
    @Test
    void aNodeThatStopsForAWhileLosesItsClientsToTheOthersAndWritesNothingStale() {
        try (Crowd crowd = new Crowd(cluster.proxy()::chat, rooms("stopped", 4), 6, 6)) {
            History history = new History(cluster.proxy());
            crowd.startPosting();
            crowd.awaitAcked(ACKED_A_ROUND / 4);
            int cutBefore = crowd.cutOffs();
            long frozen = System.nanoTime();
            long thawAt = System.nanoTime() + STOPPED.toNanos();
            cluster.node(0).freeze();
            try {
                WarungProcess.patiently().until(() -> crowd.cutOffs() > cutBefore);
                assertThat((System.nanoTime() - frozen) / 1_000_000)
                        .as("until HAProxy cuts it off")
                        .isLessThan(Slowdown.millis(CUT_OFF_MS));
                crowd.awaitAllLive();
                long begin = crowd.ledger().ackedCount();
                crowd.awaitAcked(begin + ACKED_A_ROUND); // rooms that it had locked are free again
                WarungProcess.patiently().atMost(STOPPED.multipliedBy(2)).until(() -> System.nanoTime() >= thawAt);
            } finally {
                cluster.node(0).thaw();
            }
            cluster.awaitReady();
            long begin = crowd.ledger().ackedCount();
            crowd.awaitAcked(begin + ACKED_A_ROUND / 4);
            crowd.settle(history);
            everyNodeReadsTheSame(crowd.rooms(), crowd.verify(history));
            nobodyWasReset(crowd);
        }
    }

    /** F18 */
    @Test
    void onePostOverTwoNodesAtOnceIsOneEntryAndOfTwoTextsOneIsRefused() {
        String room = "races";
        try (Person here = Person.connect(cluster.node(0).chat());
                Person there = Person.connect(cluster.node(1).chat())) {
            there.helloAgain(here.hello("Racer").getString("token"));
            here.join(room, "\"last\":0");
            there.join(room, "\"last\":0");
            Set<Integer> seqs = new HashSet<>();
            for (int race = 0; race < RACES; race++) {
                boolean same = race % 3 != 0;
                here.say(Person.postFrame(room, "said here", "\"id\":\"r-" + race + "\""));
                there.say(Person.postFrame(room, same ? "said here" : "said there", "\"id\":\"r-" + race + "\""));
                List<Integer> acked = new ArrayList<>();
                int refused = 0;
                for (Person one : List.of(here, there)) {
                    JsonObject answer = answer(one, "r-" + race);
                    if (answer.getString("type").equals("ack")) {
                        acked.add(answer.getInt("seq"));
                    } else {
                        assertThat(answer.getString("code")).isEqualTo("id-conflict");
                        refused++;
                    }
                }
                assertThat(refused).as("refused in race %s", race).isEqualTo(same ? 0 : 1);
                assertThat(Set.copyOf(acked)).as("the seqs of race %s", race).hasSize(1);
                seqs.addAll(acked);
            }
            assertThat(seqs).hasSize(RACES);
            RoomLog log = new History(cluster.node(2)).read(room);
            assertThat(log.head()).as("no seq was burned").isEqualTo(RACES);
        }
    }

    private static JsonObject answer(Person person, String id) {
        while (true) {
            JsonObject event = person.next();
            boolean answers = Set.of("ack", "error").contains(event.getString("type"));
            if (answers && event.getString("id", "").equals(id)) {
                return event;
            }
            assertThat(event.getString("type")).as("%s", event).isIn("message", "roster");
        }
    }

    private static List<String> rooms(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static void everyNodeReadsTheSame(List<String> rooms, Map<String, RoomLog> logs) {
        for (WarungProcess node : cluster.nodes()) {
            assertThat(new History(node).read(rooms)).isEqualTo(logs);
        }
    }

    private static void nobodyWasReset(Crowd crowd) {
        crowd.everybody().forEach(one -> assertThat(
                        one.reading().resets() + one.reading().gaps())
                .as("resets and gaps of %s", one)
                .isZero());
    }
}
