package id.warung.room;

import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** The readers of a room. Any thread may notify them; they are added one at a time, under the room's lock. */
final class Stripes {
    private final String room;
    private final Executor executor;
    private final Pacing pacing;
    private final LongSupplier head;
    private final CopyOnWriteArrayList<Stripe> stripes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean waiting = new AtomicBoolean(); // a round is to begin after the pause
    private volatile long earliest; // when the next round may begin

    /** Of a room whose last entry has the seq {@code head}. */
    Stripes(String room, Executor executor, Pacing pacing, LongSupplier head) {
        this.room = room;
        this.executor = executor;
        this.pacing = pacing;
        this.head = head;
        this.earliest = pacing.clock().getAsLong();
    }

    void add(Reader reader) {
        for (Stripe stripe : stripes) {
            if (stripe.add(reader)) {
                return;
            }
        }
        Stripe added = new Stripe(room, executor, pacing.clock(), head);
        added.add(reader);
        stripes.add(added);
    }

    boolean remove(Reader reader) {
        for (Stripe stripe : stripes) {
            if (stripe.remove(reader)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return stripes.stream().allMatch(Stripe::isEmpty);
    }

    /** Asks the readers to come back. */
    void restart() {
        stripes.forEach(Stripe::restart);
    }

    /** Begins a round, or sees to it that one begins after the pause. */
    void wake() {
        long waitNanos = earliest - pacing.clock().getAsLong();
        if (waitNanos <= 0) {
            begin();
        } else if (waiting.compareAndSet(false, true)) {
            pacing.timer().after(waitNanos, () -> {
                waiting.set(false); // before the round: a later wake must not rely on it
                begin();
            });
        }
    }

    private void begin() {
        if (stripes.size() > 1) {
            earliest = pacing.clock().getAsLong() + pauseNanos();
        }
        stripes.forEach(Stripe::wake);
    }

    private long pauseNanos() {
        int readers = 0;
        long nanos = 0;
        long entries = 0;
        for (Stripe stripe : stripes) {
            readers += stripe.size();
            nanos = Math.max(nanos, stripe.nanosOfOne());
            entries = Math.max(entries, stripe.entriesOfLast());
        }
        return pacing.pauseNanos(readers, nanos, entries);
    }
}
