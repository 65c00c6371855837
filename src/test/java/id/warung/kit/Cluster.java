package id.warung.kit;

import static id.warung.kit.WarungProcess.patiently;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Several nodes over one database, and HAProxy before them. For one thread, except the addresses. */
public final class Cluster implements AutoCloseable {
    private static final String HEAP = "160m";

    private final List<WarungProcess> nodes = new ArrayList<>();
    private final Path folder;
    private HaProxy proxy;

    private Cluster(Path folder) {
        this.folder = folder;
    }

    /** Nodes over the database at this address, which are ready; settings are names and values by turns. */
    public static Cluster started(Path folder, String database, int count, String... settings) {
        return started(folder, database, count, node -> node, settings);
    }

    /** Nodes that run as long as in use, to be measured. */
    public static Cluster measured(Path folder, String database, int count) {
        return started(folder, database, count, WarungProcess::withBothCompilers);
    }

    private static Cluster started(
            Path folder, String database, int count, UnaryOperator<WarungProcess> with, String... settings) {
        Cluster cluster = new Cluster(folder);
        try {
            for (int i = 0; i < count; i++) {
                WarungProcess node = with.apply(cluster.node(database));
                for (int s = 0; s < settings.length; s += 2) {
                    node.with(settings[s], settings[s + 1]);
                }
                node.launch("--port", Integer.toString(FreePort.ofAServer()));
            }
            cluster.open("127.0.0.1");
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** Nodes that are ready, each in a network of its own, over a database that listens on this port and on our ends of the lines. */
    public static Cluster apart(Path folder, int database, List<NodeNetwork> networks) {
        Cluster cluster = new Cluster(folder);
        try {
            for (NodeNetwork network : networks) {
                cluster.node(PostgresServer.url(network.outside(NodeNetwork.Line.DATABASE), database))
                        .under(network.program())
                        .launch("--port", "0", "--host", network.inside(NodeNetwork.Line.CLIENTS));
            }
            cluster.open(null);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private WarungProcess node(String database) {
        WarungProcess node = new WarungProcess(folder.resolve("node-" + nodes.size()))
                .heap(HEAP)
                .with("WARUNG_DB", database)
                .with("WARUNG_MAX_LAG_ENTRIES", "2000000000")
                .with("WARUNG_MAX_CONNECTIONS_PER_ADDRESS", "0");
        nodes.add(node);
        return node;
    }

    /** Waits for the nodes, and starts the proxy before them; host null: each has its own. */
    private void open(String host) {
        nodes.forEach(WarungProcess::awaitAddress);
        awaitReady();
        proxy = HaProxy.before(
                folder.resolve("haproxy"),
                nodes.stream()
                        .map(WarungProcess::address)
                        .map(at -> (host == null ? at.getHost() : host) + ":" + at.getPort())
                        .toList());
    }

    public List<WarungProcess> nodes() {
        return nodes;
    }

    public WarungProcess node(int index) {
        return nodes.get(index);
    }

    public HaProxy proxy() {
        return proxy;
    }

    public Path folder() {
        return folder;
    }

    /** The address of each running node in turn, without a proxy between. Thread-safe. */
    public Supplier<URI> chatInTurn() {
        AtomicInteger turn = new AtomicInteger();
        return () -> {
            for (int i = 0; i < nodes.size(); i++) {
                URI chat = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()))
                        .chat();
                if (chat != null) {
                    return chat;
                }
            }
            return null;
        };
    }

    /** Waits until every node says that it is ready, and not by half. */
    public void awaitReady() {
        nodes.forEach(node -> patiently()
                .alias("a node that is ready: " + node.address())
                .until(() -> status(node.http("health/ready")) == 200));
    }

    /** The status of a GET; 0 when nobody answers. */
    public static int status(URI uri) {
        try {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(5_000);
            return connection.getResponseCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    @Override
    public void close() {
        if (proxy != null) {
            proxy.close();
        }
        nodes.forEach(WarungProcess::close);
    }
}
