package id.warung.pump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.pump.Pump.Step;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Real threads: four wake, two run, one completes operations. Covers what the manual schedules cannot reach: interruptions between two
 * instructions.
 */
class PumpStressTest {
    private static final int TELLERS = 4;
    private static final int EACH = 50_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final ExecutorService completions = Executors.newSingleThreadExecutor();
    private final ExecutorService tellers = Executors.newFixedThreadPool(TELLERS);
    private final AtomicLong told = new AtomicLong();
    private final AtomicInteger steppingNow = new AtomicInteger();
    private final AtomicInteger outstanding = new AtomicInteger();
    private final AtomicInteger broken = new AtomicInteger();
    private final Pump pump = new Pump("pump", this::step, threads);
    private int kind; // the step's own, unguarded: a step needs no lock
    private int steps;
    private volatile long seen;

    @AfterEach
    void end() {
        threads.shutdownNow();
        completions.shutdownNow();
        tellers.shutdownNow();
    }

    @Test
    void noWakeIsLostAndNoTwoStepsRunAtOnce() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(TELLERS);
        for (int teller = 0; teller < TELLERS; teller++) {
            boolean drives = teller % 2 == 0;
            tellers.execute(() -> {
                for (int i = 0; i < EACH; i++) {
                    told.incrementAndGet();
                    if (drives) {
                        pump.drive();
                    } else {
                        pump.wake();
                    }
                }
                done.countDown();
            });
        }
        done.await();

        await().atMost(Duration.ofSeconds(10)).until(() -> seen == (long) TELLERS * EACH && outstanding.get() == 0);
        assertThat(broken).hasValue(0);
        assertThat(steps).isGreaterThan(1);
    }

    private Step step() {
        if (steppingNow.incrementAndGet() != 1 || outstanding.get() != 0) {
            broken.incrementAndGet();
        }
        steps++;
        kind = (kind + 1) % 4;
        seen = told.get();
        Step step = kind == 0 ? Step.AGAIN : kind == 1 ? Step.IDLE : Step.PENDING;
        if (step == Step.PENDING) {
            outstanding.incrementAndGet();
        }
        steppingNow.decrementAndGet();
        if (kind == 2) {
            complete();
        } else if (kind == 3) {
            completions.execute(this::complete);
        }
        return step;
    }

    private void complete() {
        outstanding.decrementAndGet();
        pump.resume();
    }
}
