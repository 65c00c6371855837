package id.warung.room;

import id.warung.protocol.Reply;
import java.util.function.Function;

/**
 * Something that a room is now and that no log keeps, such as its roster. What readers get of it is the same for all of them and has a
 * version; a reader who is behind gets the latest one and none between. Not thread-safe but for {@link #since}: {@link Presence} has the
 * lock.
 */
abstract class SoftState {
    /** What readers get, encoded once. Versions count from 1. */
    record Snapshot(long version, Frame frame) {}

    private boolean changed; // since the latest snapshot
    private long publishedAt; // nanoseconds
    private volatile Snapshot latest;

    /** The first snapshot is due one interval after {@code publishedAt}, in nanoseconds of the caller's clock. */
    SoftState(long publishedAt) {
        this.publishedAt = publishedAt;
    }

    /** What is to be told to the readers now. */
    abstract Reply present();

    /** Whether a snapshot may be due later, though nobody does anything. */
    boolean isPending() {
        return changed;
    }

    /** What readers have been told does not hold any more. */
    final void change() {
        changed = true;
    }

    /** Makes a snapshot when something has changed, at most one in {@code intervalNanos}; returns whether it did. */
    final boolean publish(long nowNanos, long intervalNanos, Function<Reply, Frame> frames) {
        if (!changed || nowNanos - publishedAt < intervalNanos) {
            return false;
        }
        changed = false;
        publishedAt = nowNanos;
        latest = new Snapshot(version() + 1, frames.apply(present()));
        return true;
    }

    /** The version of the latest snapshot; 0 when there is none yet. */
    final long version() {
        Snapshot its = latest;
        return its == null ? 0 : its.version();
    }

    /** What is to be sent to a reader who has this version; null when that is the latest. Any thread may ask. */
    final Snapshot since(long version) {
        Snapshot its = latest;
        return its == null || its.version() == version ? null : its;
    }
}
