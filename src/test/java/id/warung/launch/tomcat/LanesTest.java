package id.warung.launch.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Threads that some use in lanes, and others beside them. */
class LanesTest {
    private static final int TASKS = 1_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Lanes lanes = new Lanes(threads, 3);
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void allEnd() {
        gate.countDown();
        threads.shutdownNow();
    }

    private void passGate() {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void otherTasksDoNotWaitForALane() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        for (int n = 0; n < TASKS; n++) {
            lanes.execute(() -> {
                passGate();
                done.incrementAndGet();
            });
        }
        CountDownLatch heard = new CountDownLatch(10);
        for (int n = 0; n < 10; n++) {
            threads.execute(heard::countDown);
        }
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(done).hasValue(0);
        gate.countDown();
        await().until(() -> done.get() == TASKS);
    }

    @Test
    void oneThatFailsTakesNoLaneWithIt() {
        for (int n = 0; n < 100; n++) {
            lanes.execute(() -> {
                Thread.currentThread().setUncaughtExceptionHandler((thread, expected) -> {}); // else it is printed
                throw new IllegalStateException("expected by the test");
            });
        }
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
        for (int n = 0; n < 100; n++) {
            int number = n;
            lanes.execute(() -> seen.add(number));
        }
        await().until(() -> seen.size() == 100);
        List<Integer> all = IntStream.range(0, 100).boxed().toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
    }
}
