package id.warung.log.command;

/** One change that a decision makes. */
interface Change {
    void to(LogWriter log);
}
