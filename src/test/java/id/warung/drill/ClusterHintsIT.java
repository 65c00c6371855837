package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Cluster;
import id.warung.kit.Figures;
import id.warung.kit.HintProxy;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F6: hints between nodes that are lost, come twice, come late, or do not come at all. */
class ClusterHintsIT {
    private static final int SPOILED_PERCENT = 20;
    private static final int ACKED = Scale.of(1_000, 10_000);
    private static final int UNANNOUNCED = Scale.of(5, 60);
    private static final long POLL_MS = 1_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void hintsThatAreLostDoubledOrSwappedCostAtMostAPoll() {
        try (PostgresServer postgres = PostgresServer.startedIn(folder.resolve("postgres"));
                HintProxy hints = new HintProxy(postgres.port());
                Cluster cluster = Cluster.started(
                        folder, postgres.url(), 2, "WARUNG_DB_LISTEN", PostgresServer.url(hints.port()))) {
            assertThat(hints.connections()).as("nodes that listen").isGreaterThanOrEqualTo(2);
            try (Crowd crowd = new Crowd(cluster.chatInTurn(), 4, 4, 6)) {
                hints.spoil(SPOILED_PERCENT);
                crowd.startPosting();
                crowd.awaitAcked(ACKED);
                History history = new History(cluster.node(0));
                crowd.settle(history);
                crowd.verify(history);
                assertThat(hints.seen())
                        .as("hints, of which a part was spoiled")
                        .isPositive();
                assertThat(crowd.cutOffs()).isZero();
            }
            hints.spoil(0);
            try (Person here = Person.in("off", cluster.node(0).chat());
                    Person there = Person.in("off", cluster.node(1).chat())) {
                here.post("off", "announced"); // the room is served by both
                there.skipTo("message");
                hints.loseAll(true);
                Figures.say("longest ms without hints", String.valueOf(longestMs(here, there, "lost")));
                hints.loseAll(false);
                hints.silence(true);
                Figures.say("longest ms in silence", String.valueOf(longestMs(here, there, "silent")));
                hints.silence(false);
                hints.cut(true);
                Figures.say("longest ms without a line", String.valueOf(longestMs(here, there, "cut")));
                hints.cut(false);
                long before = hints.seen();
                WarungProcess.patiently().until(() -> {
                    here.post("off", "once more");
                    there.skipTo("message");
                    return hints.seen() > before; // it listens again by itself
                });
            }
        }
    }

    /** How long a message takes at most from one node to the other. */
    private static long longestMs(Person here, Person there, String text) {
        long longest = 0;
        for (int i = 0; i < UNANNOUNCED; i++) {
            here.post("off", text + i);
            long begin = System.nanoTime();
            assertThat(there.skipTo("message").getString("text")).isEqualTo(text + i);
            longest = Math.max(longest, (System.nanoTime() - begin) / 1_000_000);
        }
        assertThat(longest).isLessThan(Slowdown.millis(POLL_MS * 3 / 2));
        return longest;
    }

    /** With {@code none} there is no listening at all. */
    @Test
    void nodesThatOnlyPollServeOneRoomTogether() {
        try (PostgresServer postgres = PostgresServer.startedIn(folder.resolve("postgres"));
                Cluster cluster = Cluster.started(folder, postgres.url(), 2, "WARUNG_DB_LISTEN", "none");
                Crowd crowd = new Crowd(cluster.chatInTurn(), List.of("polled"), 2, 2)) {
            crowd.startPosting();
            crowd.awaitAcked(ACKED / 5);
            History history = new History(cluster.node(1));
            crowd.settle(history);
            crowd.verify(history);
            assertThat(postgres.query("SELECT count(*) FROM pg_stat_activity WHERE query ILIKE 'LISTEN%'"))
                    .isEqualTo("0");
        }
    }
}
