package id.warung.log.command;

/** One change that results from a decision. */
interface Change {
    void to(LogWriter log);
}
