package id.warung.endpoint;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A deadline that moves with what comes: a grace, and then the time that the bytes so far would take at the least pace. A slow line
 * that gets on has the time it needs; who sends or takes a byte now and then has not. Thread-safe.
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
    private final long startNanos;
    private final AtomicLong bytes = new AtomicLong();

    ProgressDeadline(Pace pace, long nowNanos) {
        this.pace = pace;
        this.startNanos = nowNanos;
    }

    /** So many more bytes have come, or gone. */
    void moved(int count) {
        bytes.addAndGet(count);
    }

    boolean isOver(long nowNanos) {
        Duration earned = Duration.ofMillis(bytes.get() * 1_000 / pace.bytesPerSecond());
        return nowNanos - startNanos > pace.grace().plus(earned).toNanos();
    }
}
