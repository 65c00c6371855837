package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Cluster;
import id.warung.kit.Figures;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A rolling restart: each node in turn says goodbye, ends and starts again, while people talk. */
class ClusterRestartIT {
    private static final int PER_SECOND = Scale.of(50, 200);
    private static final int ROUNDS = Scale.of(1, 3);
    private static final long LIVE_AGAIN_MS = 5_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aRollingRestartLosesNothingDoublesNothingAndKeepsNobodyWaiting() {
        try (PostgresServer postgres = PostgresServer.startedIn(folder.resolve("postgres"));
                Cluster cluster = Cluster.started(folder, postgres.url(), 3);
                Crowd crowd = new Crowd(cluster.proxy()::chat, List.of("a", "b", "c", "d"), 8, Scale.of(12, 92))) {
            History history = new History(cluster.proxy());
            Runnable stopPosting = crowd.startPosting(PER_SECOND);
            try {
                crowd.awaitAcked(PER_SECOND);
                for (int round = 0; round < ROUNDS; round++) {
                    for (WarungProcess node : cluster.nodes()) {
                        crowd.takeLongestOutageMs();
                        node.stop();
                        crowd.awaitAllLive(); // without it
                        node.startAgain();
                        cluster.awaitReady();
                        crowd.awaitAcked(crowd.ledger().ackedCount() + PER_SECOND);
                        crowd.awaitAllLive();
                        long outageMs = crowd.takeLongestOutageMs();
                        Figures.say("the longest outage", outageMs + " ms");
                        assertThat(outageMs).isLessThan(Slowdown.millis(LIVE_AGAIN_MS));
                    }
                }
            } finally {
                stopPosting.run();
            }
            crowd.settle(history);
            crowd.verify(history);
            Figures.say(
                    "messages",
                    crowd.ledger().ackedCount() + " acknowledged, " + crowd.cutOffs() + " connections lost");
            assertThat(crowd.cutOffs())
                    .as("goodbyes")
                    .isGreaterThanOrEqualTo(crowd.everybody().size());
            crowd.everybody().forEach(one -> assertThat(
                            one.reading().resets() + one.reading().gaps())
                    .as("resets and gaps of %s", one)
                    .isZero());
        }
    }
}
