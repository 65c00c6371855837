package id.warung.log;

/**
 * A listener that reads the log by itself, from a position that it stores with its results, so that it misses nothing
 * even after a failure. The committer only notifies it that there is more. Thread-safe.
 */
public final class Follower implements Committer.Listener {
    private volatile boolean news = true; // from before the start

    @Override
    public void onCommitted(CommittedEntry written) {
        news = true;
    }

    @Override
    public void onGroupCommitted() {
        // it reads in its own time
    }

    /** Says that there is work without an entry. */
    public void wake() {
        news = true;
    }

    /** The same work, run only when there may be something to do. */
    public Job.Work whenNotified(Job.Work work) {
        return () -> {
            if (!news) {
                return false;
            }
            news = false; // before the work: later news is seen next time
            boolean sound = false;
            boolean more = true;
            try {
                more = work.runSlice();
                sound = true;
            } finally {
                news |= more || !sound;
            }
            return more;
        };
    }
}
