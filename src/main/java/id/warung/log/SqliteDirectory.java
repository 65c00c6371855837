package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The directory as it stands in the database, each answer from one snapshot. Thread-safe. */
final class SqliteDirectory implements Directory {
    /** How a connection is had. */
    interface Reading {
        <T> T read(SqliteDatabase.Work<T> work) throws IOException;
    }

    private static final String SELECT = """
            SELECT r.id, r.name, r.access, r.topic, r.archived, r.head, r.n, r.at_ms, r.owner, m.user_id, d.seq, d.n
            FROM rooms r
            LEFT JOIN members m ON m.room_id = r.id AND m.user_id = ?1
            LEFT JOIN reads d ON d.room_id = r.id AND d.user_id = ?1
            WHERE\s""";
    private static final String HIS_OWN = """
            r.id IN (SELECT room_id FROM members WHERE user_id = ?1 UNION SELECT room_id FROM reads WHERE user_id = ?1)
            ORDER BY r.at_ms DESC LIMIT ?2""";
    private static final String PUBLIC = """
            r.access = 'public' AND r.archived = 0 AND m.user_id IS NULL AND d.user_id IS NULL
            ORDER BY r.at_ms DESC LIMIT ?2""";
    private static final String ONE = "r.name = ?2 AND (r.access = 'public' OR m.user_id IS NOT NULL)";

    /** Each of the two ways on has an index. */
    private static final String OWN = "SELECT count(*) FROM entries WHERE room_id = ? AND author = ? AND seq > ? AND ";

    private final Reading reading;

    SqliteDirectory(Reading reading) {
        this.reading = reading;
    }

    @Override
    public List<Listed> rooms(String userId, int limit) throws IOException {
        return reading.read(connection -> {
            List<Listed> rooms = new ArrayList<>();
            if (userId != null) {
                rooms.addAll(listed(connection, HIS_OWN, userId, limit));
            }
            rooms.addAll(listed(connection, PUBLIC, userId, limit - rooms.size()));
            return rooms;
        });
    }

    @Override
    public Listed room(String userId, String room) throws IOException {
        return reading.read(connection ->
                listed(connection, ONE, userId, room).stream().findFirst().orElse(null));
    }

    @Override
    public List<User> members(String room, int limit) throws IOException {
        return users(
                "SELECT u.id, u.name FROM members m JOIN users u ON u.id = m.user_id"
                        + " WHERE m.room_id = (SELECT id FROM rooms WHERE name = ?) ORDER BY u.folded LIMIT ?",
                room,
                limit);
    }

    @Override
    public List<User> people(String prefix, int limit) throws IOException {
        String folded = prefix.toLowerCase(Locale.ROOT);
        return users(
                "SELECT id, name FROM users WHERE folded >= ? AND folded < ? ORDER BY folded LIMIT ?",
                folded,
                folded + Character.toString(Character.MAX_CODE_POINT),
                limit);
    }

    @Override
    public User person(String id) throws IOException {
        return users("SELECT id, name FROM users WHERE id = ?", id).stream()
                .findFirst()
                .orElse(null);
    }

    private List<User> users(String sql, Object... parameters) throws IOException {
        return reading.read(connection -> {
            List<User> users = new ArrayList<>();
            try (PreparedStatement select = prepared(connection, sql, parameters);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    users.add(new User(row.getString(1), row.getString(2)));
                }
            }
            return users;
        });
    }

    private static List<Listed> listed(Connection connection, String condition, String userId, Object second)
            throws SQLException {
        List<Listed> rooms = new ArrayList<>();
        try (PreparedStatement select = prepared(connection, SELECT + condition, userId, second);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rooms.add(listed(connection, userId, row));
            }
        }
        return rooms;
    }

    private static Listed listed(Connection connection, String userId, ResultSet row) throws SQLException {
        String name = row.getString(2);
        boolean member = row.getString(10) != null;
        boolean marked = row.getObject(11) != null;
        return new Listed(
                name,
                Access.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getInt(5) != 0,
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                member,
                userId != null && userId.equals(row.getString(9)),
                member && RoomName.isDirect(name) ? other(connection, userId, name) : null,
                member || marked ? mark(connection, userId, row) : null);
    }

    private static User other(Connection connection, String userId, String direct) throws SQLException {
        String id = RoomName.otherThan(userId, direct);
        try (PreparedStatement select = prepared(connection, "SELECT name FROM users WHERE id = ?", id);
                ResultSet row = select.executeQuery()) {
            return new User(id, row.next() ? row.getString(1) : id);
        }
    }

    /** Messages beyond the mark are counted by their numbers; only one's own, which come off, are counted one by one. */
    private static Mark mark(Connection connection, String userId, ResultSet row) throws SQLException {
        long roomId = row.getLong(1);
        long seq = row.getLong(11);
        long n = row.getLong(12);
        long beyond = row.getLong(7) - n;
        if (beyond <= 0) {
            return new Mark(seq, n, 0, 0);
        }
        long own = count(connection, OWN + "post_id IS NOT NULL AND kind = 0", roomId, userId, seq)
                + count(connection, OWN + "post_id IS NULL AND kind IN (0, 3)", roomId, userId, seq);
        long mentions = count(
                connection,
                "SELECT count(*) FROM mentions WHERE room_id = ? AND user_id = ? AND seq > ?",
                roomId,
                userId,
                seq);
        return new Mark(seq, n, Math.max(0, beyond - own), mentions);
    }

    private static long count(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = prepared(connection, sql, parameters);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }
}
