package id.warung.room;

import id.warung.logging.LogContext;

/** A reader of rooms, which can be notified that there may be more to read. */
public interface Reader {
    /** There may be something to read. Called on one of our own threads, which may be used to send it. */
    void drive();

    /** There may be something to read. Returns at once. */
    void wake();

    /** What was read is not in the log any more: the reader must come back and begin anew. Returns at once. */
    void restart();

    /** The reader's session and user, for the log. */
    default LogContext context() {
        return LogContext.NONE;
    }
}
