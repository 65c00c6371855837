package id.warung.log;

import java.io.Closeable;
import java.util.List;

/** What keeps the rooms: their logs, lists of them, and what has to be done for that in the background. Thread-safe. */
public interface Storage extends Closeable {
    MessageLog log();

    /** Which rooms and people there are. */
    Directory directory();

    /** Those who have to hear of what is committed. */
    List<Committer.Listener> listeners();

    /** What has to be done in the background; by one thread, which may be blocked. */
    List<Job> jobs();

    /** That a part of it is damaged for good, as a sentence; null when nobody has come upon any. */
    String damage();
}
