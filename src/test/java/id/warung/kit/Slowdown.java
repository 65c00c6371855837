package id.warung.kit;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How many times longer work takes on this machine than it would if nothing else ran there, measured once in a JVM: threads that want every
 * processor all the time are given so little of them. Time limits of tests are multiplied by it.
 */
public final class Slowdown {
    private static final double MOST = 4; // beyond it the tests would take too long
    private static final double FACTOR = measured();

    private Slowdown() {}

    /** So much time of a machine that does nothing else is at least so much here. */
    public static long millis(long millis) {
        return Math.round(millis * FACTOR);
    }

    /** As {@link #millis}. */
    public static Duration of(Duration duration) {
        return Duration.ofMillis(millis(duration.toMillis()));
    }

    private static double measured() {
        List<Worker> workers = new ArrayList<>();
        for (int n = 0; n < Runtime.getRuntime().availableProcessors(); n++) {
            Worker worker = new Worker();
            worker.start();
            workers.add(worker);
        }
        double processors = 0;
        try {
            for (Worker worker : workers) {
                worker.join();
                processors += worker.share;
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Math.min(MOST, Math.max(1, workers.size() / processors));
    }

    /** Wants a processor for a moment. Knows nothing of the class around it, which is not there until this has ended. */
    private static final class Worker extends Thread {
        private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(500);

        private double share; // of a processor; read after its end

        @Override
        public void run() {
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            long began = System.nanoTime();
            long before = threads.getCurrentThreadCpuTime();
            long took = 0;
            while (took < NANOS) {
                took = System.nanoTime() - began;
            }
            share = (double) (threads.getCurrentThreadCpuTime() - before) / took;
        }
    }
}
