package id.warung.log.command;

/** An entry in the log. Immutable. */
@SuppressWarnings("ArrayRecordComponent") // never compared, never modified
public record StoredEntry(long seq, EntryKind kind, String authorId, byte[] json) {}
