package id.warung.log;

/**
 * One entry of a room's log. Its JSON is both stored and sent. {@code authorId} is for plain-text readers, who do not
 * receive their own messages. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never modified
public record Entry(long seq, String authorId, byte[] json) {
    /** Roughly the memory that it takes. */
    public int weightBytes() {
        return json.length + 96;
    }
}
