package id.warung.log.command;

/** A request turned out to have been met before, when its entry was put in: nothing of the group may stand, and it is decided anew. */
public final class RequestMet extends RuntimeException {
    private static final long serialVersionUID = 1;

    public RequestMet() {
        super("This request was met before", null, false, false);
    }
}
