package id.warung.log;

/**
 * A listener that reads the log by itself, from a position of its own, which it keeps with what it makes of it: so it misses nothing, whatever
 * happens to it. What it hears is only that there is more. Thread-safe.
 */
public final class Follower implements Committer.Listener {
    private volatile boolean news = true; // of before the start

    @Override
    public void written(Written written) {
        news = true;
    }

    @Override
    public void flushed() {
        // it reads in its own time
    }

    /** There is something to do that no entry tells of. */
    public void wake() {
        news = true;
    }

    /** The same work, when there may be something to do. */
    public Job.Work when(Job.Work work) {
        return () -> {
            if (!news) {
                return false;
            }
            news = false; // before it looks: what comes from now on is seen at the next time
            boolean sound = false;
            boolean more = true;
            try {
                more = work.some();
                sound = true;
            } finally {
                news |= more || !sound;
            }
            return more;
        };
    }
}
