package id.warung.log;

import java.io.Closeable;
import java.util.List;
import java.util.Optional;

/** A storage of rooms: their logs, the directory, and its background jobs. Thread-safe. */
public interface Storage extends Closeable {
    MessageLog log();

    /** Lists its rooms and users. */
    Directory directory();

    /** The listeners that must receive what is committed. */
    List<Committer.Listener> listeners();

    /** Its background jobs; for one thread, which may block. */
    List<Job> jobs();

    /** What it offers to several nodes; empty when it belongs to one. */
    default Optional<SharedStorage> shared() {
        return Optional.empty();
    }

    /** A sentence about permanent damage; null when none has been found. */
    String damage();
}
