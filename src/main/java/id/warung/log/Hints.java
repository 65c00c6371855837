package id.warung.log;

import java.util.Collection;

/**
 * Hints between the nodes that share a storage: they name the rooms with news, and carry no data. A hint may be lost, doubled, late, or
 * out of order, and costs no more than time: every node also looks by itself. Thread-safe; never blocks.
 */
public interface Hints extends AutoCloseable {
    /** Receives the hints of all other nodes. Called on any thread, one call at a time; must not block. */
    interface Listener {
        /** There may be news in these rooms. */
        void news(Collection<String> rooms);

        /** There may be news in any room: hints may have been lost, or there were too many to name. */
        void newsAnywhere();
    }

    /** Starts to receive hints. Called once. */
    void start(Listener listener);

    /** Tells the other nodes that there is news in these rooms; several calls may become one hint. Nothing to send costs nothing. */
    void send(Collection<String> rooms);

    /** A sentence for the administrator when this node does not hear hints now, not even its own; null otherwise. */
    String trouble();

    @Override
    void close();
}
