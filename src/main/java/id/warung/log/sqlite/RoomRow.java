package id.warung.log.sqlite;

import id.warung.log.RoomState;

/**
 * A room's row in the database. Immutable.
 *
 * @param id the database's; 0 while the room does not exist
 * @param first the lowest seq that is kept
 * @param hasTombstones whether it has tombstones: requests whose entries are gone
 */
record RoomRow(long id, long first, boolean hasTombstones, RoomState state) {
    String name() {
        return state.room();
    }

    long head() {
        return state.head().seq();
    }

    long n() {
        return state.n();
    }

    RoomRow withId(long given) {
        return new RoomRow(given, first, hasTombstones, state);
    }

    RoomRow withTombstones() {
        return new RoomRow(id, first, true, state);
    }

    RoomRow with(RoomState now) {
        return new RoomRow(id, first, hasTombstones, now);
    }
}
