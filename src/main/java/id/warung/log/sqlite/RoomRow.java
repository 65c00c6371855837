package id.warung.log.sqlite;

import id.warung.log.RoomState;

/**
 * A room as the database has it. Immutable.
 *
 * @param id the database's; 0 while the room does not exist
 * @param first the lowest seq that is kept
 * @param buried whether requests are kept that have no entry any more
 */
record RoomRow(long id, long first, boolean buried, RoomState state) {
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
        return new RoomRow(given, first, buried, state);
    }

    RoomRow withBuried() {
        return new RoomRow(id, first, true, state);
    }

    RoomRow with(RoomState now) {
        return new RoomRow(id, first, buried, now);
    }
}
