package id.warung.log.sqlite;

import id.warung.log.Position;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import id.warung.protocol.CallPolicy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** Reads the state of rooms from the database. Static, stateless. */
final class SqliteRooms {
    private static final String SELECT =
            "SELECT id, first, head, n, access, topic, archived, owner, buried, moderators, title, calls FROM rooms WHERE name = ?";
    private static final String SELECT_MEMBERS = "SELECT user_id FROM members WHERE room_id = ?";

    private SqliteRooms() {}

    private static Access access(String stored) {
        return Access.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    static RoomRow rowWithMembers(Statements sql, String name, String epoch) throws SQLException {
        RoomState initial = RoomState.initial(name, epoch);
        RoomRow room = sql.one(row -> row(row, initial), SELECT, name);
        if (room == null) {
            return new RoomRow(0, 1, false, initial);
        }
        if (room.state().access() != Access.MEMBERS) {
            return room;
        }
        return room.with(room.state().withMembers(sql.all(row -> row.getString(1), SELECT_MEMBERS, room.id())));
    }

    /** The ids in a column that holds several: with blanks between them, which no id has. */
    static Set<String> ids(String stored) {
        return stored.isEmpty() ? Set.of() : Set.of(stored.split(" "));
    }

    /** The empty text when there is none. */
    static String title(String stored) {
        return stored == null ? "" : stored;
    }

    /** The room without members, except those that are part of its name. */
    private static RoomRow row(ResultSet row, RoomState initial) throws SQLException {
        RoomState state = new RoomState(
                initial.room(),
                new Position(initial.head().epoch(), row.getLong(3)),
                row.getLong(4),
                access(row.getString(5)),
                row.getString(6),
                title(row.getString(11)),
                CallPolicy.of(row.getString(12)),
                row.getInt(7) != 0,
                row.getString(8),
                ids(row.getString(10)),
                initial.members());
        return new RoomRow(row.getLong(1), row.getLong(2), row.getInt(9) != 0, state);
    }
}
