package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.ServerProcess;
import id.warung.kit.Figures;
import id.warung.kit.WarungProcess;
import java.time.Duration;
import java.util.List;

/** What nodes hold while nobody is there, to find out whether it is so again when everybody has left (I6). For one thread. */
record Resting(List<Held> nodes) {
    private static final long MORE_SOCKETS =
            16 + 2 + 6; // to the database, as docs/scaling.md says; and of proxies that keep some
    private static final long MORE_BYTES = 16 << 20; // classes, and rooms that are still in memory

    private record Held(ServerProcess process, long sockets, long bytes) {
        private static Held by(ServerProcess process) {
            return new Held(process, process.sockets(), process.liveBytes());
        }
    }

    static Resting of(List<WarungProcess> nodes) {
        return new Resting(nodes.stream()
                .map(node -> Held.by(ServerProcess.of(node.pid())))
                .toList());
    }

    /** Waits until each node, which was not started again meanwhile, holds about what it held. */
    void await() {
        for (Held before : nodes) {
            patiently().pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
                Held now = Held.by(before.process());
                assertThat(now.sockets()).as("sockets").isLessThanOrEqualTo(before.sockets() + MORE_SOCKETS);
                assertThat(now.bytes()).as("live bytes").isLessThanOrEqualTo(before.bytes() + MORE_BYTES);
                Figures.say(
                        "a node afterwards",
                        "sockets " + before.sockets() + " -> " + now.sockets() + ", live heap " + (before.bytes() >> 10)
                                + " -> " + (now.bytes() >> 10) + " KiB");
            });
        }
    }
}
