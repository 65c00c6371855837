package id.warung.protocol;

/**
 * Stars a room for its author, or takes the star away.
 *
 * @param room the author's inbox, where the entry is written; before {@link #by} the starred one
 * @param in the room that is starred
 */
public record Star(String room, String id, String in, boolean on) implements Command.Durable {
    @Override
    public Star by(String userId) {
        return new Star(RoomName.inboxOf(userId), id, in, on);
    }

    @Override
    public String body() {
        return "starred " + in + " " + on;
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.star(this);
    }
}
