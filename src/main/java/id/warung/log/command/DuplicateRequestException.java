package id.warung.log.command;

/** A request turned out to have been executed before when its entry was appended: the whole group must be undone and decided again. */
public final class DuplicateRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DuplicateRequestException() {
        super("This request was met before", null, false, false);
    }
}
