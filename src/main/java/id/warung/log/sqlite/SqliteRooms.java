package id.warung.log.sqlite;

import id.warung.log.Position;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a room stands in the database. Static, stateless. */
final class SqliteRooms {
    private static final String SELECT =
            "SELECT id, first, head, n, access, topic, archived, owner, buried FROM rooms WHERE name = ?";
    private static final String SELECT_MEMBERS = "SELECT user_id FROM members WHERE room_id = ?";

    private SqliteRooms() {}

    private static Access access(String stored) {
        return Access.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** The room without its members. */
    static RoomRow row(Connection connection, String name, String epoch) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                RoomState unborn = RoomState.unborn(name, epoch);
                if (!row.next()) {
                    return new RoomRow(0, 1, false, unborn);
                }
                RoomState state = new RoomState(
                        name,
                        new Position(epoch, row.getLong(3)),
                        row.getLong(4),
                        access(row.getString(5)),
                        row.getString(6),
                        row.getInt(7) != 0,
                        row.getString(8),
                        unborn.members());
                return new RoomRow(row.getLong(1), row.getLong(2), row.getInt(9) != 0, state);
            }
        }
    }

    static RoomRow rowWithMembers(Connection connection, String name, String epoch) throws SQLException {
        RoomRow room = row(connection, name, epoch);
        if (room.id() == 0 || room.state().access() != Access.MEMBERS) {
            return room;
        }
        try (PreparedStatement select = connection.prepareStatement(SELECT_MEMBERS)) {
            select.setLong(1, room.id());
            List<String> members = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    members.add(row.getString(1));
                }
            }
            return room.with(room.state().withMembers(members));
        }
    }
}
