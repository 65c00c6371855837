package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Cluster;
import id.warung.kit.Figures;
import id.warung.kit.Nginx;
import id.warung.kit.PgBouncer;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What stands before the nodes and before the database: HAProxy and nginx that are restarted, and pgbouncer, which gives a connection for a transaction only. */
class ClusterFrontIT {
    private static final int CLIENTS = Scale.of(60, 500);
    private static final int STORM = Scale.of(150, 2_000);
    private static final int ACKED = Scale.of(500, 10_000);
    private static final long BACK_MS = 20_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static PostgresServer postgres;
    private static PgBouncer pooler;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.startedIn(folder.resolve("postgres"));
        pooler = PgBouncer.before(folder.resolve("pgbouncer"), postgres.port());
        cluster = Cluster.started(folder, pooler.url(), 2, "WARUNG_DB_LISTEN", postgres.url());
    }

    @AfterAll
    static void end() {
        cluster.close();
        pooler.close();
        postgres.close();
    }

    /** F24 */
    @Test
    void nobodyLosesAnythingWhenHaproxyIsRestartedOrNginxIsReloaded() {
        try (Nginx nginx = Nginx.before(folder.resolve("nginx"), cluster)) {
            interrupt("haproxy", cluster.proxy()::chat, CLIENTS, 4, () -> {
                cluster.proxy().stop();
                cluster.proxy().start();
            });
            interrupt("nginx", nginx::chat, CLIENTS, 4, nginx::reload);
        }
    }

    /** F15: everybody comes back at once. */
    @Test
    void everybodyIsBackSoonAfterAllConnectionsWereLostAtOnce() {
        long outageMs = interrupt("storm", cluster.proxy()::chat, STORM, 1, () -> {
            cluster.proxy().stop();
            cluster.proxy().start();
        });
        Figures.say("the last of " + STORM + " was back after", outageMs + " ms");
        assertThat(outageMs).isLessThan(Slowdown.millis(BACK_MS));
    }

    private static long interrupt(String name, Supplier<URI> chat, int clients, int roomCount, Runnable interruption) {
        Resting before = Resting.of(cluster.nodes());
        long outageMs = interrupted(name, chat, clients, roomCount, interruption);
        before.await();
        return outageMs;
    }

    private static long interrupted(
            String name, Supplier<URI> chat, int clients, int roomCount, Runnable interruption) {
        var rooms = IntStream.range(0, roomCount).mapToObj(i -> name + "-" + i).toList();
        try (Crowd crowd = new Crowd(chat, rooms, 4, clients - 4)) {
            History history = new History(cluster.node(0));
            crowd.startPosting();
            crowd.awaitAcked(ACKED / 4);
            crowd.takeLongestOutageMs();
            interruption.run();
            long begin = crowd.ledger().ackedCount();
            crowd.awaitAllLive();
            crowd.awaitAcked(begin + ACKED / 4);
            crowd.settle(history);
            crowd.verify(history);
            crowd.everybody().forEach(one -> assertThat(one.reading().resets()).isZero());
            return crowd.takeLongestOutageMs();
        }
    }

    /** What is set for a session, or prepared in it, is of another session in the next transaction: all connections of the nodes are few here. */
    @Test
    void throughAPoolerThatGivesAConnectionForATransactionEverythingWorks() {
        try (Crowd crowd = new Crowd(
                cluster.chatInTurn(),
                IntStream.range(0, 8).mapToObj(i -> "pooled-" + i).toList(),
                6,
                4)) {
            History history = new History(cluster.node(1));
            crowd.startPosting();
            crowd.awaitAcked(ACKED);
            crowd.settle(history);
            crowd.verify(history);
            assertThat(crowd.cutOffs()).isZero();
        }
        assertThat(Integer.parseInt(postgres.query("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = 'warung' AND backend_type = 'client backend' AND pid <> pg_backend_pid()")))
                .as("connections to the database: the pooler's, and one of each node that listens")
                .isLessThanOrEqualTo(PgBouncer.CONNECTIONS + 2);
    }
}
