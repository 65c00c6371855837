package id.warung.log;

/**
 * A committed entry, either new in its room's log or a replacement of another.
 *
 * @param n the number of messages in the room up to and including it
 * @param state the room's state from then on; null for a replacement
 * @param replaces it replaces an erased entry, and is not the head
 */
public record CommittedEntry(String room, Entry entry, long n, RoomState state, boolean replaces) {}
