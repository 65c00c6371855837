package id.warung.log.sqlite;

import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;

/** Rooms of older data with names that are the server's own by now get others, and a message says so. Static, stateless. */
final class TakenNames {
    private static final User WARUNG = new User("warung", "Warung");

    private TakenNames() {}

    /** Renames them, in the transaction that is open. */
    static void free(Connection connection, EntryCodec codec, Clock clock) throws SQLException {
        for (String name : RoomName.SERVERS_OWN) {
            RoomRow room = SqliteRooms.row(connection, name, "");
            if (room.id() != 0) {
                rename(connection, room, free(connection, name), codec, clock);
            }
        }
    }

    private static String free(Connection connection, String name) throws SQLException {
        String other = name + "-room";
        for (int n = 2; SqliteRooms.row(connection, other, "").id() != 0; n++) {
            other = name + "-room-" + n;
        }
        return other;
    }

    /** Its entries name their room, and those in inboxes where something was; in a text a quotation mark is escaped, so what is replaced is the field. */
    private static void rename(Connection connection, RoomRow room, String name, EntryCodec codec, Clock clock)
            throws SQLException {
        long seq = room.head() + 1;
        long n = room.n() + 1;
        String sentence = "This room was called " + room.name()
                + ". That is one of the server's own names now, so it is called " + name + ".";
        byte[] json = codec.message(
                new EntryCodec.Heading(name, seq, n, clock.instant(), WARUNG, null),
                new Command.Post(name, null, sentence));
        try (PreparedStatement fields = connection.prepareStatement("UPDATE entries SET json ="
                        + " CAST(replace(CAST(json AS TEXT), ',\"room\":\"' || ? || '\",', ',\"room\":\"' || ? || '\",') AS BLOB)"
                        + " WHERE room_id = ?");
                PreparedStatement inboxes = connection.prepareStatement("UPDATE entries SET json ="
                        + " CAST(replace(CAST(json AS TEXT), ',\"in\":\"' || ? || '\"', ',\"in\":\"' || ? || '\"') AS BLOB)"
                        + " WHERE room_id IN (SELECT id FROM rooms WHERE name LIKE 'inbox.%')");
                PreparedStatement entry = connection.prepareStatement(
                        "INSERT INTO entries (room_id, seq, at_ms, author, kind, json) VALUES (?, ?, ?, ?, 0, ?)");
                PreparedStatement row = connection.prepareStatement(
                        "UPDATE rooms SET name = ?, head = ?, n = ?, at_ms = ? WHERE id = ?")) {
            fields.setString(1, room.name());
            fields.setString(2, name);
            fields.setLong(3, room.id());
            fields.executeUpdate();
            inboxes.setString(1, room.name());
            inboxes.setString(2, name);
            inboxes.executeUpdate();
            entry.setLong(1, room.id());
            entry.setLong(2, seq);
            entry.setLong(3, clock.millis());
            entry.setString(4, WARUNG.id());
            entry.setBytes(5, json);
            entry.executeUpdate();
            row.setString(1, name);
            row.setLong(2, seq);
            row.setLong(3, n);
            row.setLong(4, clock.millis());
            row.setLong(5, room.id());
            row.executeUpdate();
        }
    }
}
