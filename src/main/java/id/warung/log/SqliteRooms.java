package id.warung.log;

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

    /** Takes over what stands in a row of {@link #SELECT}. */
    private static void fill(RoomRow room, ResultSet row) throws SQLException {
        room.id = row.getLong(1);
        room.first = row.getLong(2);
        room.head = row.getLong(3);
        room.n = row.getLong(4);
        room.access = access(row.getString(5));
        room.topic = row.getString(6);
        room.archived = row.getInt(7) != 0;
        room.owner = row.getString(8);
        room.buried = row.getInt(9) != 0;
    }

    private static Access access(String stored) {
        return Access.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    /** The room without its members. */
    static RoomRow row(Connection connection, String name) throws SQLException {
        RoomRow room = new RoomRow(name);
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, name);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    fill(room, row);
                }
            }
        }
        return room;
    }

    static RoomRow rowWithMembers(Connection connection, String name) throws SQLException {
        RoomRow room = row(connection, name);
        if (room.id > 0 && room.access == Access.MEMBERS) {
            try (PreparedStatement select = connection.prepareStatement(SELECT_MEMBERS)) {
                select.setLong(1, room.id);
                List<String> members = new ArrayList<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        members.add(row.getString(1));
                    }
                }
                room.enter(members);
            }
        }
        return room;
    }
}
