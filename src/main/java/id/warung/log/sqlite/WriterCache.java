package id.warung.log.sqlite;

import id.warung.protocol.User;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The writer's cache of the database, which nobody else changes, and what the present group has changed of it. For the writing thread
 * only.
 */
final class WriterCache {
    private static final int ROOMS = 1_000;
    private static final int NAMES = 10_000;

    private final Map<String, RoomRow> rooms = new RecentlyUsed<>(ROOMS);
    private final Map<String, String> names = new RecentlyUsed<>(NAMES);
    private final Map<String, RoomRow> moved = new LinkedHashMap<>(); // rooms of this group whose head is not saved yet
    private final Set<String> changedRooms = new HashSet<>(); // of this group
    private final Set<String> changedNames = new HashSet<>();

    /** Loads what is not in the cache. */
    interface Loading {
        RoomRow room(String name) throws SQLException;
    }

    RoomRow room(String name, Loading loading) throws SQLException {
        RoomRow room = moved.getOrDefault(name, rooms.get(name));
        if (room == null) {
            room = loading.room(name);
            rooms.put(name, room);
        }
        return room;
    }

    /** The group has changed the room. */
    void changed(RoomRow room) {
        changedRooms.add(room.name());
        rooms.put(room.name(), room);
        moved.computeIfPresent(room.name(), (name, before) -> room);
    }

    /** The group has moved the room's head. */
    void moved(RoomRow room) {
        moved.put(room.name(), room);
        changed(room);
    }

    /** The rooms whose heads the group has moved. */
    Collection<RoomRow> moved() {
        return List.copyOf(moved.values());
    }

    /** Whether the name is new; if so, it is remembered. */
    boolean isNews(User user) {
        boolean news = !user.name().equals(names.put(user.id(), user.name()));
        if (news) {
            changedNames.add(user.id());
        }
        return news;
    }

    /** The group's changes are in the database. */
    void groupWritten() {
        moved.clear();
        changedRooms.clear();
        changedNames.clear();
    }

    /** The group's changes are not in the database. */
    void groupUndone() {
        rooms.keySet().removeAll(changedRooms);
        names.keySet().removeAll(changedNames);
        groupWritten();
    }

    /** Empties the cache: the content of the database is uncertain. */
    void evict() {
        rooms.clear();
        names.clear();
        groupWritten();
    }

    /** A room was changed outside a group. */
    void evict(String room) {
        rooms.remove(room);
    }
}
