package id.warung.log;

import java.io.IOException;
import java.util.List;

/**
 * The logs of all rooms. Methods block and must never be called on a container's WebSocket thread. One thread writes
 * (append, trim, check); any thread may read, and readers never wait for the writer.
 */
public interface MessageLog extends AutoCloseable {
    /**
     * Entries in order of seq, read in one snapshot. {@code state} is the room's state in that snapshot; {@code first} the lowest seq
     * that is still kept (1 when nothing was trimmed); {@code amendments} the latest edits, beyond the page, of messages in it.
     */
    record Page(RoomState state, long first, List<Entry> entries, List<Entry> amendments) {
        /** The room's head. */
        public Position head() {
            return state.head();
        }
    }

    /** A message that matches a search, with the messages right before and after it. */
    record Hit(Entry entry, List<Entry> around) {}

    /**
     * The matches of a search, newest first, and the latest edits of all messages in them.
     *
     * @param state the room's state in the snapshot that was read
     * @param more whether there may be earlier matches
     * @param incomplete not everything was searched: it would have taken too long, or the index of old messages is still being built
     */
    record Hits(RoomState state, List<Hit> hits, List<Entry> amendments, boolean more, boolean incomplete) {
        /** The room's head. */
        public Position head() {
            return state.head();
        }
    }

    /**
     * Writes a group, durably when this returns.
     *
     * @return a result for each request, in the same order; within a room in the order of seq
     * @throws IOException when nothing of the group was written and the storage is to blame
     * @throws IllegalArgumentException when nothing of the group was written because of its content
     */
    List<AppendResult> append(List<AppendRequest> requests) throws IOException;

    /** At most {@code limit} entries of the room after a seq. */
    default Page read(String room, long after, int limit) throws IOException {
        return read(room, after, limit, Integer.MAX_VALUE);
    }

    /**
     * At most {@code limit} entries of the room after a seq, and fewer if they or their edits would exceed
     * {@code maxBytes} of JSON; at least one, if there is one.
     */
    Page read(String room, long after, int limit, int maxBytes) throws IOException;

    /** The latest entries of the room before a seq, at most {@code limit}. */
    default Page readBefore(String room, long before, int limit) throws IOException {
        return readBefore(room, before, limit, Integer.MAX_VALUE);
    }

    /** The same, and fewer if they or their edits would exceed {@code maxBytes} of JSON; at least one, if there is one. */
    Page readBefore(String room, long before, int limit, int maxBytes) throws IOException;

    /** The latest messages of the room before a seq that contain all words of the query, at most {@code limit}. */
    default Hits search(String room, String query, long before, int limit) throws IOException {
        return search(room, query, before, limit, Integer.MAX_VALUE);
    }

    /** The same, and fewer if they and their context would exceed {@code maxBytes} of JSON; at least one, if there is one. */
    Hits search(String room, String query, long before, int limit, int maxBytes) throws IOException;

    /** The room's state at its head. */
    RoomState state(String room) throws IOException;

    /** The same without creating the room if it does not exist. */
    default RoomState peek(String room) throws IOException {
        return state(room);
    }

    /** Writes something and undoes it: throws nothing if appending works again. */
    void check() throws IOException;

    /** The room has no readers any more. A log that keeps nothing permanently forgets it. */
    void roomClosed(String room);

    @Override
    void close() throws IOException;
}
