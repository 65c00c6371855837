package id.warung.log;

import id.warung.protocol.Codec;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The one connection that writes, with its statements prepared. For the writing thread only. */
final class SqliteWriter implements AutoCloseable {
    private final Connection connection;
    private final Codec codec;
    private final Clock clock;
    private final PreparedStatement selectRoom;
    private final PreparedStatement insertRoom;
    private final PreparedStatement moveHead;
    private final PreparedStatement selectPost;
    private final PreparedStatement selectTombstone;
    private final PreparedStatement insertEntry;
    private final PreparedStatement touch;

    SqliteWriter(Connection connection, Codec codec, Clock clock) throws SQLException {
        this.connection = connection;
        this.codec = codec;
        this.clock = clock;
        selectRoom = connection.prepareStatement("SELECT id, first, head FROM rooms WHERE name = ?");
        insertRoom = connection.prepareStatement("INSERT INTO rooms (name) VALUES (?) RETURNING id, first, head");
        moveHead = connection.prepareStatement("UPDATE rooms SET head = ? WHERE id = ?");
        selectPost = connection.prepareStatement(
                "SELECT seq, json FROM entries WHERE room_id = ? AND author = ? AND post_id = ?");
        selectTombstone = connection.prepareStatement(
                "SELECT seq, text_hash FROM tombstones WHERE room_id = ? AND author = ? AND post_id = ?");
        insertEntry = connection.prepareStatement(
                "INSERT INTO entries (room_id, seq, at_ms, author, post_id, json) VALUES (?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (room_id, author, post_id) WHERE post_id IS NOT NULL DO NOTHING");
        touch = connection.prepareStatement("INSERT OR REPLACE INTO meta (key, value) VALUES ('checked', ?)");
    }

    Connection connection() {
        return connection;
    }

    /** One transaction: all of the group or nothing. */
    List<Outcome> append(List<Draft> drafts) throws SQLException {
        try {
            Map<String, RoomRow> rooms = new HashMap<>();
            List<Outcome> outcomes = new ArrayList<>(drafts.size());
            for (Draft draft : drafts) {
                RoomRow room = rooms.get(draft.room());
                if (room == null) {
                    room = room(draft.room());
                    rooms.put(draft.room(), room);
                }
                outcomes.add(append(room, draft));
            }
            for (RoomRow room : rooms.values()) {
                moveHead.setLong(1, room.head);
                moveHead.setLong(2, room.id);
                moveHead.executeUpdate();
            }
            connection.commit();
            return outcomes;
        } catch (SQLException | RuntimeException | Error e) {
            rollback(connection, e);
            throw e;
        }
    }

    /** Undoes what was begun; SQLite may have done so by itself, and then complains, which must not hide the cause. */
    static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException undoneAlready) {
            cause.addSuppressed(undoneAlready);
        }
    }

    void check() throws SQLException {
        touch.setString(1, clock.instant().toString());
        touch.executeUpdate();
        connection.commit();
    }

    private static final class RoomRow {
        private final long id;
        private final long first;
        private long head;

        private RoomRow(ResultSet row) throws SQLException {
            id = row.getLong(1);
            first = row.getLong(2);
            head = row.getLong(3);
        }
    }

    private RoomRow room(String name) throws SQLException {
        selectRoom.setString(1, name);
        try (ResultSet row = selectRoom.executeQuery()) {
            if (row.next()) {
                return new RoomRow(row);
            }
        }
        insertRoom.setString(1, name);
        try (ResultSet row = insertRoom.executeQuery()) {
            row.next();
            return new RoomRow(row);
        }
    }

    /** The index that says whether the id was used has to be written anyway, so the row is tried first, and no look-up comes before it. */
    private Outcome append(RoomRow room, Draft draft) throws SQLException {
        Outcome trimmed = draft.id() == null || room.first == 1 ? null : trimmed(room, draft);
        if (trimmed != null) {
            return trimmed;
        }
        long seq = room.head + 1;
        Instant at = clock.instant();
        byte[] json = codec.encodeMessage(draft.room(), seq, at, draft.author(), draft.id(), draft.text());
        insertEntry.setLong(1, room.id);
        insertEntry.setLong(2, seq);
        insertEntry.setLong(3, at.toEpochMilli());
        insertEntry.setString(4, draft.author().id());
        insertEntry.setString(5, draft.id());
        insertEntry.setBytes(6, json);
        if (insertEntry.executeUpdate() == 0) {
            return earlier(room, draft);
        }
        room.head = seq;
        return new Outcome.Committed(new Entry(seq, draft.author().id(), json));
    }

    /** What became of the earlier post with the same id. */
    private Outcome earlier(RoomRow room, Draft draft) throws SQLException {
        bindPost(selectPost, room, draft);
        try (ResultSet row = selectPost.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("An id is used and not to be found");
            }
            return outcome(row.getLong(1), codec.textOf(row.getBytes(2)).equals(draft.text()));
        }
    }

    /** What became of a post whose entry was trimmed; null when there was none. */
    private Outcome trimmed(RoomRow room, Draft draft) throws SQLException {
        bindPost(selectTombstone, room, draft);
        try (ResultSet row = selectTombstone.executeQuery()) {
            return row.next() ? outcome(row.getLong(1), Arrays.equals(row.getBytes(2), hash(draft.text()))) : null;
        }
    }

    private static Outcome outcome(long seq, boolean sameText) {
        return sameText ? new Outcome.Duplicate(seq) : new Outcome.Conflict();
    }

    private static void bindPost(PreparedStatement select, RoomRow room, Draft draft) throws SQLException {
        select.setLong(1, room.id);
        select.setString(2, draft.author().id());
        select.setString(3, draft.id());
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
