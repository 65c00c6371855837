package id.warung.protocol;

/** A command that is rejected because of the client's mistake; it becomes a typed {@code error} reply. Has no stack trace. */
public final class CommandRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String command;
    private final String room;
    private final String id;

    public CommandRejectedException(ErrorCode code, String message) {
        this(code, message, null, null, null);
    }

    private CommandRejectedException(ErrorCode code, String message, String command, String room, String id) {
        super(message, null, false, false);
        this.code = code;
        this.command = command;
        this.room = room;
        this.id = id;
    }

    /** The same exception with what could be read of the command: its type, its room and its id, each of which may be null. */
    CommandRejectedException of(String itsType, String itsRoom, String itsId) {
        return new CommandRejectedException(code, getMessage(), itsType, itsRoom, itsId);
    }

    public ErrorCode code() {
        return code;
    }

    public Reply.Failure reply() {
        return new Reply.Failure(code, getMessage(), command, room, id, 0);
    }
}
