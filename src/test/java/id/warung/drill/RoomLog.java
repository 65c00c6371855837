package id.warung.drill;

import java.util.List;

/** The kept log of a room as read afterwards; {@code first} is the lowest seq that is kept. */
record RoomLog(String room, String epoch, long first, List<Seen> entries) {
    /** The entry with this seq, or null. */
    Seen at(long seq) {
        long index = seq - first;
        return index >= 0 && index < entries.size() ? entries.get((int) index) : null;
    }

    long head() {
        return first + entries.size() - 1;
    }
}
