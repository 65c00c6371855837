package id.warung.launch;

import java.util.logging.LogManager;

/**
 * Keeps the log open until the process has ended. The JDK's own closes it as soon as the process is asked to end, while Warung still says
 * goodbye, writes what was posted, and may have something to say about it. Public because the JDK makes it.
 */
public final class LastingLog extends LogManager {
    private volatile boolean lasting;

    /** From now on nothing closes it. */
    void keepOpen() {
        lasting = true;
    }

    @Override
    public void reset() {
        if (!lasting) {
            super.reset();
        }
    }
}
