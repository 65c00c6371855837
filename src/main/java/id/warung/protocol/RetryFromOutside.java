package id.warung.protocol;

/** A command from outside the room: an author who repeats it after leaving learns its result, and nothing more. */
public record RetryFromOutside(Command.Durable command) implements Command.Durable {
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

    @Override
    public boolean blocksNextCommands() {
        return true;
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.retryFromOutside(this);
    }
}
