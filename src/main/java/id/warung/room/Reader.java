package id.warung.room;

import id.warung.logging.LogContext;

/** Who reads a room: something that can be told that there may be more to read. */
public interface Reader {
    /** There may be something to read. Called on one of our own threads, which may be used to send it. */
    void drive();

    /** There may be something to read. Returns at once. */
    void wake();

    /** Whose it is, for the log. */
    default LogContext context() {
        return LogContext.NONE;
    }
}
