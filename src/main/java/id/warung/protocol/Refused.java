package id.warung.protocol;

/** The client's mistake, on its way to becoming a typed {@code error} reply. Costs no stack trace. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String id;

    public Refused(ErrorCode code, String message) {
        this(code, message, null);
    }

    private Refused(ErrorCode code, String message, String id) {
        super(message, null, false, false);
        this.code = code;
        this.id = id;
    }

    /** The same refusal, naming the command it answers. */
    public Refused of(String commandId) {
        return new Refused(code, getMessage(), commandId);
    }

    public ErrorCode code() {
        return code;
    }

    public Reply.Failure reply() {
        return new Reply.Failure(code, getMessage(), id, 0);
    }
}
