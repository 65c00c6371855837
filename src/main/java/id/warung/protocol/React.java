package id.warung.protocol;

/**
 * Adds a user's reaction to a message, or takes it back.
 *
 * @param seq of the message
 * @param emoji one user-visible character
 * @param on whether the user reacts with it from then on
 */
public record React(String room, String id, long seq, String emoji, boolean on) implements Command.Durable {
    @Override
    public String body() {
        return "reacted " + seq + " " + emoji + " " + on;
    }

    @Override
    public boolean requiresJoin() {
        return true;
    }

    @Override
    public int extraCostBytes() {
        return Command.Post.MENTION_BYTES; // it may write an entry in an inbox
    }

    @Override
    public <R> R accept(DurableVisitor<R> visitor) {
        return visitor.react(this);
    }
}
