package id.warung.endpoint;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A deadline that moves with progress: a transfer may never stand still for longer than a grace period, and in all may
 * take that period plus the time that its bytes so far need at the least rate. So a slow but steady client succeeds,
 * and a client that transfers a byte now and then fails. Thread-safe.
 */
final class ProgressDeadline {
    /**
     * How long a transfer may take.
     *
     * @param grace the period that every transfer has
     * @param bytesPerSecond the least average rate from then on
     */
    record Pace(Duration grace, int bytesPerSecond) {}

    private final Pace pace;
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final AtomicLong bytes = new AtomicLong();
    private volatile long movedNanos;

    /** Starts now, by a monotonic clock. */
    ProgressDeadline(Pace pace, LongSupplier nanoTime) {
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.movedNanos = startNanos;
    }

    /** Counts transferred bytes. */
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

    /** How long ago the last byte was transferred. */
    long standsStillNanos() {
        return nanoTime.getAsLong() - movedNanos;
    }
}
