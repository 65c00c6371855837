package id.warung.log.postgres;

import id.warung.protocol.Access;
import id.warung.protocol.RoomName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The members of rooms that were read lately: they are read again only when the version of their room is another. Thread-safe. */
final class MemberCache {
    private static final int MAX_ROOMS = 10_000;
    private static final long UNKNOWN = -1;

    private record Known(long version, Set<String> members) {}

    private final Map<String, Known> rooms = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_ROOMS;
        }
    };

    /** The version of the room whose members are known; one that no room has if they are not. */
    synchronized long version(String room) {
        Known known = rooms.get(room);
        return known == null ? UNKNOWN : known.version();
    }

    /** The row with its members, who are those {@code read} if another version was known. */
    synchronized RoomRow withMembers(RoomRow row, long knownVersion, Collection<String> read) {
        if (row.state().access() != Access.MEMBERS || RoomName.isInbox(row.name())) {
            return row;
        }
        Known known = rooms.get(row.name());
        if (known != null && known.version() == row.version()) {
            return row.withMembers(known.members());
        }
        if (knownVersion == row.version()) {
            return null; // forgotten meanwhile
        }
        RoomRow with = row.withMembers(read);
        rooms.put(row.name(), new Known(row.version(), with.state().members()));
        return with;
    }

    /** In a new epoch: versions count anew. */
    synchronized void clear() {
        rooms.clear();
    }

    synchronized void evict(String room) {
        rooms.remove(room);
    }
}
