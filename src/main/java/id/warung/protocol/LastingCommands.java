package id.warung.protocol;

/** Reads the durable commands, each of which knows its own fields. Thread-safe. */
public interface LastingCommands {
    /**
     * Reads the command of this type.
     *
     * @return null when there is no such type
     * @throws Refused when a field is missing or invalid
     */
    Command.Lasting read(String type, Fields fields) throws Refused;
}
