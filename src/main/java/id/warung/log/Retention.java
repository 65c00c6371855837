package id.warung.log;

import id.warung.protocol.EntryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Trims rooms from below. Seqs never change; the id of a trimmed post is remembered for at least 30 days, so that a late retry still
 * gets its first answer. Works in small transactions, so that posts wait only a moment. For the writing thread only.
 */
final class Retention {
    private static final Duration REMEMBER_IDS = Duration.ofDays(30);
    private static final int ENTRIES_AT_A_TIME = 500;
    static final String FORGET = "DELETE FROM tombstones WHERE (room_id, author, post_id) IN"
            + " (SELECT room_id, author, post_id FROM tombstones WHERE at_ms < ? LIMIT " + ENTRIES_AT_A_TIME + ")";

    private record Bounds(long id, String name, long first, long head) {}

    private final Connection connection;
    private final EntryCodec codec;
    private final Clock clock;

    Retention(Connection connection, EntryCodec codec, Clock clock) {
        this.connection = connection;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * Trims at most {@value #ENTRIES_AT_A_TIME} entries in all, and forgets as many ids; returns how many of both. Call it again while
     * it finds some.
     */
    int trim(Function<String, Keep> kept) throws SQLException {
        try {
            int trimmed = 0;
            for (Bounds room : rooms()) {
                if (trimmed == ENTRIES_AT_A_TIME) {
                    break;
                }
                long most = room.first() + ENTRIES_AT_A_TIME - trimmed;
                long keepFrom = Math.min(keepFrom(room, kept.apply(room.name())), most);
                if (keepFrom > room.first()) {
                    bury(room, keepFrom);
                    trimmed += (int) (keepFrom - room.first());
                }
            }
            int forgotten = update(FORGET, millisBefore(REMEMBER_IDS));
            connection.commit();
            return trimmed + forgotten;
        } catch (SQLException | RuntimeException e) {
            SqliteWriter.rollback(connection, e);
            throw e;
        }
    }

    private long keepFrom(Bounds room, Keep keep) throws SQLException {
        long byNumber = keep.entries() == 0 ? room.first() : room.head() - keep.entries() + 1;
        long byAge = keep.age().isZero() ? room.first() : firstSince(room, millisBefore(keep.age()));
        return Math.max(byNumber, byAge);
    }

    private long millisBefore(Duration age) {
        return clock.instant().minus(age).toEpochMilli();
    }

    private List<Bounds> rooms() throws SQLException {
        List<Bounds> rooms = new ArrayList<>();
        try (Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT id, name, first, head FROM rooms")) {
            while (row.next()) {
                rooms.add(new Bounds(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4)));
            }
        }
        return rooms;
    }

    /** The lowest seq that is young enough, looking no further than is trimmed at a time. */
    private long firstSince(Bounds room, long sinceMillis) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT seq FROM entries WHERE room_id = ? AND seq >= ? AND seq < ? AND at_ms >= ? ORDER BY seq LIMIT 1")) {
            select.setLong(1, room.id());
            select.setLong(2, room.first());
            select.setLong(3, room.first() + ENTRIES_AT_A_TIME);
            select.setLong(4, sinceMillis);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : Math.min(room.head() + 1, room.first() + ENTRIES_AT_A_TIME);
            }
        }
    }

    private void bury(Bounds room, long keepFrom) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT author, post_id, seq, json FROM entries WHERE room_id = ? AND seq < ? AND post_id IS NOT NULL");
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO tombstones (room_id, author, post_id, seq, at_ms, text_hash) VALUES (?, ?, ?, ?, ?, ?)")) {
            select.setLong(1, room.id());
            select.setLong(2, keepFrom);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    insert.setLong(1, room.id());
                    insert.setString(2, row.getString(1));
                    insert.setString(3, row.getString(2));
                    insert.setLong(4, row.getLong(3));
                    insert.setLong(5, clock.millis());
                    insert.setBytes(6, SqliteWriter.hash(codec.bodyOf(row.getBytes(4))));
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
        update("DELETE FROM entries WHERE room_id = ? AND seq < ?", room.id(), keepFrom);
        update("DELETE FROM edits WHERE room_id = ? AND target < ?", room.id(), keepFrom);
        update("DELETE FROM mentions WHERE room_id = ? AND seq < ?", room.id(), keepFrom);
        update(
                "DELETE FROM search WHERE rowid BETWEEN ? AND ?",
                SqliteSearch.rowid(room.id(), room.first()),
                SqliteSearch.rowid(room.id(), keepFrom - 1));
        update(
                "UPDATE rooms SET first = ?, buried = 1, indexed = max(indexed, ?) WHERE id = ?",
                keepFrom,
                keepFrom - 1,
                room.id());
    }

    private int update(String sql, long... parameters) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                update.setLong(i + 1, parameters[i]);
            }
            return update.executeUpdate();
        }
    }
}
