package id.warung.room;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * How a room is now, which is in no log: its {@link Roster}, who is {@link Typing}, and, of an inbox, its {@link ReadMarks}. Has the one lock
 * of the three, says when each may be told again, and gives each reader a {@link Cursor} over them. Thread-safe.
 */
public final class Presence {
    /**
     * Times in nanoseconds.
     *
     * @param grace how long a user stays in the roster after their last session has gone
     * @param interval between two snapshots of a kind, in a room of fewer than {@value Roster#MAX_NAMED}; in larger ones it grows with them
     * @param typing how long a typing signal lasts
     */
    public record Times(long grace, long interval, long typing, LongSupplier clock) {}

    private final String room;
    private final Times times;
    private final long publishedAt; // one interval ago, when the room was opened: what comes first need not wait
    private final Roster roster;
    // what most rooms never need takes nothing: there may be very many of them
    private volatile Typing typing;
    private volatile ReadMarks reads;
    private volatile boolean tracksSpeakers; // else who speaks need not take the lock

    Presence(String room, Times times) {
        this.room = room;
        this.times = times;
        this.publishedAt = times.clock().getAsLong() - times.interval();
        this.roster = new Roster(room, publishedAt);
    }

    /** True when they are new here, so that a roster with them in it is to come. */
    synchronized boolean enter(User user) {
        boolean isNew = roster.enter(user);
        updateTracking();
        return isNew;
    }

    synchronized void renamed(User user) {
        if (roster.renamed(user) && typing != null) {
            typing.renamed(user.id());
        }
    }

    synchronized void leave(User user) {
        roster.leave(user, times.clock().getAsLong());
    }

    synchronized void types(User user) {
        if (typing == null) {
            typing = new Typing(room, roster, publishedAt);
        }
        typing.start(user.id(), times.clock().getAsLong() + times.typing());
        tracksSpeakers = true;
    }

    /** They have said what they were writing; returns whether something may be due to be told. */
    boolean spoke(String userId) {
        return tracksSpeakers && spokeAloud(userId);
    }

    private synchronized boolean spokeAloud(String userId) {
        stopsTyping(userId);
        roster.spoke(userId);
        return isRestless();
    }

    private void stopsTyping(String userId) {
        if (typing != null) {
            typing.stop(userId);
        }
    }

    synchronized void hasRead(Reply.Reads.Mark mark) {
        if (reads == null) {
            reads = new ReadMarks(room, publishedAt);
        }
        reads.add(mark);
    }

    /** A place before all there is; a newcomer waits for the roster with themselves in it, which is still to come, unless that names only some. */
    synchronized Cursor cursor(boolean newcomer) {
        return new Cursor(newcomer && !roster.isLarge() ? roster.version() : 0);
    }

    /** Makes the snapshots that are due; returns whether there was one. */
    synchronized boolean tick(long nowNanos, Function<Reply, Frame> frames) {
        roster.evictDeparted(nowNanos, times.grace(), this::stopsTyping);
        if (typing != null) {
            typing.expire(nowNanos);
        }
        updateTracking();
        long interval = times.interval() * (1 + roster.count() / Roster.MAX_NAMED);
        boolean news = roster.publish(nowNanos, interval, frames);
        news |= typing != null && typing.publish(nowNanos, interval, frames);
        news |= reads != null && reads.publish(nowNanos, interval, frames);
        return news;
    }

    /** Whether something may be due later. */
    synchronized boolean isRestless() {
        return roster.isPending() || isPending(typing) || isPending(reads);
    }

    private static boolean isPending(SoftState state) {
        return state != null && state.isPending();
    }

    private void updateTracking() {
        tracksSpeakers = roster.isLarge() || (typing != null && !typing.isEmpty());
    }

    /** Which snapshots one reader has seen. For one thread at a time. */
    final class Cursor {
        private long rosterVersion;
        private long typingVersion;
        private long readsVersion;

        private Cursor(long rosterVersion) {
            this.rosterVersion = rosterVersion;
        }

        /** A frame that the reader has not seen, which the caller must send; null when there is none. */
        Frame next() {
            SoftState.Snapshot news = roster.since(rosterVersion);
            if (news != null) {
                rosterVersion = news.version();
                return news.frame();
            }
            news = since(typing, typingVersion);
            if (news != null) {
                typingVersion = news.version();
                return news.frame();
            }
            news = since(reads, readsVersion);
            if (news != null) {
                readsVersion = news.version();
                return news.frame();
            }
            return null;
        }

        private static SoftState.Snapshot since(SoftState state, long version) {
            return state == null ? null : state.since(version);
        }
    }
}
