package id.warung.protocol;

/** Reads the durable commands, each of which knows its own fields. Thread-safe. */
public interface DurableCommands {
    /**
     * Reads the command of this type.
     *
     * @return null when there is no such type
     * @throws CommandRejectedException when a field is missing or invalid
     */
    Command.Durable read(String type, Fields fields) throws CommandRejectedException;
}
