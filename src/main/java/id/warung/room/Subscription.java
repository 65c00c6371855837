package id.warung.room;

/**
 * A cursor over a room's log: the next seq its reader lacks. {@link #next} is for one thread at a time (the sender's
 * step); a subscription never holds entries of its own.
 */
public final class Subscription {
    private final Room room;
    private final Reader reader;
    private final String plainReaderId; // null: reads JSON
    private long next;

    Subscription(Room room, Reader reader, long after, String plainReaderId) {
        this.room = room;
        this.reader = reader;
        this.next = after + 1;
        this.plainReaderId = plainReaderId;
    }

    public Room room() {
        return room;
    }

    Reader reader() {
        return reader;
    }

    /**
     * The next frame, which the caller must send: the cursor moves past it. Null when there is nothing yet; what
     * must first be read from the log wakes the reader when it is there.
     */
    public Frame next() {
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
            Frame frame =
                    plainReaderId == null ? block.frame(next) : block.plainFrame(next, plainReaderId, room::textOf);
            next = frame == null ? next + 1 : frame.last() + 1;
            if (frame != null) {
                return frame;
            }
        }
        return null;
    }

    private Frame skipTo(long kept) {
        Frame gap = room.gap(next, kept - 1);
        next = kept;
        return plainReaderId == null ? gap : next();
    }

    /** Ends it; what is being sent may still arrive. */
    public void end() {
        room.remove(this);
    }
}
