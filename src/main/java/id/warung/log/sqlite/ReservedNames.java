package id.warung.log.sqlite;

import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.sql.SQLException;
import java.time.Clock;

/** Renames rooms of older data whose names are reserved by now; a message in each room says so. Static, stateless. */
final class ReservedNames {
    private static final User WARUNG = new User("warung", "Warung");
    private static final String FREED = "names-freed";

    private ReservedNames() {}

    /** Renames these rooms, once, in the open transaction. */
    static void free(Statements sql, EntryCodec codec, Clock clock) throws SQLException {
        if (SqliteDatabase.meta(sql, FREED) != null) {
            return;
        }
        for (String name : RoomName.SERVERS_OWN) {
            RoomRow room = room(sql, name);
            if (room.id() != 0) {
                rename(sql, room, free(sql, name), codec, clock);
            }
        }
        SqliteDatabase.setMeta(sql, FREED, "yes");
    }

    private static RoomRow room(Statements sql, String name) throws SQLException {
        return SqliteRooms.rowWithMembers(sql, name, "");
    }

    private static String free(Statements sql, String name) throws SQLException {
        String other = name + "-room";
        for (int n = 2; room(sql, other).id() != 0; n++) {
            other = name + "-room-" + n;
        }
        return other;
    }

    /** Renames the room in its entries and in inboxes. Quotation marks in texts are escaped, so only the field is replaced. */
    private static void rename(Statements sql, RoomRow room, String name, EntryCodec codec, Clock clock)
            throws SQLException {
        sql.update(
                "UPDATE entries SET json ="
                        + " CAST(replace(CAST(json AS TEXT), ',\"room\":\"' || ? || '\",', ',\"room\":\"' || ? || '\",') AS BLOB)"
                        + " WHERE room_id = ?",
                room.name(),
                name,
                room.id());
        sql.update(
                "UPDATE entries SET json ="
                        + " CAST(replace(CAST(json AS TEXT), ',\"in\":\"' || ? || '\"', ',\"in\":\"' || ? || '\"') AS BLOB)"
                        + " WHERE room_id IN (SELECT id FROM rooms WHERE name LIKE 'inbox.%')",
                room.name(), name);
        long seq = room.head() + 1;
        long n = room.n() + 1;
        String sentence = "This room was called " + room.name()
                + ". That is one of the server's own names now, so it is called " + name + ".";
        sql.update(
                "INSERT INTO entries (room_id, seq, at_ms, author, kind, json) VALUES (?, ?, ?, ?, 0, ?)",
                room.id(),
                seq,
                clock.millis(),
                WARUNG.id(),
                codec.message(
                        new EntryCodec.Heading(name, seq, n, clock.instant(), WARUNG, null),
                        new Command.Post(name, null, sentence)));
        sql.update(
                "UPDATE rooms SET name = ?, head = ?, n = ?, at_ms = ? WHERE id = ?",
                name,
                seq,
                n,
                clock.millis(),
                room.id());
    }
}
