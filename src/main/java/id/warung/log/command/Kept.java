package id.warung.log.command;

/** An entry that is in the log. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and never changed
public record Kept(long seq, EntryKind kind, String authorId, byte[] json) {}
