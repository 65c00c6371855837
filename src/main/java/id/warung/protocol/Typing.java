package id.warung.protocol;

/** Shows others for a moment that the user is writing. */
public record Typing(String room, String id) implements Command {
    @Override
    public <R> R accept(Visitor<R> visitor) throws CommandRejectedException {
        return visitor.typing(this);
    }
}
