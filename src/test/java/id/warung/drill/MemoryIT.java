package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.RawSocket;
import id.warung.client.ServerProcess;
import id.warung.client.Strangers;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** B20, and what happens when memory runs out nevertheless: {@code java -jar} ends, with a status and a sentence. */
class MemoryIT {
    private static final int OUT_OF_MEMORY = 3;
    private static final String V1 = "Sec-WebSocket-Protocol: warung.v1";
    private static final String TEXT = "語".repeat(4_000); // 12,000 bytes
    private static final int WINDOW = 8;
    private static final int WRITERS = 4;
    private static final int READERS = 20;
    private static final int MESSAGES = Scale.of(248, 5_000); // of each writer
    private static final String KEY = "0123456789abcdef";
    private static final int STRANGERS = 400; // at a time; there may be some 880 sockets
    private static final int ROUNDS = Scale.of(2, 6);
    private static final Pattern ACK = Pattern.compile("\"type\":\"ack\"");
    private static final Pattern BUSY = Pattern.compile("\"type\":\"error\"");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private WarungProcess warung;
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void allEnd() throws Exception {
        for (AutoCloseable connection : open) {
            connection.close();
        }
        warung.close();
    }

    private <T extends AutoCloseable> T kept(T connection) {
        open.add(0, connection);
        return connection;
    }

    /** A client that has joined a room and has read the answer. */
    private RawSocket in(String room) throws IOException {
        RawSocket client = new RawSocket(warung.chat(), V1);
        client.text("{\"type\":\"hello\",\"name\":\"Ana\"}");
        client.text("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
        String heard = client.text();
        while (!heard.contains("\"joined\"")) {
            heard = client.text();
        }
        return client;
    }

    /** Posts this many messages, a few at a time, and returns how many were acknowledged. */
    private int written(String room, int messages) {
        int acks = 0;
        try (RawSocket writer = in(room)) {
            for (int sent = 0; sent < messages; sent += WINDOW) {
                for (int i = 0; i < WINDOW; i++) {
                    writer.text("{\"type\":\"post\",\"room\":\"" + room + "\",\"id\":\"" + (sent + i) + "\",\"text\":\""
                            + TEXT + "\"}");
                }
                for (int answers = 0; answers < WINDOW; ) {
                    String frame = writer.text();
                    int acked = (int) ACK.matcher(frame).results().count();
                    acks += acked;
                    answers += acked + (int) BUSY.matcher(frame).results().count();
                }
            }
        } catch (IOException | AssertionError gone) {
            // the process has ended, as the missing answers show
        }
        return acks;
    }

    private static void readOn(RawSocket reader) {
        try {
            reader.drained();
        } catch (IOException gone) {
            // the process has ended
        }
    }

    @Test
    void sixtyFourMebibytesAreEnoughForLongMessages() throws Exception {
        warung = new WarungProcess(folder).heap("64m").start();
        for (int i = 0; i < READERS; i++) {
            RawSocket reader = kept(in("r" + i % WRITERS));
            CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> readOn(reader));
        }
        List<CompletableFuture<Integer>> writers = new ArrayList<>();
        long begin = System.nanoTime();
        for (int i = 0; i < WRITERS; i++) {
            String room = "r" + i;
            writers.add(CompletableFuture.supplyAsync(() -> written(room, MESSAGES)));
        }
        int acks = 0;
        for (CompletableFuture<Integer> writer : writers) {
            acks += writer.join();
        }
        long ms = (System.nanoTime() - begin) / 1_000_000;
        assertThat(warung.err()).doesNotContain("OutOfMemoryError").doesNotContain("Warung stops");
        System.out.printf(
                "B20: -Xmx64m, %d of %d messages of 12 KB acknowledged in %d ms to %d readers; live heap %d KiB%n",
                acks,
                WRITERS * MESSAGES,
                ms,
                READERS,
                ServerProcess.of(warung.pid()).liveBytes() >> 10);
        assertThat(acks).isGreaterThan(WRITERS * MESSAGES * 9 / 10); // the others were told to try again
        assertThat(new History(warung).health().getString("status")).isEqualTo("ready");
    }

