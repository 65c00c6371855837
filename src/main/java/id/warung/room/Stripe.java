package id.warung.room;

import id.warung.logging.LogContext;
import id.warung.pump.Pump;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * A part of a room's readers, notified together on one thread; a large room has several stripes, so that it can use
 * several cores. Readers may be added and removed on any thread.
 */
final class Stripe {
    static final int MAX_READERS = 256;
    private static final int SMOOTHING = 8;

    private final String room;
    private final LongSupplier clock;
    private final LongSupplier head;
    private final Pump pump;
    private volatile Reader[] readers = {};
    private volatile long nanosOfOne; // written by the pump, as are these
    private volatile long entriesOfLast;
    private long told;

    /** Creates a stripe of this room, whose last entry has the seq {@code head}; the clock is in nanoseconds. */
    Stripe(String room, Executor executor, LongSupplier clock, LongSupplier head) {
        this.clock = clock;
        this.head = head;
        this.told = head.getAsLong();
        this.room = room;
        this.pump = new Pump(this, this::round, executor, 1);
    }

    void wake() {
        pump.wake();
    }

    /** Asks the readers to come back. */
    void restart() {
        for (Reader reader : readers) {
            reader.restart();
        }
    }

    synchronized boolean add(Reader reader) {
        Reader[] now = readers;
        if (now.length == MAX_READERS) {
            return false;
        }
        Reader[] grown = Arrays.copyOf(now, now.length + 1);
        grown[now.length] = reader;
        readers = grown;
        return true;
    }

    synchronized boolean remove(Reader reader) {
        Reader[] now = readers;
        for (int i = 0; i < now.length; i++) {
            if (now[i] == reader) {
                Reader[] left = Arrays.copyOf(now, now.length - 1);
                if (i < left.length) {
                    left[i] = now[now.length - 1];
                }
                readers = left;
                return true;
            }
        }
        return false;
    }

    boolean isEmpty() {
        return readers.length == 0;
    }

    int size() {
        return readers.length;
    }

    /** How long notifying one reader, and sending to them, has taken in the last rounds. */
    long nanosOfOne() {
        return nanosOfOne;
    }

    /** How many entries the last round was about. */
    long entriesOfLast() {
        return entriesOfLast;
    }

    /** Identifies this pump in the log. */
    @Override
    public String toString() {
        return LogContext.NONE.withRoom(room).line("stripe");
    }

    private Pump.Step round() {
        Reader[] now = readers;
        long upTo = head.getAsLong();
        entriesOfLast = upTo - told;
        told = upTo;
        long start = clock.getAsLong();
        for (Reader reader : now) {
            reader.drive();
        }
        long took = (clock.getAsLong() - start) / Math.max(1, now.length);
        long before = nanosOfOne;
        nanosOfOne = before + (took - before) / SMOOTHING;
        return Pump.Step.IDLE;
    }
}
