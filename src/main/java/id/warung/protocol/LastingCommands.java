package id.warung.protocol;

/** Reads the commands that the log is told: each knows its own fields. Thread-safe. */
public interface LastingCommands {
    /**
     * The command of this type.
     *
     * @return null when there is none
     * @throws Refused when a field is missing or wrong
     */
    Command.Lasting read(String type, Fields fields) throws Refused;
}
