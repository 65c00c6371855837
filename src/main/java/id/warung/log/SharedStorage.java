package id.warung.log;

import id.warung.protocol.Reply;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** What a storage that several nodes share offers them, besides the log and the directory. Thread-safe. */
public interface SharedStorage {
    /**
     * How far a room is.
     *
     * @param head the seq of its latest entry
     * @param version goes up with each change of its members and rights, and when entries are trimmed; in an inbox, also with each read
     *     mark, new name and sign-out of its owner
     */
    record Version(long head, long version) {}

    /** Where those of these rooms that exist are now, in one query. Blocks. */
    Map<String, Version> versions(Collection<String> rooms) throws IOException;

    /**
     * How far the owners of some inboxes have read in other rooms, as far as they marked or forgot it (0) after a version of their inbox, in
     * this order; in one query. Blocks.
     *
     * @param versions the version of each inbox, by its name
     */
    Map<String, List<Reply.Reads.Mark>> readsSince(Map<String, Long> versions) throws IOException;

    /** The hints between the nodes. */
    Hints hints();

    /** The leases of the nodes on what they say about people. */
    Leases leases();

    /**
     * Calls the listener, on any thread, when the epoch has changed while this node runs: what its readers have seen may not be what the log
     * says now. Called once before anything is read.
     */
    void onNewEpoch(Runnable listener);
}
