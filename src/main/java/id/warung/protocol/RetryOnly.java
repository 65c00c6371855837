package id.warung.protocol;

/**
 * A command that is not executed any more, such as one from outside the room: an author who repeats it learns its result, and nothing more.
 *
 * @param otherwise why it is rejected if it was not executed before
 */
public record RetryOnly(Command.Durable command, CommandRejectedException otherwise) implements Command.Durable {
    /** The reason when the author is not in the room. */
    public static CommandRejectedException notJoined() {
        return new CommandRejectedException(ErrorCode.NOT_JOINED, "Join the room first.");
    }

    @Override
    public String room() {
        return command.room();
    }

    @Override
    public String id() {
        return command.id();
    }

    @Override
    public String body() {
        return command.body();
    }

    @Override
    public String type() {
        return command.type();
    }

    @Override
    public String canonical() {
        return command.canonical();
    }

    @Override
    public boolean becomesEntry() {
        return command.becomesEntry();
    }

    /** Outsiders look up one command at a time; a member who has to wait may send everything again at once. */
    @Override
    public boolean blocksNextCommands() {
        return otherwise.retryAfterMs() == 0 || command.blocksNextCommands();
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.retryOnly(this);
    }
}
