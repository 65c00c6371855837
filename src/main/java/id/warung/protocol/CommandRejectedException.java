package id.warung.protocol;

/** A command that is rejected because of the client's mistake or a limit; it becomes a typed {@code error} reply. Has no stack trace. */
public final class CommandRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String command;
    private final String room;
    private final String id;
    private final long retryAfterMs; // 0: it is not worth trying again

    public CommandRejectedException(ErrorCode code, String message) {
        this(code, message, 0);
    }

    public CommandRejectedException(ErrorCode code, String message, long retryAfterMs) {
        this(code, message, null, null, null, retryAfterMs);
    }

    private CommandRejectedException(
            ErrorCode code, String message, String command, String room, String id, long retryAfterMs) {
        super(message, null, false, false);
        this.code = code;
        this.command = command;
        this.room = room;
        this.id = id;
        this.retryAfterMs = retryAfterMs;
    }

    /** It was too much in too short a time: it may be tried again after these milliseconds. */
    public static CommandRejectedException rateLimited(long retryAfterMs) {
        return new CommandRejectedException(
                ErrorCode.RATE_LIMITED, "Too much in too short a time. Try again in a moment.", retryAfterMs);
    }

    /** The same exception with what could be read of the command: its type, its room and its id, each of which may be null. */
    CommandRejectedException of(String itsType, String itsRoom, String itsId) {
        return new CommandRejectedException(code, getMessage(), itsType, itsRoom, itsId, retryAfterMs);
    }

    public ErrorCode code() {
        return code;
    }

    /** When it may be tried again; 0: not at all. */
    public long retryAfterMs() {
        return retryAfterMs;
    }

    public Reply.Failure reply() {
        return new Reply.Failure(code, getMessage(), command, room, id, retryAfterMs);
    }
}
