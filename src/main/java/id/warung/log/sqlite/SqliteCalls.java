package id.warung.log.sqlite;

import java.sql.SQLException;
import java.util.Set;

/** Writes and reads whom entries mention or call, and who has starred which room. Static, stateless. */
final class SqliteCalls {
    private SqliteCalls() {}

    static void add(Statements sql, long roomId, long seq, String authorId) throws SQLException {
        sql.update("INSERT INTO room_calls (room_id, seq, author) VALUES (?, ?, ?)", roomId, seq, authorId);
    }

    static void delete(Statements sql, long roomId, long seq) throws SQLException {
        sql.update("DELETE FROM room_calls WHERE room_id = ? AND seq = ?", roomId, seq);
    }

    static void deleteBefore(Statements sql, long roomId, long seq) throws SQLException {
        sql.update("DELETE FROM room_calls WHERE room_id = ? AND seq < ?", roomId, seq);
    }

    static Set<String> stars(Statements sql, String userId) throws SQLException {
        String select = "SELECT r.name FROM stars s JOIN rooms r ON r.id = s.room_id WHERE s.user_id = ?";
        return Set.copyOf(sql.all(row -> row.getString(1), select, userId));
    }

    static void star(Statements sql, long roomId, String userId, boolean on) throws SQLException {
        sql.update(
                on
                        ? "INSERT INTO stars (room_id, user_id) VALUES (?, ?)"
                        : "DELETE FROM stars WHERE room_id = ? AND user_id = ?",
                roomId,
                userId);
    }

    static void mention(Statements sql, long roomId, String userId, long seq) throws SQLException {
        sql.update("INSERT INTO mentions (user_id, room_id, seq) VALUES (?, ?, ?)", userId, roomId, seq);
    }

    static int mentions(Statements sql, long roomId, String userId, long upTo, int most) throws SQLException {
        return sql.one(
                row -> row.getInt(1),
                "SELECT count(*) FROM (SELECT 1 FROM mentions WHERE user_id = ? AND room_id = ? AND seq <= ? LIMIT ?)",
                userId,
                roomId,
                upTo,
                most);
    }

    static void deleteMentions(Statements sql, long roomId, String userId, long upTo, int most) throws SQLException {
        sql.update(
                "DELETE FROM mentions WHERE user_id = ? AND room_id = ? AND seq IN"
                        + " (SELECT seq FROM mentions WHERE user_id = ? AND room_id = ? AND seq <= ? ORDER BY seq LIMIT ?)",
                userId,
                roomId,
                userId,
                roomId,
                upTo,
                most);
    }
}
