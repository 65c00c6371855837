package id.warung.endpoint;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A deadline that moves with what comes: nothing may stand still for longer than a grace, and all of it may take that grace and the time
 * that the bytes so far take at the least pace. A slow line that gets on has the time it needs; who sends or takes a byte now and then has
 * not. Thread-safe.
 */
final class ProgressDeadline {
    /**
     * How long a transfer may take.
     *
     * @param grace what everybody has
     * @param bytesPerSecond the least pace from then on, on average
     */
    record Pace(Duration grace, int bytesPerSecond) {}

    private final Pace pace;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final AtomicLong bytes = new AtomicLong();
    private volatile long movedNanos;

    /** Begins now, by a clock that never goes back. */
    ProgressDeadline(Pace pace, LongSupplier nanoTime) {
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.movedNanos = startNanos;
    }

    /** So many more bytes have come, or gone. */
    void moved(int count) {
        bytes.addAndGet(count);
        movedNanos = nanoTime.getAsLong();
    }

    boolean isOver() {
        long earnedMs = bytes.get() * 1_000 / pace.bytesPerSecond();
        return standsStillNanos() > pace.grace().toNanos()
                || nanoTime.getAsLong() - startNanos
                        > pace.grace().plusMillis(earnedMs).toNanos();
    }

    /** How long ago the last byte was. */
    long standsStillNanos() {
        return nanoTime.getAsLong() - movedNanos;
    }
}
