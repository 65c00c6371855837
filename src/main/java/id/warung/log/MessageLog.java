package id.warung.log;

import id.warung.protocol.Reactions;
import java.io.IOException;
import java.util.List;

/**
 * The logs of all rooms. Methods block and must never be called on a container's WebSocket thread. One thread writes
 * (append, trim, check); any thread may read, and readers never wait for the writer.
 */
public interface MessageLog extends AutoCloseable {
    /**
     * Entries in order of seq, read in one snapshot. {@code state} is the room's state in that snapshot; {@code first} the lowest seq
     * that is still kept (1 when nothing was trimmed); {@code amendments} the latest edits, beyond the page, of messages in it;
     * {@code reactions} those to messages in it.
     */
    record Page(RoomState state, long first, List<Entry> entries, List<Entry> amendments, List<Reactions> reactions) {
        /** A page of entries alone. */
        public Page(RoomState state, long first, List<Entry> entries, List<Entry> amendments) {
            this(state, first, entries, amendments, List.of());
        }

        /** The bytes of JSON of the amendments, or of the reactions if these are more. */
        public long besideBytes() {
            long ofReactions =
                    reactions.stream().mapToLong(Reactions::weightBytes).sum();
            return Math.max(PageBytes.of(amendments), ofReactions);
        }

        /** The room's head. */
        public Position head() {
            return state.head();
        }
    }

    /**
     * What a caller asks for: a page of a room.
     *
     * @param userId the caller, whose own reactions are marked; null: none
     * @param limit the most entries, or messages that match a search
     * @param maxBytes a page has fewer if they, their edits or the reactions to them would exceed this; at least one, if there is one
     */
    record PageRequest(String room, String userId, int limit, int maxBytes) {}

    /** The most entries that are reactions which a page before a seq skips. */
    int SKIPPED_REACTIONS = 20_000;

    /** A message that matches a search, with the messages right before and after it. */
    record Hit(Entry entry, List<Entry> around) {}

    /**
     * The matches of a search, newest first, and the latest edits of all messages in them and the reactions to them.
     *
     * @param state the room's state in the snapshot that was read
     * @param more whether there may be earlier matches
     * @param incomplete not everything was searched: it would have taken too long, or the index of old messages is still being built
     */
    record Hits(
            RoomState state,
            List<Hit> hits,
            List<Entry> amendments,
            List<Reactions> reactions,
            boolean more,
            boolean incomplete) {
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

    /**
     * The same, but hardly waits for rooms that somebody else has locked: the requests of these rooms are {@link AppendResult.Locked}, and
     * the others are written.
     */
    default List<AppendResult> appendUnlocked(List<AppendRequest> requests) throws IOException {
        return append(requests);
    }

    /** At most {@code limit} entries of the room after a seq. */
    default Page read(String room, long after, int limit) throws IOException {
        return read(room, after, limit, Integer.MAX_VALUE);
    }

    /**
     * At most {@code limit} entries of the room after a seq, and fewer if they or their edits would exceed
     * {@code maxBytes} of JSON; at least one, if there is one. Without reactions.
     */
    Page read(String room, long after, int limit, int maxBytes) throws IOException;

    /** The first entries of the room after a seq, and the reactions to messages in them. */
    Page readAfter(PageRequest page, long after) throws IOException;

    /**
     * The latest entries of the room before a seq that are not reactions, with what reactions there are to them. Where it would skip more
     * than {@link #SKIPPED_REACTIONS} of these, it ends with one; so it does with the first entry that is kept.
     */
    Page readBefore(PageRequest page, long before) throws IOException;

    /** The same, for nobody. */
    default Page readBefore(String room, long before, int limit) throws IOException {
        return readBefore(room, before, limit, Integer.MAX_VALUE);
    }

    /** The same. */
    default Page readBefore(String room, long before, int limit, int maxBytes) throws IOException {
        return readBefore(new PageRequest(room, null, limit, maxBytes), before);
    }

    /** The latest messages of the room before a seq that contain all words of the query, with their context. */
    Hits search(PageRequest page, String query, long before) throws IOException;

    /** The same, for nobody. */
    default Hits search(String room, String query, long before, int limit) throws IOException {
        return search(room, query, before, limit, Integer.MAX_VALUE);
    }

    /** The same. */
    default Hits search(String room, String query, long before, int limit, int maxBytes) throws IOException {
        return search(new PageRequest(room, null, limit, maxBytes), query, before);
    }

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
