package id.warung.log.postgres;

/** The key of an entry, in the order in which rows are written. */
record EntryKey(long roomId, long seq) implements Comparable<EntryKey> {
    @Override
    public int compareTo(EntryKey other) {
        return roomId != other.roomId ? Long.compare(roomId, other.roomId) : Long.compare(seq, other.seq);
    }
}
