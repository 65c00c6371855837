package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Cluster;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.TcpProxy;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** F11: the primary dies for good under load, and a standby takes its place and its address. */
class ClusterStandbyIT {
    private static final int ACKED = Scale.of(600, 10_000);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aSynchronousStandbyHasEverythingAndGoesOnInTheSameEpoch() {
        failOver(true);
    }

    /** What was acknowledged may be missing: then positions mean other messages, so nobody may go on from theirs. */
    @Test
    void anAsynchronousStandbyBeginsANewEpoch() {
        failOver(false);
    }

    private void failOver(boolean synchronous) {
        try (PostgresServer primary = PostgresServer.startedIn(folder.resolve("primary"));
                PostgresServer standby = primary.startStandby(folder.resolve("standby"), synchronous);
                TcpProxy address = new TcpProxy(primary.port());
                Cluster cluster = Cluster.started(folder, PostgresServer.url(address.port()), 2);
                Crowd crowd = new Crowd(
                        cluster.proxy()::chat,
                        IntStream.range(0, 4).mapToObj(i -> "room-" + i).toList(),
                        6,
                        6)) {
            History history = new History(cluster.proxy());
            String before = history.page("room-0", "limit=1").epoch();
            crowd.startPosting();
            crowd.awaitAcked(ACKED);
            primary.kill();
            patiently().until(() -> crowd.refusals("unavailable") > 0);
            if (!synchronous) {
                crowd.awaitNoMoreAcks(); // of the old log
                crowd.rooms().forEach(crowd.ledger()::forget); // what is promised from now on is of the new log
            }
            standby.promote();
            address.leadTo(standby.port());
            long begin = crowd.ledger().ackedCount();
            crowd.awaitAcked(begin + ACKED / 2);
            crowd.settle(history);
            crowd.verify(history);
            String after = history.page("room-0", "limit=1").epoch();
            if (synchronous) {
                assertThat(after).isEqualTo(before);
            } else {
                assertThat(after).isNotEqualTo(before);
            }
            crowd.everybody().forEach(one -> assertThat(one.reading().resets())
                    .as("resets of %s", one)
                    .isEqualTo(synchronous ? 0 : crowd.rooms().size()));
        }
    }
}
