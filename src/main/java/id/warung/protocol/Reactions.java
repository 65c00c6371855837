package id.warung.protocol;

import java.util.List;

/**
 * The reactions to one message, as one caller gets them in a page of history. Immutable.
 *
 * @param seq of the message
 * @param of in the order of the first reactions that still hold
 */
public record Reactions(String room, long seq, List<Kind> of) {
    /**
     * The users who have reacted with the same character.
     *
     * @param count how many there are
     * @param users the first of them, at most {@link Limits#MAX_REACTING_USERS}
     * @param seqs of the reactions of these users, in ascending order
     * @param mine whether the caller is one
     */
    public record Kind(String emoji, long count, List<User> users, List<Long> seqs, boolean mine) {}

    /** Roughly the bytes of its JSON. */
    public long weightBytes() {
        return 80
                + of.stream().mapToLong(kind -> 80 + 100L * kind.users().size()).sum();
    }

    /** As JSON. */
    public byte[] toJson() {
        EventWriter event = new EventWriter("reactions").field("room", room).field("seq", seq);
        return event.list("of", of, event::append).toBytes();
    }
}
