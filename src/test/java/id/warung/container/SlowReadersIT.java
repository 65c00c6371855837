package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Load;
import id.warung.client.Person;
import id.warung.client.ServerProcess;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Some readers of a busy room stop reading: neither the others nor the heap notice, and those that stopped are soon gone. */
class SlowReadersIT extends OnServer {
    private static final int READERS = Scale.of(30, 500);
    private static final int POSTS_PER_SECOND = Scale.of(200, 167);
    private static final int BYTES = Scale.of(4_000, 1_024);
    private static final long LIMIT_MS = Slowdown.millis(Scale.of(2_000, 10_000));
    private static final long SECONDS = Scale.of(3, 110) + LIMIT_MS / 1_000;
    private static final double NOISE_MS = Slowdown.millis(Scale.of(500, 40));
    private static final long MAX_HEAP_BYTES = 40L * 1024 * 1024;
    private static final Duration GONE =
            Slowdown.of(Duration.ofSeconds(45)); // a heartbeat, its time-out, and ten seconds

    @Deployment(testable = false)
    static WebArchive quickClocks() {
        return packedWar(Map.of(
                "warung.pong-timeout-ms", String.valueOf(LIMIT_MS),
                "warung.send-timeout-ms", String.valueOf(LIMIT_MS)));
    }

    private Load load(String room, String who, int slow) {
        return new Load(
                chat(),
                room,
                who,
                "--mode",
                "rate",
                "--n",
                String.valueOf(READERS),
                "--slow",
                String.valueOf(slow),
                "--senders",
                "5",
                "--rate",
                String.valueOf(POSTS_PER_SECOND),
                "--bytes",
                String.valueOf(BYTES),
                "--warm",
                "2",
                "--secs",
                String.valueOf(SECONDS));
    }

    private double p99Ms(int slow) {
        String room = Person.anyRoom();
        String who = Person.anyName();
        try (Load load = load(room, who, slow)) {
            if (slow > 0) {
                String last = awaitTheLast(room, who);
                Awaitility.await().atMost(GONE).until(() -> !holds(last));
            }
            return load.result().getJsonNumber("p99_ms").doubleValue();
        }
    }

    /**
     * Waits until all are in the room; returns the name of the last one. If somebody takes the name before she has it, she gets another.
     */
    private String awaitTheLast(String room, String who) {
        try (Person watching = Person.in(room, chat())) {
            int count = 0;
            while (count < READERS + 1) {
                count = watching.skipTo("roster").getInt("count");
            }
        }
        String name = who + (READERS - 1);
        assertThat(holds(name)).isTrue();
        return name;
    }

    /** Whether her name is in use. Once it is free, the registry has released her session, while her connection is still open. */
    private boolean holds(String name) {
        try (Person asking = Person.connect(chat())) {
            return !asking.hello(name).getJsonObject("user").getString("name").equals(name);
        }
    }

    /** Of thirty readers these would be one and three. */
    static IntStream slow() {
        return Scale.FULL ? IntStream.of(1, 50) : IntStream.of(50);
    }

    @ParameterizedTest
    @MethodSource("slow")
    void theOthersDoNotNotice(int ofFiveHundred) {
        int slow = Math.max(1, ofFiveHundred * READERS / 500);
        double without = p99Ms(0);
        double with = p99Ms(slow);
        double withoutAgain = p99Ms(0);
        System.out.println(
                "p99 ms: " + without + " without, " + with + " with " + slow + ", " + withoutAgain + " without");

        assertThat(with).isLessThan(2 * Math.max(without, withoutAgain) + NOISE_MS);
    }

    @ParameterizedTest
    @ValueSource(ints = {50})
    void theHeapDoesNotNotice(int ofFiveHundred) {
        ServerProcess server = ServerProcess.listeningOn(chat().getPort());
        p99Ms(0); // memory that stays allocated once it has been used
        long before = server.liveBytes();
        String room = Person.anyRoom();
        String who = Person.anyName();
        try (Load load = load(room, who, ofFiveHundred * READERS / 500)) {
            String name = awaitTheLast(room, who);
            long most = 0;
            while (holds(name)) {
                most = Math.max(most, server.liveBytes());
            }
            System.out.println("heap MiB: " + (before >> 20) + " before, " + (most >> 20) + " while they are stopped");
            assertThat(most - before).isLessThan(MAX_HEAP_BYTES);
            load.result();
        }
    }
}
