package id.warung.room;

import id.warung.protocol.Reply;
import java.util.function.Function;

/**
 * A transient state of a room that no log keeps, such as its roster. It is the same for all readers and has a version;
 * slow readers skip to the latest version. Not thread-safe except {@link #since}: {@link Presence} holds the lock.
 */
abstract class SoftState {
    /** A version of the state, encoded once for all readers. Versions count from 1. */
    record Snapshot(long version, Frame frame) {}

    private boolean changed; // since the latest snapshot
    private boolean changedHere; // by what happened on this node, since that was last asked
    private long publishedAt; // nanoseconds
    private volatile Snapshot latest;

    /** The first snapshot is due one interval after {@code publishedAt}, in nanoseconds of the caller's clock. */
    SoftState(long publishedAt) {
        this.publishedAt = publishedAt;
    }

    /** The event with the current state. */
    abstract Reply present();

    /** Whether a snapshot may be due later even without further activity. */
    boolean isPending() {
        return changed;
    }

    /** Marks the last snapshot as outdated. */
    final void change() {
        changed = true;
    }

    /** The same, by what happened on this node: what it tells the others is outdated too. */
    final void changeHere() {
        changed = true;
        changedHere = true;
    }

    /** Whether what this node tells the others is outdated. */
    final boolean isChangedHere() {
        return changedHere;
    }

    /** The others are told now. */
    final void toldOthers() {
        changedHere = false;
    }

    /** Makes a snapshot if the state has changed, at most one per {@code intervalNanos}; returns whether it did. */
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

    /** The snapshot for a reader with this version; null when that is the latest. Any thread may call it. */
    final Snapshot since(long version) {
        Snapshot its = latest;
        return its == null || its.version() == version ? null : its;
    }
}
