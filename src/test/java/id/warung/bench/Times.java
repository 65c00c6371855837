package id.warung.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measures how long something takes, repeatedly, and formats the result. For one thread. */
final class Times {
    private static final long SECOND = 1_000_000_000;

    /** The work that is timed. */
    interface Work {
        void once() throws Exception;
    }

    private long[] nanos = new long[1 << 16];
    private int count;
    private long tookNanos;

    /** Does the work for this many seconds, after a quarter of them that does not count. */
    static Times of(double seconds, Work work) throws Exception {
        Times warm = new Times();
        warm.repeat(seconds / 4, work);
        Times times = new Times();
        times.repeat(seconds, work);
        return times;
    }

    private void repeat(double seconds, Work work) throws Exception {
        long start = System.nanoTime();
        long before = start;
        while (before - start < seconds * SECOND) {
            work.once();
            long now = System.nanoTime();
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = now - before;
            before = now;
        }
        tookNanos = before - start;
    }

    /** {@code messages}: the number in each group. */
    String json(String name, int messages) {
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"group\":%d,\"groups_per_s\":%.0f,\"per_s\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f}",
                name,
                messages,
                (double) count * SECOND / tookNanos,
                (double) count * messages * SECOND / tookNanos,
                sorted[count / 2] / 1e6,
                sorted[count * 99 / 100] / 1e6);
    }
}
