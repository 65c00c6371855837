package id.warung.log;

/**
 * One entry of a room's log. Immutable. Its JSON is what is stored and what goes over the wire.
 * {@code authorId} is for those who read plain text, all but their own.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and never changed
public record Entry(long seq, String authorId, byte[] json) {
    /** Roughly what it takes in memory. */
    public int weightBytes() {
        return json.length + 96;
    }
}
