package id.warung.log;

/**
 * One entry of a room's log. Immutable. Its JSON is what is stored and what goes over the wire.
 * {@code authorId} and {@code text} are for those who read plain text.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and never changed
public record Entry(long seq, String authorId, String text, byte[] json) {
    /** Roughly what it takes in memory. */
    public int weightBytes() {
        return json.length + 2 * text.length() + 96;
    }
}
