package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Cluster;
import id.warung.kit.Figures;
import id.warung.kit.NodeNetwork;
import id.warung.kit.NodeNetwork.Line;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What {@link ClusterSilenceIT} runs in network namespaces: a node of three whose packets are lost, under load. */
final class Silence {
    private static final int NODES = 3;
    private static final int ACKED = Scale.of(300, 10_000);
    /** HAProxy finds out in two seconds, and clients come back in five. */
    private static final long LIVE_AGAIN_MS = 7_000;

    private static final long HEALED_MS = 15_000; // since packets come again, with what was waiting

    private final List<NodeNetwork> networks;
    private final Cluster cluster;
    private final Crowd crowd;

    private Silence(List<NodeNetwork> networks, Cluster cluster, Crowd crowd) {
        this.networks = networks;
        this.cluster = cluster;
        this.crowd = crowd;
    }

    /** Argument: an empty folder. Ends with an error when something does not hold. */
    public static void main(String... args) {
        Path folder = Path.of(args[0]);
        List<NodeNetwork> networks = IntStream.rangeClosed(1, NODES)
                .mapToObj(number -> new NodeNetwork(folder.resolve("ip.log"), number))
                .toList();
        List<String> rooms = List.of("a", "b", "c", "d");
        try (PostgresServer postgres =
                        PostgresServer.startedIn(folder.resolve("postgres")).reachableFrom("10.0.0.0/8");
                Cluster cluster = Cluster.apart(folder, postgres.port(), networks);
                Crowd crowd = new Crowd(cluster.proxy()::chat, rooms, 6, Scale.of(12, 194))) {
            Silence silence = new Silence(networks, cluster, crowd);
            silence.of(0, "the database", Line.DATABASE);
            silence.of(1, "its clients", Line.CLIENTS);
            if (Scale.FULL) {
                silence.of(2, "everything", Line.DATABASE, Line.CLIENTS);
            }
        }
    }

    /** The node hears nothing from there any more, and is not heard. */
    private void of(int node, String whom, Line... lines) {
        History its = new History(cluster.node(node));
        History history = new History(cluster.node((node + 1) % NODES));
        boolean clients = List.of(lines).contains(Line.CLIENTS);
        crowd.awaitAllLive();
        crowd.startPosting();
        crowd.awaitAcked(crowd.ledger().ackedCount() + ACKED / 4);
        crowd.takeLongestOutageMs();
        int cutBefore = crowd.cutOffs();
        int refusals = crowd.refusals("unavailable");
        for (Line line : lines) {
            networks.get(node).silence(line, true);
        }
        long begin = System.nanoTime();
        long acked = crowd.ledger().ackedCount();
        try {
            if (clients) {
                patiently().until(() -> crowd.cutOffs() > cutBefore);
                crowd.awaitAllLive();
            } else {
                patiently().until(() -> crowd.refusals("unavailable") > refusals);
                patiently().until(() -> its.health().containsKey("degraded"));
            }
            crowd.awaitAcked(acked + ACKED); // through the others, in all rooms
            for (String room : crowd.rooms()) {
                long head = history.page(room, "limit=1").head();
                patiently().until(() -> history.page(room, "limit=1").head() > head);
            }
        } finally {
            for (Line line : lines) {
                networks.get(node).silence(line, false);
            }
        }
        long heard = System.nanoTime();
        long tookMs = (heard - begin) / 1_000_000;
        crowd.awaitAcked(crowd.ledger().ackedCount() + ACKED / 4);
        crowd.settle(history);
        long outageMs = crowd.takeLongestOutageMs();
        Map<String, RoomLog> logs = crowd.verify(history);
        for (int each = 0; each < NODES; each++) {
            History one = each == node ? its : new History(cluster.node(each));
            patiently().untilAsserted(() -> assertThat(one.read(crowd.rooms()))
                    .isEqualTo(logs)); // its connections were silent
        }
        long healedMs = (System.nanoTime() - heard) / 1_000_000;
        Figures.say(
                "a node without " + whom,
                "the others went on within " + tookMs + " ms, it worked again after " + healedMs
                        + " ms, the longest outage was of " + outageMs + " ms; "
                        + crowd.ledger().ackedCount() + " acknowledged of "
                        + crowd.ledger().sentCount());
        assertThat(outageMs).isLessThan(Slowdown.millis(LIVE_AGAIN_MS));
        assertThat(healedMs).isLessThan(Slowdown.millis(HEALED_MS));
        crowd.everybody().forEach(one -> assertThat(
                        one.reading().resets() + one.reading().gaps())
                .as("resets and gaps of %s", one)
                .isZero());
    }
}
