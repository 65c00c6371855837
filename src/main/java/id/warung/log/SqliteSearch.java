package id.warung.log;

import id.warung.protocol.EntryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The index of what was said, for searching. It follows the log a little behind, in small transactions of its own, so that nobody waits for it who
 * says something; what is erased goes at once, with the entry. All but {@link #find} is for the writing thread.
 */
final class SqliteSearch {
    private static final int ENTRIES_AT_A_TIME = 500;
    private static final int SEQ_BITS = 40;
    private static final long MAX_SEQ = (1L << SEQ_BITS) - 1;

    private SqliteSearch() {}

    /** A message's place in the index, which has one number for it. */
    static long rowid(long roomId, long seq) {
        return roomId << SEQ_BITS | seq;
    }

    /** Puts at most {@value #ENTRIES_AT_A_TIME} entries in that it does not know yet; returns how many. */
    static int follow(Connection connection, EntryCodec codec) throws SQLException {
        int followed = 0;
        try (PreparedStatement behind = connection.prepareStatement(
                        "SELECT id, indexed, head FROM rooms WHERE indexed < head LIMIT 50");
                ResultSet room = behind.executeQuery()) {
            while (followed < ENTRIES_AT_A_TIME && room.next()) {
                long to = Math.min(room.getLong(3), room.getLong(2) + ENTRIES_AT_A_TIME - followed);
                follow(connection, codec, room.getLong(1), room.getLong(2), to);
                followed += (int) (to - room.getLong(2));
            }
        }
        connection.commit();
        return followed;
    }

    private static void follow(Connection connection, EntryCodec codec, long roomId, long from, long to)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT seq, kind, json FROM entries WHERE room_id = ? AND seq > ? AND seq <= ?");
                PreparedStatement put = connection.prepareStatement(
                        "INSERT OR REPLACE INTO search (rowid, words) SELECT ?, ? FROM entries WHERE room_id = ? AND seq = ?");
                PreparedStatement done = connection.prepareStatement("UPDATE rooms SET indexed = ? WHERE id = ?")) {
            select.setLong(1, roomId);
            select.setLong(2, from);
            select.setLong(3, to);
            try (ResultSet entry = select.executeQuery()) {
                while (entry.next()) {
                    put(put, codec, roomId, entry);
                }
            }
            done.setLong(1, to);
            done.setLong(2, roomId);
            done.executeUpdate();
        }
    }

    /** Of a message that was edited the words of its last edit stand there. */
    private static void put(PreparedStatement put, EntryCodec codec, long roomId, ResultSet entry) throws SQLException {
        int kind = entry.getInt(2);
        if (kind != Store.Kind.MESSAGE.code && kind != Store.Kind.EDITED.code) {
            return;
        }
        Map<String, String> fields = codec.read(entry.getBytes(3));
        long seq = kind == Store.Kind.MESSAGE.code ? entry.getLong(1) : Long.parseLong(fields.get("target"));
        put.setLong(1, rowid(roomId, seq));
        put.setString(2, SearchText.indexed(fields.get("text")));
        put.setLong(3, roomId);
        put.setLong(4, seq); // else it has been trimmed meanwhile
        put.executeUpdate();
    }

    /** The seqs of the latest messages before one that have all the words, the newest first. */
    static List<Long> find(Connection connection, long roomId, List<String> words, long before, int limit)
            throws SQLException {
        List<Long> seqs = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ? ORDER BY rowid DESC LIMIT ?")) {
            select.setString(1, match(words));
            select.setLong(2, rowid(roomId, 0));
            select.setLong(3, rowid(roomId, Math.min(before, MAX_SEQ)));
            select.setInt(4, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    seqs.add(row.getLong(1) - rowid(roomId, 0));
                }
            }
        }
        return seqs;
    }

    /** Words have letters and digits only, so quotes are all that it takes. */
    private static String match(List<String> words) {
        StringBuilder match = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            match.append('"').append(words.get(i)).append('"').append(SearchText.isPrefix(words, i) ? "* " : " ");
        }
        return match.toString();
    }
}
