package id.warung.log;

import java.io.IOException;
import java.time.Duration;

/**
 * A background job that runs again and again.
 *
 * @param failure a sentence for the administrator when a run failed and the next one tries again
 * @param interval between two runs, when the last one left nothing to do
 */
public record Job(String failure, Duration interval, Work work) {
    /** A part of the job, of some milliseconds; blocks. */
    public interface Work {
        /** Returns whether there is more to do at once. */
        boolean runSlice() throws IOException;
    }
}
