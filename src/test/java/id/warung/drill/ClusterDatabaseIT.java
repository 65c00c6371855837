package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Cluster;
import id.warung.kit.Figures;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The database that nodes share dies, or stops for a while, under load. */
class ClusterDatabaseIT {
    private static final int ROUNDS = Scale.of(2, 10);
    private static final int ACKED_A_ROUND = Scale.of(600, 10_000);
    private static final long HEALED_MS = 10_000;
    private static final Duration FROZEN = Duration.ofSeconds(Scale.of(9, 30));
    private static final Duration STAYING = Duration.ofSeconds(9); // then clients are asked to leave

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static PostgresServer postgres;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.startedIn(folder.resolve("postgres"));
        cluster = Cluster.started(folder, postgres.url(), 2);
    }

    @AfterAll
    static void end() {
        cluster.close();
        postgres.close();
    }

    /** F4 */
    @Test
    void acknowledgedMessagesSurviveTheKillOfTheDatabaseWhichIsSaidAndHealsByItself() {
        Random random = new Random();
        try (Crowd crowd = new Crowd(cluster.proxy()::chat, rooms("killed"), 6, Scale.of(6, 194))) {
            History history = new History(cluster.node(0));
            for (int round = 0; round < ROUNDS; round++) {
                long begin = crowd.ledger().ackedCount();
                crowd.startPosting();
                crowd.awaitAcked(begin + ACKED_A_ROUND / 10 + random.nextInt(ACKED_A_ROUND * 6 / 10));
                int refusals = crowd.refusals("unavailable");
                postgres.kill();
                patiently().until(() -> crowd.refusals("unavailable") > refusals);
                long acked = crowd.awaitNoMoreAcks(); // others may still have one to read
                patiently().until(() -> history.health().containsKey("degraded"));
                assertThat(crowd.ledger().ackedCount())
                        .as("acknowledged without a database")
                        .isEqualTo(acked);
                postgres.start();
                long up = System.nanoTime();
                crowd.awaitAcked(acked + 1);
                crowd.awaitAllLive();
                long tookMs = (System.nanoTime() - up) / 1_000_000;
                Figures.say("round " + round, "healed " + tookMs + " ms after the database was back");
                assertThat(tookMs).isLessThan(Slowdown.millis(HEALED_MS));
                crowd.awaitAcked(begin + ACKED_A_ROUND);
                crowd.settle(history);
                crowd.verifyRound(List.of(history));
            }
            crowd.verify(history);
            neverReset(crowd);
            patiently().until(() -> !history.health().containsKey("degraded"));
        }
    }

    /** F5: no ack before the commit, connections live on, posts are refused soon, and what is in memory is read as ever. */
    @Test
    void aDatabaseThatStopsForAWhileDelaysOrRefusesPostsAndLosesNothing() {
        try (Crowd crowd = new Crowd(cluster.proxy()::chat, rooms("frozen"), 6, Scale.of(6, 194));
                Outage outage = new Outage(cluster.node(0))) {
            History history = new History(cluster.node(0));
            crowd.startPosting();
            crowd.awaitAcked(ACKED_A_ROUND / 4);
            int cutBefore = crowd.cutOffs();
            long thawAt = System.nanoTime() + FROZEN.toNanos();
            long leaveAt = System.nanoTime() + STAYING.toNanos();
            postgres.freeze();
            try {
                long acked = crowd.awaitNoMoreAcks();
                outage.until(Math.min(thawAt, leaveAt));
                patiently().until(() -> System.nanoTime() >= thawAt);
                assertThat(crowd.ledger().ackedCount())
                        .as("acknowledged without a commit")
                        .isEqualTo(acked);
                assertThat(crowd.cutOffs() - cutBefore)
                        .as("connections lost: none before 10 seconds, then one each at most")
                        .isLessThanOrEqualTo(
                                FROZEN.toSeconds() < 10 ? 0 : crowd.everybody().size());
            } finally {
                postgres.thaw();
            }
            long begin = crowd.ledger().ackedCount();
            crowd.awaitAcked(begin + ACKED_A_ROUND);
            crowd.settle(history);
            crowd.verify(history);
            neverReset(crowd);
            outage.verify();
        }
    }

    private static List<String> rooms(String prefix) {
        return IntStream.range(0, 4).mapToObj(i -> prefix + "-" + i).toList();
    }

    private static void neverReset(Crowd crowd) {
        crowd.everybody().forEach(one -> assertThat(
                        one.reading().resets() + one.reading().gaps())
                .as("resets and gaps of %s", one)
                .isZero());
    }
}
