package id.warung.room;

import java.util.function.LongSupplier;

/**
 * When a room of more than {@value Stripe#MAX_READERS} readers is told of news: what is written during the pause after a round goes out in
 * one frame, which is one send for each reader instead of several. See ADR 0036.
 *
 * @param mostNanos the longest pause; 0: none
 * @param clock in nanoseconds
 * @param timer runs what has to wait
 */
public record Pacing(long mostNanos, LongSupplier clock, Timer timer) {
    /** All rooms are told at once. */
    public static final Pacing NONE = new Pacing(0, System::nanoTime, (nanos, task) -> task.run());

    private static final long LEAST_NANOS = 1_000_000; // a shorter pause costs more than it saves
    private static final long MANY_ENTRIES = 16; // in a frame: more save nothing worth waiting for
    private static final int ROUNDS = 3; // a pause takes as long as so many rounds

    /** Runs tasks later. */
    @FunctionalInterface
    public interface Timer {
        /** Runs a task that does not block after this time; at once when the application ends. */
        void after(long nanos, Runnable task);
    }

    /**
     * How long a round may begin after the one before: as long as several rounds take, not counting the readers of one stripe; at once where
     * the last round was about many entries, as in a flood, which joins them by itself.
     */
    long pauseNanos(int readers, long nanosOfOne, long entriesOfLast) {
        if (entriesOfLast >= MANY_ENTRIES) {
            return 0;
        }
        long pause = Math.min(mostNanos, ROUNDS * nanosOfOne * Math.max(0, readers - Stripe.MAX_READERS));
        return pause < LEAST_NANOS ? 0 : pause;
    }
}
