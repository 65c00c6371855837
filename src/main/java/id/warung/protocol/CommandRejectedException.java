package id.warung.protocol;

/** A command that is rejected because of the client's mistake; it becomes a typed {@code error} reply. Has no stack trace. */
public final class CommandRejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String id;

    public CommandRejectedException(ErrorCode code, String message) {
        this(code, message, null);
    }

    private CommandRejectedException(ErrorCode code, String message, String id) {
        super(message, null, false, false);
        this.code = code;
        this.id = id;
    }

    /** The same exception with the id of the command. */
    public CommandRejectedException of(String commandId) {
        return new CommandRejectedException(code, getMessage(), commandId);
    }

    public ErrorCode code() {
        return code;
    }

    public Reply.Failure reply() {
        return new Reply.Failure(code, getMessage(), id, 0);
    }
}
