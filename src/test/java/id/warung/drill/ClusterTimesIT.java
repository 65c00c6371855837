package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Cluster;
import id.warung.kit.PostgresServer;
import id.warung.kit.Slowdown;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The times that docs/deploy.md promises of several nodes. In full drills only, as most of it is waiting. */
class ClusterTimesIT {
    private static final int NO_DATABASE = 4006;
    private static final int PATIENCE_S = 10;
    private static final int CLIENTS = 6;

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

    private static void within(TestReporter report, String what, long since, long promisedMs) {
        long tookMs = (System.nanoTime() - since) / 1_000_000;
        report.publishEntry(what, tookMs + " ms");
        assertThat(tookMs).as(what).isLessThan(Slowdown.millis(promisedMs));
    }

    @Test
    void usersOfAnotherNodeComeAndTypeWithinThreeSecondsAndAreGoneWithinFifteenOfItsEnd(TestReporter report) {
        String room = Person.anyRoom();
        try (Person ana = Person.in(room, cluster.node(0).chat())) {
            awaitHere(ana, 1);
            long before = System.nanoTime();
            try (Person budi = Person.in(room, cluster.node(1).chat())) {
                awaitHere(ana, 2);
                within(report, "seen on the other node", before, 3_000);
                before = System.nanoTime();
                budi.types(room);
                assertThat(ana.next("typing").getJsonArray("users")).containsExactly(budi.user());
                within(report, "typing seen on the other node", before, 3_000);
                before = System.nanoTime();
                cluster.node(1).kill();
                awaitHere(ana, 1);
                within(report, "gone after the end of the node", before, 15_000);
            }
        } finally {
            cluster.node(1).startAgainIfNeeded();
            cluster.awaitReady();
        }
    }

    private static void awaitHere(Person reader, int count) {
        patiently().until(() -> reader.next("roster").getJsonArray("here").size() == count);
    }

    /** It is dead; while it only stands still, the clients of this test would have to answer pings for longer. */
    @ParameterizedTest
    @ValueSource(booleans = true)
    void aNodeSaysThatItsDatabaseIsAwayAndAsksItsClientsToLeaveAndRecoversInTime(boolean dead, TestReporter report) {
        String room = Person.anyRoom();
        WarungProcess node = cluster.node(0);
        List<Person> clients = Stream.generate(() -> Person.in(room, node.chat()))
                .limit(CLIENTS)
                .toList();
        try {
            clients.get(0).post(room, "before");
            clients.stream().skip(1).forEach(each -> each.next("message"));
            long away = System.nanoTime();
            if (dead) {
                postgres.kill();
            } else {
                postgres.freeze();
            }
            History health = new History(node);
            patiently().until(() -> health.health().getString("degraded", "").startsWith("The database"));
            within(report, "degraded", away, 5_000);
            assertThat(Cluster.status(node.http("health/ready"))).isEqualTo(200);

            long before = System.nanoTime();
            clients.get(0).isRefused("unavailable", "post", room, Person.field("text", "refused"));
            within(report, "refused", before, 500);
            patiently().until(() -> (System.nanoTime() - away) / 1_000_000_000 >= PATIENCE_S - 1);
            assertThat(clients).as("nobody is asked to leave yet").noneMatch(each -> each.heard().stream()
                    .anyMatch(event -> event.getString("type").equals("bye")));

            for (Person each : clients) {
                JsonObject bye = bye(each);
                assertThat(bye.getInt("code")).isEqualTo(NO_DATABASE);
                assertThat(bye.getInt("reconnectAfterMs")).isPositive();
            }
            within(report, "all asked to leave", away, 45_000);
        } finally {
            clients.forEach(Person::close);
            if (dead) {
                postgres.start();
            } else {
                postgres.thaw();
            }
        }
        long back = System.nanoTime();
        patiently()
                .until(() ->
                        !new History(node).health().getString("degraded", "").startsWith("The database"));
        within(report, "back", back, 3_000);
        patiently().until(() -> !new History(node).health().containsKey("degraded"));
        within(report, "with hints", back, 15_000);
        cluster.awaitReady();
    }

    /** Which may take longer than anything else that a client waits for. */
    private static JsonObject bye(Person client) {
        AtomicReference<JsonObject> bye = new AtomicReference<>();
        patiently()
                .ignoreExceptionsMatching(silence -> silence.getMessage().contains("a frame from the server"))
                .until(() -> {
                    bye.set(client.skipTo("bye"));
                    return true;
                });
        return bye.get();
    }

    @Test
    void afterNewEpochClientsLoadTheirRoomsAgainWithinTenSeconds(TestReporter report) {
        String room = Person.anyRoom();
        try (WarungProcess command = new WarungProcess(folder.resolve("command"));
                Person ana = Person.in(room, cluster.node(0).chat())) {
            String epoch = new History(cluster.node(1)).page(room, "limit=1").epoch();
            int exit = command.launch("new-epoch", "--db", postgres.url()).exitCode();
            long before = System.nanoTime();
            assertThat(exit).isZero();
            assertThat(ana.closeCode())
                    .as("a code after which clients come back")
                    .isBetween(4000, 4499);
            within(report, "told to begin anew", before, 12_000);
            patiently()
                    .until(() -> !epoch.equals(
                            new History(cluster.node(1)).page(room, "limit=1").epoch()));
            within(report, "anew on the other node", before, 12_000);
        }
    }
}
