package id.warung.log;

import java.io.IOException;
import java.util.List;

/**
 * The log of every room. Methods block and are never called on a container's thread. One thread appends; any may read,
 * and a reader never waits for the writer.
 */
public interface MessageLog extends AutoCloseable {
    /** Entries {@code after + 1 …}; if {@code first} is greater than that, what lies between is no longer kept. */
    record Page(long first, List<Entry> entries) {}

    /**
     * Writes a group: it is durable when this returns.
     *
     * @return an outcome for each draft, in the same order; within a room in the order of seq
     * @throws IOException when nothing of the group was written
     */
    List<Outcome> append(List<Draft> drafts) throws IOException;

    /** At most {@code limit} entries of the room after a seq. */
    Page read(String room, long after, int limit) throws IOException;

    /** The room's epoch and latest seq (0 when nothing was said). Makes the room if there is none. */
    Position head(String room) throws IOException;

    @Override
    void close() throws IOException;
}
