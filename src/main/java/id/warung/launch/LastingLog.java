package id.warung.launch;

import java.util.logging.LogManager;

/**
 * A log manager that stays open until the process has ended. The JDK's own closes as soon as the process is asked to end, while Warung
 * still says goodbye, writes posted messages, and may have to log something. Public because the JDK creates it.
 */
public final class LastingLog extends LogManager {
    private volatile boolean lasting;

    /** From now on nothing closes the log. */
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
