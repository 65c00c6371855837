package id.warung.protocol;

/** Answers a ping. */
public record Pong(long n, String id) implements Command {
    @Override
    public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
        return visitor.pong(this);
    }
}
