package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Sessions of one host send as much as they can, while others, at other addresses, go on talking. */
class FloodIT {
    private static final int FLOODING = 10;
    private static final int HONEST = 4;
    private static final int POSTS = Scale.of(100, 2_000);
    private static final int OUTSTANDING = 120; // as many as a session may have
    /** What is possible on two cores shared by everything, including this test; without turns the median ack took 28.5 ms. */
    private static final int MARGIN_MS = 10;

    /** On an otherwise idle machine, when everything so far was answered at once. */
    private static final int LEAST_MS = 10;

    private static final int RATE = 100; // of a user, each second, where it is limited
    private static final Duration PACE = Duration.ofMillis(20); // of those who keep to it
    private static final int SOCKETS = Scale.of(200, 1_000);

    private static final Pattern ANSWER =
            Pattern.compile("\"type\":\"(?:(ack)|error\",\"code\":\"(?:(rate-limited)|busy)\")");
    private static final String TEXT = "all work and no play ".repeat(5);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong flooded = new AtomicLong();
    private final AtomicLong acked = new AtomicLong();
    private final AtomicLong limited = new AtomicLong();
    private final List<Future<?>> flooding = new ArrayList<>();

    /** A client at an address that this test reports as its proxy; it reads a room from its end. */
    private static RawSocket in(String room, URI chat, String address, String name) throws IOException {
        RawSocket socket = new RawSocket(chat, "Sec-WebSocket-Protocol: " + Person.V1, "X-Forwarded-For: " + address);
        socket.text("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
        socket.text("{\"type\":\"join\",\"room\":\"" + room + "\",\"last\":0}");
        String text = socket.text();
        while (!text.contains("\"joined\"")) {
            text = socket.text();
        }
        return socket;
    }

    /** Posts one message after another, each after the ack of the one before; returns the microseconds of each ack, sorted. */
    private static long[] talks(URI chat, int who, Duration pace) throws IOException {
        long[] micros = new long[POSTS];
        try (RawSocket socket = in("lobby", chat, "198.51.100." + (10 + who), "Honest " + who)) {
            for (int n = 0; n < POSTS; n++) {
                String id = "c-" + who + "-" + System.nanoTime();
                long due = System.nanoTime() + pace.toNanos();
                patiently().until(() -> pace.isZero() || System.nanoTime() >= due);
                long begun = System.nanoTime();
                socket.text(Person.postFrame("lobby", "good evening", "\"id\":\"" + id + "\""));
                String text = socket.text();
                while (!text.contains("\"ack\",\"room\":\"lobby\",\"id\":\"" + id)) {
                    assertThat(text).doesNotContain("\"error\"");
                    if (text.contains("\"ping\"")) {
                        socket.text(
                                "{\"type\":\"pong\",\"n\":" + text.replaceAll("(?s).*\"n\":([0-9]+)}].*", "$1") + "}");
                    }
                    text = socket.text();
                }
                micros[n] = (System.nanoTime() - begun) / 1_000;
            }
        }
        return micros;
    }

    private long[] allTalk(URI chat) throws ExecutionException, InterruptedException {
        return allTalk(chat, Duration.ZERO);
    }

    private long[] allTalk(URI chat, Duration pace) throws ExecutionException, InterruptedException {
        List<Future<long[]>> talking = new ArrayList<>();
        for (int who = 0; who < HONEST; who++) {
            int one = who;
            talking.add(threads.submit(() -> talks(chat, one, pace)));
        }
        long[] all = new long[0];
        for (Future<long[]> each : talking) {
            long[] micros = each.get();
            int before = all.length;
            all = Arrays.copyOf(all, before + micros.length);
            System.arraycopy(micros, 0, all, before, micros.length);
        }
        Arrays.sort(all);
        return all;
    }

    private static double ms(long[] micros, double part) {
        return micros[(int) Math.min(micros.length - 1, Math.round(micros.length * part))] / 1_000.0;
    }

    /** Sends as much as possible: the next command follows every answer at once. */
    private void floods(RawSocket socket, String room) {
        Semaphore window = new Semaphore(OUTSTANDING);
        flooding.add(threads.submit(() -> {
            for (String text = socket.textOrNull(); text != null && !over.get(); text = socket.textOrNull()) {
                Matcher answer = ANSWER.matcher(text);
                while (answer.find()) {
                    window.release();
                    acked.addAndGet(answer.group(1) == null ? 0 : 1);
                    limited.addAndGet(answer.group(2) == null ? 0 : 1);
                }
            }
            window.release(); // so that the other thread sees the end
            return null;
        }));
        flooding.add(threads.submit(() -> {
            for (int n = 0; !over.get(); n++) {
                window.acquire();
                socket.text(Person.postFrame(room, TEXT + n, "\"id\":\"c-" + n + "\""));
                flooded.incrementAndGet();
            }
            return null;
        }));
    }

    @Test
    void tenWhoFloodFromOneHostMakeTheOthersWaitForTheirTurnAndNoLonger() throws Exception {
        try (WarungProcess warung = new WarungProcess(folder).start()) {
            allTalk(warung.chat()); // compiles the code in advance
            long[] before = allTalk(warung.chat());
            for (int n = 0; n < FLOODING; n++) {
                String room = "flood-" + n;
                floods(in(room, warung.chat(), "203.0.113.7", "Flood " + n), room);
            }
            allTalk(warung.chat());
            long from = flooded.get();
            long begun = System.nanoTime();
            long[] during = allTalk(warung.chat());
            double seconds = (System.nanoTime() - begun) / 1e9;
            over.set(true);
            for (Future<?> each : flooding) {
                each.get(); // nobody was disconnected
            }

            System.out.printf(
                    "flood: acks of others before p50 %.1f p99 %.1f max %.1f ms, during p50 %.1f p99 %.1f max %.1f ms;"
                            + " %.0f posts/s of %d sessions of one host%n",
                    ms(before, 0.5),
                    ms(before, 0.99),
                    ms(before, 1),
                    ms(during, 0.5),
                    ms(during, 0.99),
                    ms(during, 1),
                    (flooded.get() - from) / seconds,
                    FLOODING);
            assertThat(flooded.get() - from).as("it was a flood").isGreaterThan(2L * POSTS * HONEST);
            assertThat(ms(during, 0.5)).isLessThan(2 * ms(before, 0.5) + MARGIN_MS);
            if (Scale.FULL) { // the machine has no other work
                assertThat(ms(during, 0.99)).isLessThan(2 * Math.max(ms(before, 0.99), LEAST_MS));
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
    }

    /** Opens sockets from one address, and keeps those that it gets; returns how many were told that there are too many. */
    private int opens(URI chat, List<RawSocket> kept) throws IOException {
        int refused = 0;
        for (int n = 0; n < SOCKETS; n++) {
            RawSocket socket =
                    new RawSocket(chat, "Sec-WebSocket-Protocol: " + Person.V1, "X-Forwarded-For: 203.0.113.8");
            kept.add(socket);
            refused += socket.text().contains("4005") ? 1 : 0;
        }
        return refused;
    }

    @Test
    void oneUserWhoFloodsAndOneAddressThatOpensSocketsAreLimitedAndOthersDoNotNotice() throws Exception {
        List<RawSocket> kept = new ArrayList<>();
        try (WarungProcess warung = new WarungProcess(folder)
                .with("WARUNG_MAX_POSTS_PER_SECOND", String.valueOf(RATE))
                .with("WARUNG_MAX_POSTS_BURST", String.valueOf(RATE))
                .with("WARUNG_MAX_SOCKETS_PER_ADDRESS", String.valueOf(SOCKETS / 2))
                .start()) {
            allTalk(warung.chat(), PACE); // compiles the code in advance
            long[] before = allTalk(warung.chat(), PACE);
            long begun = System.nanoTime();
            floods(in("flood", warung.chat(), "203.0.113.7", "Flood"), "flood");
            Future<Integer> refused = threads.submit(() -> opens(warung.chat(), kept));
            allTalk(warung.chat(), PACE);
            long[] during = allTalk(warung.chat(), PACE);
            double seconds = (System.nanoTime() - begun) / 1e9;
            over.set(true);
            for (Future<?> each : flooding) {
                each.get(); // the flooding session was not disconnected
            }

            System.out.printf(
                    "limited flood: acks of others before p50 %.1f p99 %.1f max %.1f ms, during p50 %.1f p99 %.1f max %.1f ms;"
                            + " %.0f posts/s of one user, %.0f/s written, %d told to wait; %d of %d sockets refused%n",
                    ms(before, 0.5),
                    ms(before, 0.99),
                    ms(before, 1),
                    ms(during, 0.5),
                    ms(during, 0.99),
                    ms(during, 1),
                    flooded.get() / seconds,
                    acked.get() / seconds,
                    limited.get(),
                    refused.get(),
                    SOCKETS);
            assertThat(refused.get()).as("half of them").isEqualTo(SOCKETS / 2);
            assertThat(flooded.get()).as("it was a flood").isGreaterThan(5 * (long) (RATE * seconds));
            assertThat((double) acked.get()).isBetween(RATE * seconds / 2, RATE * (seconds + 1) + 1);
            assertThat(limited.get()).isGreaterThan(acked.get());
            assertThat(ms(during, 0.5)).isLessThan(2 * ms(before, 0.5) + MARGIN_MS);
            if (Scale.FULL) { // the machine has no other work
                assertThat(ms(during, 0.99)).isLessThan(2 * Math.max(ms(before, 0.99), LEAST_MS));
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
            for (RawSocket socket : kept) {
                socket.close();
            }
        }
    }
}
