package id.warung.protocol;

/** Stops reading a room. */
public record Leave(String room, String id) implements Command {
    @Override
    public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
        return visitor.leave(this);
    }
}
