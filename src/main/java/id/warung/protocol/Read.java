package id.warung.protocol;

/**
 * {@code seq} is the last entry that the user has read; 0 forgets that the user was ever in the room.
 *
 * @param back whether what was read beyond is unread again; at 0 the user is still in the room
 */
public record Read(String room, String id, long seq, boolean back) implements Command.Durable {
    public Read(String room, String id, long seq) {
        this(room, id, seq, false);
    }

    public Read(String room, long seq) {
        this(room, null, seq);
    }

    @Override
    public boolean becomesEntry() {
        return false;
    }

    @Override
    public String body() {
        return "read " + seq;
    }

    @Override
    public boolean requiresJoin() {
        return true;
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.read(this);
    }
}
