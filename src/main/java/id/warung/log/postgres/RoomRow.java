package id.warung.log.postgres;

import id.warung.log.Position;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import id.warung.protocol.CallPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A room's row in the database. Immutable.
 *
 * @param id the database's
 * @param first the lowest seq that is kept
 * @param hasTombstones whether it has tombstones: requests whose entries are gone
 * @param version see {@link id.warung.log.SharedStorage.Version}
 */
record RoomRow(long id, long first, boolean hasTombstones, long version, RoomState state) {
    /** What {@link #of} reads. */
    static final String COLUMNS =
            "r.id, r.name, r.first, r.head, r.n, r.access, r.topic, r.archived, r.owner, r.buried,"
                    + " r.version, r.epoch, r.moderators, r.title, r.calls";

    /** The row without members, except those that are part of its name; {@code epoch} is that of rooms without one of their own. */
    static RoomRow of(ResultSet row, String epoch) throws SQLException {
        String own = row.getString(12);
        RoomState initial = RoomState.initial(row.getString(2), own == null ? epoch : own);
        RoomState state = new RoomState(
                initial.room(),
                new Position(initial.head().epoch(), row.getLong(4)),
                row.getLong(5),
                Access.valueOf(row.getString(6).toUpperCase(Locale.ROOT)),
                row.getString(7),
                title(row.getString(14)),
                CallPolicy.of(row.getString(15)),
                row.getBoolean(8),
                row.getString(9),
                ids(row.getString(13)),
                initial.members());
        return new RoomRow(row.getLong(1), row.getLong(3), row.getBoolean(10), row.getLong(11), state);
    }

    /** The empty text when there is none. */
    static String title(String stored) {
        return stored == null ? "" : stored;
    }

    /** The ids in a column that holds several: with blanks between them, which no id has. */
    static Set<String> ids(String stored) {
        return stored.isEmpty() ? Set.of() : Set.copyOf(List.of(stored.split(" ", -1)));
    }

    String name() {
        return state.room();
    }

    long head() {
        return state.head().seq();
    }

    RoomRow with(RoomState now) {
        return new RoomRow(id, first, hasTombstones, version, now);
    }

    /** The same with these members. */
    RoomRow withMembers(Collection<String> members) {
        RoomState its = state;
        return with(new RoomState(
                its.room(),
                its.head(),
                its.n(),
                its.access(),
                its.topic(),
                its.title(),
                its.calls(),
                its.archived(),
                its.owner(),
                its.moderators(),
                Set.copyOf(members)));
    }

    RoomRow withTombstones() {
        return new RoomRow(id, first, true, version, state);
    }

    /** The same after a change that a version tells. */
    RoomRow changed() {
        return new RoomRow(id, first, hasTombstones, version + 1, state);
    }
}
