package id.warung.room;

import id.warung.log.Principal;
import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The transient state of a room, which is in no log: its {@link Roster}, who is {@link Typing}, and, for an inbox, its {@link ReadMarks} and {@link UnreadCounts}.
 * Where there are several nodes, each tells the others its {@link RoomPart}, and all show the same roster of them. Holds the one lock of them all, decides when each may be published again, and gives each reader a {@link Cursor} over them.
 * Thread-safe.
 */
public final class Presence {
    /**
     * Times in nanoseconds.
     *
     * @param grace how long a user stays in the roster after disconnecting
     * @param interval the least time between two snapshots of a kind, in a room with fewer than {@value Roster#MAX_NAMED} users; in
     *     larger rooms it grows with their number
     * @param typing how long a typing signal lasts
     */
    public record Times(long grace, long interval, long typing, LongSupplier clock) {}

    private final String room;
    private final Times times;
    private final long publishedAt; // one interval before the room was opened, so that the first snapshot need not wait
    private final Roster roster;
    // created when needed, because most rooms never need it and there may be very many rooms
    private volatile Typing typing;
    private volatile ReadMarks reads;
    private volatile UnreadCounts counts;
    private long partAt; // nanoseconds: when the other nodes were last told
    private volatile boolean tracksSpeakers; // otherwise speakers need not take the lock

    Presence(String room, Times times) {
        this.room = room;
        this.times = times;
        this.publishedAt = times.clock().getAsLong() - times.interval();
        this.partAt = publishedAt;
        this.roster = new Roster(room, publishedAt);
    }

    /** Adds a session of the user; true when the user is new here, and a roster with them will follow. */
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

    synchronized void markTyping(User user) {
        typing().start(user.id(), times.clock().getAsLong() + times.typing());
        tracksSpeakers = true;
    }

    private Typing typing() {
        if (typing == null) {
            typing = new Typing(room, roster, publishedAt);
        }
        return typing;
    }

    /** Those on other nodes are these now. */
    synchronized void setOthers(Collection<RoomPart> parts) {
        roster.setOthers(new OtherNodes(parts));
        List<User> users = parts.stream()
                .flatMap(part -> part.typing().stream())
                .distinct()
                .toList();
        if (typing != null || !users.isEmpty()) {
            typing().setElsewhere(users);
        }
        updateTracking();
    }

    /** What the other nodes have to be told now; null when that is nothing, or not yet. */
    synchronized RoomPart takePart(long nowNanos) {
        if (!owesPart() || nowNanos - partAt < interval()) {
            return null;
        }
        partAt = nowNanos;
        roster.toldOthers();
        if (typing != null) {
            typing.toldOthers();
        }
        return roster.part(typing == null ? List.of() : typing.here());
    }

    /** Whether the other nodes have to be told something, now or later. */
    synchronized boolean owesPart() {
        return roster.isChangedHere() || (typing != null && typing.isChangedHere());
    }

    /** The user has posted what they were typing; returns whether a snapshot may be due. */
    boolean recordPost(String userId) {
        return tracksSpeakers && recordSpeaker(userId);
    }

    private synchronized boolean recordSpeaker(String userId) {
        if (typing != null) {
            typing.posted(userId);
        }
        roster.recordPost(userId);
        return hasPendingChanges();
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

    synchronized void counted(Collection<Reply.Unread.Count> news) {
        if (counts == null) {
            counts = new UnreadCounts(room, publishedAt);
        }
        counts.add(news);
    }

    /** How many users are here, on all nodes; 0 when nobody is here on this node. */
    synchronized int count() {
        return roster.countIfHere();
    }

    /** Everybody who is known by name; nobody when nobody is here on this node. */
    synchronized RoomPart everybody() {
        return roster.everybody();
    }

    /**
     * A cursor that has seen nothing. A newcomer waits for the roster that contains them, which is still to come, unless the roster names
     * only some users.
     */
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
        long interval = interval();
        boolean news = roster.publish(nowNanos, interval, frames);
        news |= typing != null && typing.publish(nowNanos, interval, frames);
        news |= reads != null && reads.publish(nowNanos, interval, frames);
        news |= counts != null && counts.publish(nowNanos, interval, frames);
        return news;
    }

    private long interval() {
        return times.interval() * (1 + roster.count() / Roster.MAX_NAMED);
    }

    /** Whether a snapshot may be due later. */
    synchronized boolean hasPendingChanges() {
        return roster.isPending() || isPending(typing) || isPending(reads) || isPending(counts);
    }

    private static boolean isPending(SoftState state) {
        return state != null && state.isPending();
    }

    private void updateTracking() {
        tracksSpeakers = roster.isLarge() || (typing != null && !typing.isEmpty());
    }

    /** Records which snapshots one reader has seen. For one thread at a time. */
    final class Cursor {
        private long rosterVersion;
        private long typingVersion;
        private long readsVersion;
        private long countsVersion;

        private Cursor(long rosterVersion) {
            this.rosterVersion = rosterVersion;
        }

        /**
         * A frame that the reader has not seen, which the caller must send; null when there is none.
         *
         * @param limited the reader of an inbox for whom only some rooms exist; null: any other reader
         * @param frames makes those that are for this reader alone
         */
        Frame next(Principal limited, Function<Reply, Frame> frames) {
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
                return limited == null ? news.frame() : frame(reads.presentTo(limited::covers), frames);
            }
            news = limited == null ? since(counts, countsVersion) : null; // they name rooms
            if (news != null) {
                countsVersion = news.version();
                return news.frame();
            }
            return null;
        }

        private static Frame frame(Reply.Reads marks, Function<Reply, Frame> frames) {
            return marks.rooms().isEmpty() ? null : frames.apply(marks);
        }

        private static SoftState.Snapshot since(SoftState state, long version) {
            return state == null ? null : state.since(version);
        }
    }
}
