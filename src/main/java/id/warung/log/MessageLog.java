package id.warung.log;

import java.io.IOException;
import java.util.List;

/**
 * The log of every room. Methods block and are never called on a container's WebSocket thread. One thread writes
 * (append, trim, check); any may read, and a reader never waits for the writer.
 */
public interface MessageLog extends AutoCloseable {
    /**
     * Entries in order of seq. {@code state} is how the room stood when they were read, all at once; {@code first} the lowest seq that is still kept
     * (1 when nothing was trimmed); {@code amends} the latest edits, beyond the page, of messages in it.
     */
    record Page(RoomState state, long first, List<Entry> entries, List<Entry> amends) {
        /** The room's. */
        public Position head() {
            return state.head();
        }
    }

    /** A message that was searched for, and those right before and after it. */
    record Hit(Entry entry, List<Entry> around) {}

    /**
     * Messages that were searched for, the newest first, and the latest edits of all that is in them.
     *
     * @param state how the room stood when they were read, all at once
     * @param more whether there may be more messages before them
     * @param incomplete not all could be searched: it would have taken too long, or the index of what was said long ago is still being made
     */
    record Hits(RoomState state, List<Hit> hits, List<Entry> amends, boolean more, boolean incomplete) {
        /** The room's. */
        public Position head() {
            return state.head();
        }
    }

    /**
     * Writes a group: it is durable when this returns.
     *
     * @return an outcome for each draft, in the same order; within a room in the order of seq
     * @throws IOException when nothing of the group was written and the storage is to blame
     * @throws IllegalArgumentException when nothing of the group was written because of what is in it
     */
    List<Outcome> append(List<Draft> drafts) throws IOException;

    /** At most {@code limit} entries of the room after a seq. */
    default Page read(String room, long after, int limit) throws IOException {
        return read(room, after, limit, Integer.MAX_VALUE);
    }

    /**
     * At most {@code limit} entries of the room after a seq, and fewer when they or their edits would have more than {@code maxBytes}
     * of JSON; one at least, if there is one.
     */
    Page read(String room, long after, int limit, int maxBytes) throws IOException;

    /** At most {@code limit} entries of the room before a seq, the latest of them. */
    default Page readBefore(String room, long before, int limit) throws IOException {
        return readBefore(room, before, limit, Integer.MAX_VALUE);
    }

    /** The same, and fewer when they or their edits would have more than {@code maxBytes} of JSON; one at least, if there is one. */
    Page readBefore(String room, long before, int limit, int maxBytes) throws IOException;

    /** At most {@code limit} messages of the room before a seq that have all words of the query, the latest of them. */
    default Hits search(String room, String query, long before, int limit) throws IOException {
        return search(room, query, before, limit, Integer.MAX_VALUE);
    }

    /** The same, and fewer when they, and what is told with them, would have more than {@code maxBytes} of JSON; one at least, if there is one. */
    Hits search(String room, String query, long before, int limit, int maxBytes) throws IOException;

    /** How the room is at its head. */
    RoomState state(String room) throws IOException;

    /** The same, for whoever only looks: one that is not there does not come to be. */
    default RoomState peek(String room) throws IOException {
        return state(room);
    }

    /** Writes something and takes it back: throws nothing when appending would work again. */
    void check() throws IOException;

    /** Nobody reads the room any more. A log that keeps nothing for later forgets it. */
    void roomClosed(String room);

    @Override
    void close() throws IOException;
}
