package id.warung.log;

/**
 * One entry that a commit has put into a room's log, or in the place of another.
 *
 * @param n how many messages the room has had up to and with it
 * @param state how the room is from then on; null for what stands in the place of another
 * @param replaces it stands where an entry was erased, and is not the head
 */
public record Written(String room, Entry entry, long n, RoomState state, boolean replaces) {}