    /** The same through a trusted proxy, whose sockets are not counted by address. Nobody sees who is behind it. */
    @ParameterizedTest
    @MethodSource("held")
    void sixtyFourMebibytesAreEnoughForAllWhoHoldARequest(String kind, String said) throws Exception {
        warung = new WarungProcess(folder)
                .heap("64m")
                .with("WARUNG_API_KEYS", "Builds=" + KEY)
                .start();
        ServerProcess server = ServerProcess.of(warung.pid());
        try (Strangers strangers = new Strangers(warung.http("/"))) {
            for (int i = 0; i < ROUNDS; i++) {
                strangers.come(STRANGERS, said);
                try (RawSocket newcomer = in("lobby")) {
                    newcomer.text("{\"type\":\"post\",\"room\":\"lobby\",\"id\":\"x\",\"text\":\"" + kind + "\"}");
                    String heard = newcomer.text();
                    while (!heard.contains(kind)) {
                        heard = newcomer.text();
                    }
                } catch (IOException cut) {
                    throw new IOException("in round " + i + " the server said: " + warung.out() + warung.err(), cut);
                }
            }
            System.out.printf(
                    "B20: -Xmx64m, %d strangers with %s: live heap %d KiB, %d sockets%n",
                    STRANGERS * ROUNDS, kind, server.liveBytes() >> 10, server.sockets());
            assertThat(warung.err()).doesNotContain("OutOfMemoryError").doesNotContain("Warung stops");
        }
        assertThat(new History(warung).health().getString("status")).isEqualTo("ready");
    }

    static Stream<Arguments> held() {
        return Stream.of(
                Arguments.of("answers that nobody reads", Strangers.reading("/", 90)),
                Arguments.of(
                        "bodies to come",
                        Strangers.bodyToCome(
                                "POST",
                                "/api/rooms/lobby/messages",
                                "Authorization: Bearer " + KEY,
                                "Content-Type: text/plain")));
    }

    /** As handshakes of a hostile client would, if there were no limits. */
    @Test
    void whenConnectionsTakeAllMemoryTheProcessEnds() throws IOException {
        warung = new WarungProcess(folder)
                .heap("64m")
                .with("WARUNG_MAX_SOCKETS", "0")
                .with("WARUNG_MAX_CONNECTIONS_PER_ADDRESS", "0")
                .with("WARUNG_HEADER_TIMEOUT_MS", "600000")
                .start();
        String filling = Half.BEGINNING + "a".repeat(6_900);
        boolean listens = true;
        for (int i = 0; listens && i < 8_000; i++) {
            try {
                kept(new Half("127.0.0.1", warung.http("/")).say(filling));
            } catch (IOException refused) {
                listens = false;
            }
        }
        endedFor();
    }

    /** As the writing thread would, if the tails and the unfinished input were not limited by the heap. */
    @Test
    void whenMessagesTakeAllMemoryTheProcessEnds() {
        warung = new WarungProcess(folder)
                .heap("64m")
                .with("WARUNG_MAX_TAIL_BYTES", "67108864")
                .with("WARUNG_MAX_WAITING_BYTES", "33554432")
                .start();
        assertThat(warung.err()).contains("warung.max-tail-bytes", "an OutOfMemoryError is possible");
        int acks = written("lobby", 8_000);
        assertThat(acks).isBetween(1_000, 7_999);
        endedFor();
    }

    @Test
    void withTooLittleToRunAtAllItDoesNotStart() {
        warung = new WarungProcess(folder).heap("32m");
        warung.launch("--port", "0", "--data", warung.data().toString());
        assertThat(warung.exitCode()).isEqualTo(1);
        assertThat(warung.err())
                .startsWith("Warung cannot start. The JVM's heap is limited to 32 MiB")
                .contains("-Xmx48m");
    }

    private void endedFor() {
        assertThat(warung.exitCode()).isEqualTo(OUT_OF_MEMORY);
        assertThat(warung.err()).contains("Warung stops: the JVM has run out of memory");
    }
}
