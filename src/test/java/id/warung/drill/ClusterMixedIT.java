package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.AppServer;
import id.warung.kit.AppServer.Kind;
import id.warung.kit.Cluster;
import id.warung.kit.Node;
import id.warung.kit.PostgresServer;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Nodes on different servers, and one on its own, over one database: all that holds between nodes holds between these. In full drills only. */
class ClusterMixedIT {
    private static final int SENDERS = 8;
    private static final int READERS = 8;
    private static final int ACKED = 1_000;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static PostgresServer postgres;
    private static final List<AppServer> SERVERS = new ArrayList<>();
    private static WarungProcess alone;
    private static List<Node> nodes;

    @BeforeAll
    static void start() {
        postgres = PostgresServer.startedIn(folder.resolve("postgres"));
        Stream.of(Kind.values())
                .map(kind -> new AppServer(kind, folder.resolve(kind.name()))
                        .with("WARUNG_DB", postgres.url())
                        .with("WARUNG_MAX_LAG_ENTRIES", "2000000000")
                        .with("WARUNG_MAX_CONNECTIONS_PER_ADDRESS", "0")
                        .deployAtRoot())
                .forEach(SERVERS::add);
        SERVERS.forEach(AppServer::start);
        alone = new WarungProcess(folder.resolve("alone"))
                .with("WARUNG_DB", postgres.url())
                .with("WARUNG_MAX_LAG_ENTRIES", "2000000000")
                .with("WARUNG_MAX_CONNECTIONS_PER_ADDRESS", "0")
                .start();
        SERVERS.forEach(server -> server.awaitReady(""));
        nodes = Stream.<Node>concat(SERVERS.stream(), Stream.of(alone)).toList();
        awaitAllReady();
    }

    @AfterAll
    static void end() {
        SERVERS.forEach(AppServer::close);
        if (alone != null) {
            alone.close();
        }
        postgres.close();
    }

    private static void awaitAllReady() {
        nodes.forEach(node -> patiently().until(() -> Cluster.status(node.http("health/ready")) == 200));
    }

    /** The address of each node that runs, in turn. */
    private static URI inTurn(AtomicInteger turn) {
        return IntStream.range(0, nodes.size())
                .mapToObj(i -> nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()))
                        .chat())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Test
    void everybodySeesOneRoomInOneOrderOnceWhileNodesAreKilledAndRenewedInTurn(TestReporter report) {
        AtomicInteger turn = new AtomicInteger();
        String room = "one-for-all";
        try (Crowd crowd = new Crowd(() -> inTurn(turn), List.of(room), SENDERS, READERS)) {
            crowd.startPosting();
            crowd.awaitAcked(ACKED);
            for (Node node : nodes) {
                killed(node, crowd);
            }
            for (Node node : nodes) {
                renewed(node, crowd);
            }
            crowd.settle(new History(alone));
            Map<String, RoomLog> logs = crowd.verify(new History(alone));
            for (Node node : nodes) {
                assertThat(new History(node).read(crowd.rooms())).isEqualTo(logs);
            }
            crowd.everybody().forEach(one -> assertThat(
                            one.reading().resets() + one.reading().gaps())
                    .as("resets and gaps of %s", one)
                    .isZero());
            report.publishEntry(
                    "messages",
                    logs.get(room).entries().size() + " of which "
                            + crowd.ledger().ackedCount() + " acknowledged, " + crowd.cutOffs() + " connections lost");
        }
    }

    private static void killed(Node node, Crowd crowd) {
        int before = crowd.cutOffs();
        node.kill();
        patiently().until(() -> crowd.cutOffs() > before);
        crowd.awaitAllLive();
        crowd.awaitAcked(crowd.ledger().ackedCount() + ACKED / 2);
        node.startAgain();
        awaitAllReady();
        crowd.awaitAcked(crowd.ledger().ackedCount() + ACKED / 2);
    }

    /** The WAR is deployed again where the server goes on; else the process is started again. */
    private static void renewed(Node node, Crowd crowd) {
        AppServer goesOn = node instanceof AppServer server && server.redeploys() ? server : null;
        if (goesOn != null) {
            goesOn.undeployFromRoot();
        } else {
            node.stop();
        }
        crowd.awaitAllLive();
        crowd.awaitAcked(crowd.ledger().ackedCount() + ACKED / 2);
        if (goesOn != null) {
            goesOn.deploy("ROOT.war").awaitReady("");
        } else {
            node.startAgain();
        }
        awaitAllReady();
    }

    @Test
    void rosterReadMarksAndSignOutAreThoseOfAllNodes() {
        String room = Person.anyRoom();
        List<Person> all = new ArrayList<>();
        try {
            nodes.forEach(node -> all.add(Person.in(room, node.chat())));
            for (Person one : all) {
                awaitHere(one, all);
            }
            for (int i = 0; i < nodes.size(); i++) {
                Person writer = all.get(i);
                try (Person elsewhere =
                        writer.elsewhere(nodes.get((i + 1) % nodes.size()).chat())) {
                    elsewhere.join(elsewhere.inbox());
                    int seq = writer.post(room, "hello").getInt("seq");
                    for (Person one : all) {
                        if (one != writer) {
                            assertThat(one.next("message").getInt("seq")).isEqualTo(seq);
                        }
                    }
                    writer.read(room, seq);
                    assertThat(marked(elsewhere, room)).isEqualTo(seq);
                }
            }
            for (int i = 0; i < nodes.size(); i++) {
                Person leaving = all.get(i);
                Node other = nodes.get((i + 1) % nodes.size());
                try (Person elsewhere = leaving.elsewhere(other.chat())) {
                    assertThat(status(other, leaving.token())).isEqualTo(200);
                    leaving.say("{\"type\":\"sign-out\",\"everywhere\":true}");
                    assertThat(elsewhere.closeCode()).isEqualTo(4500);
                    assertThat(status(other, leaving.token())).isEqualTo(401);
                }
            }
        } finally {
            all.forEach(Person::close);
        }
    }

    private static void awaitHere(Person reader, List<Person> all) {
        List<JsonObject> everybody = sorted(all.stream().map(Person::user).toList());
        patiently()
                .until(() -> sorted(reader.next("roster").getJsonArray("here").getValuesAs(JsonObject.class))
                        .equals(everybody));
    }

    private static List<JsonObject> sorted(List<JsonObject> users) {
        Function<JsonObject, String> id = user -> user.getString("id");
        return users.stream().sorted(Comparator.comparing(id)).toList();
    }

    /** The seq up to which the user has read, once it is told. */
    private static int marked(Person user, String room) {
        return user.skipTo("reads").getJsonArray("rooms").getValuesAs(JsonObject.class).stream()
                .filter(mark -> ((JsonString) mark.get("room")).getString().equals(room))
                .findFirst()
                .orElseThrow()
                .getInt("seq");
    }

    private static int status(Node node, String token) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) node.http("api/rooms").toURL().openConnection();
            connection.setRequestProperty("Authorization", "Bearer " + token);
            return connection.getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
