package id.warung.log;

/** The callback with the result of an append request. */
@FunctionalInterface
public interface AppendCallback {
    /** Does nothing. */
    Runnable NOTHING = () -> {};

    /**
     * The request is settled. Requests are settled in the order of seq. Called once, on the committer's thread; must not block or
     * throw.
     *
     * @return runs once the whole group is settled and the readers are notified, on the same thread and by the same rules
     */
    Runnable settled(AppendResult result);
}
