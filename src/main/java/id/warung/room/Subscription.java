package id.warung.room;

import id.warung.log.Permissions;
import id.warung.log.Principal;
import id.warung.protocol.Reply;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.util.function.Supplier;

/**
 * A reader's cursor over a room's log: the next seq that the reader lacks, and the version of the transient state that it has seen.
 * {@link #next} is for one thread at a time (the sender's step); a subscription never holds entries of its own.
 */
public final class Subscription {
    private final Room room;
    private final Reader reader;
    private final User user;
    private final Supplier<Principal> who;
    private final boolean plain;
    private final boolean inbox; // of which a reader may see a part only
    private final Presence.Cursor presence;
    private long next;
    private volatile boolean ended;

    Subscription(
            Room room, Reader reader, long after, User user, Supplier<Principal> who, boolean plain, boolean newcomer) {
        this.room = room;
        this.reader = reader;
        this.next = after + 1;
        this.user = user;
        this.who = who;
        this.plain = plain;
        this.inbox = RoomName.isInbox(room.name());
        this.presence = room.presence().cursor(newcomer);
    }

    public Room room() {
        return room;
    }

    Reader reader() {
        return reader;
    }

    User user() {
        return user;
    }

    /** Whether it has ended: the reader has left, or may not read the room any more. */
    public boolean hasEnded() {
        return ended;
    }

    /**
     * The next frame, which the caller must send: the cursor moves past it. Null when there is nothing yet; if it must
     * first be read from the log, the reader is woken when it is there.
     */
    public Frame next() {
        if (ended) {
            return null;
        }
        Frame frame = entries();
        if (frame == null && !plain) {
            frame = presence.next(limited(), room::frame);
        }
        // checked after the frame is built: a removed member receives nothing after the removal
        if (!Permissions.mayRead(who.get(), room.state())) {
            boolean first = end(); // otherwise the reader has just left by themselves, and is told so
            return plain || !first ? null : room.frame(new Reply.Left(room.name(), Reply.Left.REMOVED, null));
        }
        return frame;
    }

    private Frame entries() {
        while (next <= room.head()) {
            Block block = room.recent(next);
            if (block == null) {
                if (room.reachable(next) > next) {
                    return skipTo(room.reachable(next));
                }
                Archive.Part part = room.older(next, reader);
                if (part == null) {
                    return null;
                }
                if (part.first() > next) {
                    return skipTo(part.first());
                }
                block = part.block();
            }
            Frame frame = frame(block);
            next = frame == null ? next + 1 : frame.last() + 1;
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    private Frame frame(Block block) {
        if (plain) {
            return block.plainFrame(next, user.id(), room::textOf);
        }
        Principal limited = limited();
        return limited == null ? block.frame(next) : block.frameOf(next, entry -> room.notice(entry, limited));
    }

    /** The reader of an inbox for whom only some rooms exist; null: any other reader. */
    private Principal limited() {
        Principal reading = inbox ? who.get() : null;
        return reading == null || reading.rooms().isEmpty() ? null : reading;
    }

    private Frame skipTo(long kept) {
        Frame gap = plain ? null : room.frame(new Reply.Gap(room.name(), next, kept - 1));
        next = kept;
        return plain ? entries() : gap;
    }

    /** Ends the subscription; a frame in flight may still arrive. True when it had not ended before: one caller is told so. */
    public boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
        }
        room.remove(this);
        return true;
    }
}
