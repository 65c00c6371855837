package id.warung.log;

import java.io.IOException;
import java.time.Duration;

/**
 * Something that is done in the background, again and again.
 *
 * @param failure a sentence for the administrator, when it could not be done and is tried again
 * @param interval between two times, when the last one left nothing to do
 */
public record Job(String failure, Duration interval, Work work) {
    /** A part of it, of some milliseconds; blocks. */
    public interface Work {
        /** Returns whether there is more to do at once. */
        boolean some() throws IOException;
    }
}
