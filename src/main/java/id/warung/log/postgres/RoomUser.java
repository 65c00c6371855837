package id.warung.log.postgres;

/** The key of what concerns a user in a room, in the order in which rows are written. */
record RoomUser(String userId, long roomId) implements Comparable<RoomUser> {
    @Override
    public int compareTo(RoomUser other) {
        int byUser = userId.compareTo(other.userId);
        return byUser != 0 ? byUser : Long.compare(roomId, other.roomId);
    }
}
