package id.warung.protocol;

/** Gives the author the name in this append request. Clients cannot send it: it follows from a {@link Command.Hello}. */
public record TakeName(String room) implements Command.Durable {
    @Override
    public String id() {
        return null;
    }

    @Override
    public boolean becomesEntry() {
        return false;
    }

    @Override
    public String body() {
        return "name";
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.takeName(this);
    }
}
