package id.warung.log;

import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Sha256;
import id.warung.protocol.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The one connection that writes, with its statements prepared, and what it remembers of the database: nobody else changes it. For
 * the writing thread only.
 */
final class SqliteWriter implements Store<SQLException>, AutoCloseable {
    private static final int ROOMS_REMEMBERED = 1_000;
    private static final int MENTIONS_AT_A_TIME = 500;
    private static final int NAMES_REMEMBERED = 10_000;

    private final Connection connection;
    private final EntryCodec codec;
    private final Clock clock;
    private final String epoch;
    private final AtomicBoolean leftovers;
    private final Rules<SQLException> rules;
    private final Map<String, RoomRow> rooms = new RecentlyUsed<>(ROOMS_REMEMBERED);
    private final Map<String, String> names = new RecentlyUsed<>(NAMES_REMEMBERED);
    private final Map<String, RoomRow> moved = new LinkedHashMap<>(); // rooms of this group whose head is not saved yet
    private final Map<String, PreparedStatement> statements = new LinkedHashMap<>();
    private final PreparedStatement insertEntry;
    private final PreparedStatement moveHead;

    /** Sets {@code leftovers} when something was erased. */
    SqliteWriter(Connection connection, EntryCodec codec, Clock clock, String epoch, AtomicBoolean leftovers)
            throws SQLException {
        this.connection = connection;
        this.leftovers = leftovers;
        this.codec = codec;
        this.clock = clock;
        this.epoch = epoch;
        this.rules = new Rules<>(this, codec, clock);
        insertEntry = connection.prepareStatement(
                "INSERT INTO entries (room_id, seq, at_ms, author, post_id, kind, json) VALUES (?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (room_id, author, post_id) WHERE post_id IS NOT NULL DO NOTHING");
        moveHead = connection.prepareStatement("UPDATE rooms SET head = ?, n = ?, at_ms = ? WHERE id = ?");
    }

    /** What is done in a transaction of its own. */
    interface Work<T> {
        T with(SqliteWriter writer) throws SQLException;
    }

    /** One transaction: all of the work or nothing. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        try {
            T result = work.with(this);
            connection.commit();
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            forget();
            rollback(connection, e);
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Something was overwritten, or will be with this transaction: what it was is still in the write-ahead log. */
    void hasErased() {
        leftovers.set(true);
    }

    /** One transaction: all of the group or nothing. */
    List<Outcome> append(List<Draft> drafts) throws SQLException {
        try {
            rules.beginGroup();
            List<Outcome> outcomes = new ArrayList<>(drafts.size());
            for (Draft draft : drafts) {
                outcomes.add(rules.append(draft));
            }
            long now = clock.millis();
            for (RoomRow room : moved.values()) {
                moveHead.setLong(1, room.head);
                moveHead.setLong(2, room.n);
                moveHead.setLong(3, now);
                moveHead.setLong(4, room.id);
                moveHead.executeUpdate();
            }
            connection.commit();
            return outcomes;
        } catch (SQLException | RuntimeException | Error e) {
            forget();
            rollback(connection, e);
            throw e;
        } finally {
            moved.clear();
        }
    }

    /** What is remembered is as it was in the database a moment ago, and is not any more. */
    void forget() {
        rooms.clear();
        names.clear();
    }

    /** The same of one room; for outside a group. */
    void forget(String room) {
        rooms.remove(room);
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
        update(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('checked', ?)",
                clock.instant().toString());
        connection.commit();
    }

    @Override
    public String epoch(RoomRow room) {
        return epoch;
    }

    @Override
    public boolean keepsInboxes() {
        return true;
    }

    @Override
    public RoomRow room(String name) throws SQLException {
        RoomRow room = moved.getOrDefault(name, rooms.get(name));
        if (room == null) {
            room = SqliteRooms.rowWithMembers(connection, name);
            rooms.put(name, room);
        }
        return room;
    }

    @Override
    public boolean insert(RoomRow room, long seq, Instant at, User author, String id, Kind kind, byte[] json)
            throws SQLException {
        if (room.id == 0) {
            try (ResultSet row = select(
                    "INSERT INTO rooms (name, access) VALUES (?, ?) RETURNING id", room.name, room.access.wire())) {
                row.next();
                room.id = row.getLong(1);
            }
        }
        insertEntry.setLong(1, room.id);
        insertEntry.setLong(2, seq);
        insertEntry.setLong(3, at.toEpochMilli());
        insertEntry.setString(4, author.id());
        insertEntry.setString(5, id);
        insertEntry.setInt(6, kind.code);
        insertEntry.setBytes(7, json);
        if (insertEntry.executeUpdate() == 0) {
            return false;
        }
        moved.put(room.name, room);
        return true;
    }

    @Override
    public Outcome earlier(RoomRow room, User author, Command.Lasting command) throws SQLException {
        try (ResultSet row = select(
                "SELECT seq, json FROM entries WHERE room_id = ? AND author = ? AND post_id = ?",
                room.id,
                author.id(),
                command.id())) {
            return row.next()
                    ? outcome(
                            room, row.getLong(1), codec.bodyOf(row.getBytes(2)).equals(command.body()))
                    : null;
        }
    }

    @Override
    public Outcome buried(RoomRow room, User author, Command.Lasting command) throws SQLException {
        try (ResultSet row = select(
                "SELECT seq, text_hash FROM tombstones WHERE room_id = ? AND author = ? AND post_id = ?",
                room.id,
                author.id(),
                command.id())) {
            return row.next()
                    ? outcome(room, row.getLong(1), Arrays.equals(row.getBytes(2), Sha256.of(command.body())))
                    : null;
        }
    }

    private Outcome outcome(RoomRow room, long seq, boolean sameBody) {
        return sameBody ? new Outcome.Duplicate(seq, room.state(epoch)) : new Outcome.Conflict();
    }

    @Override
    public Target target(RoomRow room, long seq) throws SQLException {
        try (ResultSet row =
                select("SELECT kind, author, json FROM entries WHERE room_id = ? AND seq = ?", room.id, seq)) {
            return row.next() ? new Target(Kind.of(row.getInt(1)), row.getString(2), row.getBytes(3)) : null;
        }
    }

    @Override
    public void amends(RoomRow room, long target, long seq) throws SQLException {
        update("INSERT INTO edits (room_id, target, seq) VALUES (?, ?, ?)", room.id, target, seq);
    }

    @Override
    public List<Long> edits(RoomRow room, long target, int most) throws SQLException {
        List<Long> seqs = new ArrayList<>();
        try (ResultSet row = select(
                "SELECT seq FROM edits WHERE room_id = ? AND target = ? ORDER BY seq LIMIT ?", room.id, target, most)) {
            while (row.next()) {
                seqs.add(row.getLong(1));
            }
        }
        return seqs;
    }

    @Override
    public void forgetEdits(RoomRow room, long target, long before) throws SQLException {
        update("DELETE FROM edits WHERE room_id = ? AND target = ? AND seq < ?", room.id, target, before);
    }

    @Override
    public void erase(RoomRow room, long seq, byte[] json) throws SQLException {
        Target target = target(room, seq);
        hasErased();
        takeOutOfSearch(room, seq, target);
        update(
                "INSERT INTO tombstones (room_id, author, post_id, seq, at_ms, text_hash)"
                        + " SELECT room_id, author, post_id, seq, ?, ? FROM entries"
                        + " WHERE room_id = ? AND seq = ? AND post_id IS NOT NULL",
                clock.millis(),
                Sha256.of(codec.bodyOf(target.json())),
                room.id,
                seq);
        update(
                "UPDATE entries SET json = ?, kind = ?, post_id = NULL WHERE room_id = ? AND seq = ?",
                json,
                (target.kind() == Kind.MESSAGE ? Kind.ERASED : Kind.OTHER).code,
                room.id,
                seq);
        update("DELETE FROM mentions WHERE room_id = ? AND seq = ?", room.id, seq);
        if (!room.buried) {
            room.buried = true;
            update("UPDATE rooms SET buried = 1 WHERE id = ?", room.id);
        }
    }

    /** Nobody finds it from now on; its words are taken out of the index later, for which they have to be known. */
    private void takeOutOfSearch(RoomRow room, long seq, Target target) throws SQLException {
        boolean message = target.kind() == Kind.MESSAGE;
        long found = message ? seq : Long.parseLong(codec.read(target.json()).get("target"));
        update(
                "UPDATE searchable SET json = (SELECT json FROM entries WHERE room_id = searchable.room_id AND seq = source)"
                        + " WHERE room_id = ? AND seq = ? AND json IS NULL AND (seq = ? OR source = ?)",
                room.id,
                found,
                seq,
                seq);
    }

    @Override
    public void save(RoomRow room) throws SQLException {
        update(
                "UPDATE rooms SET access = ?, topic = ?, archived = ?, owner = ? WHERE id = ?",
                room.access.wire(),
                room.topic,
                room.archived ? 1 : 0,
                room.owner,
                room.id);
    }

    @Override
    public void addMember(RoomRow room, String userId) throws SQLException {
        update("INSERT INTO members (room_id, user_id) VALUES (?, ?)", room.id, userId);
    }

    @Override
    public void removeMember(RoomRow room, String userId) throws SQLException {
        update("DELETE FROM members WHERE room_id = ? AND user_id = ?", room.id, userId);
    }

    @Override
    public void remember(User user) throws SQLException {
        if (user.name().equals(names.put(user.id(), user.name()))) {
            return;
        }
        update(
                "INSERT INTO users (id, name, folded) VALUES (?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded"
                        + " WHERE name <> excluded.name",
                user.id(),
                user.name(),
                user.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public User user(String id) throws SQLException {
        try (ResultSet row = select("SELECT name FROM users WHERE id = ?", id)) {
            return row.next() ? new User(id, row.getString(1)) : null;
        }
    }

    @Override
    public void mention(String userId, RoomRow room, long seq) throws SQLException {
        update("INSERT INTO mentions (user_id, room_id, seq) VALUES (?, ?, ?)", userId, room.id, seq);
    }

    @Override
    public boolean forgetMentions(String userId, RoomRow room, long upTo) throws SQLException {
        int forgotten = update(
                "DELETE FROM mentions WHERE user_id = ? AND room_id = ? AND seq IN"
                        + " (SELECT seq FROM mentions WHERE user_id = ? AND room_id = ? AND seq <= ? ORDER BY seq LIMIT ?)",
                userId,
                room.id,
                userId,
                room.id,
                upTo,
                MENTIONS_AT_A_TIME);
        return forgotten < MENTIONS_AT_A_TIME;
    }

    @Override
    public Outcome.Noted read(String userId, RoomRow room, Outcome.Noted mark) throws SQLException {
        try (ResultSet row = select(
                "INSERT INTO reads (user_id, room_id, seq, n) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (user_id, room_id) DO UPDATE SET seq = max(seq, excluded.seq), n = max(n, excluded.n)"
                        + " RETURNING seq, n",
                userId,
                room.id,
                mark.seq(),
                mark.n())) {
            row.next();
            return new Outcome.Noted(row.getLong(1), row.getLong(2));
        }
    }

    @Override
    public void forget(String userId, RoomRow room) throws SQLException {
        update("DELETE FROM reads WHERE user_id = ? AND room_id = ?", userId, room.id);
    }

    int update(String sql, Object... parameters) throws SQLException {
        return bound(sql, parameters).executeUpdate();
    }

    ResultSet select(String sql, Object... parameters) throws SQLException {
        return bound(sql, parameters).executeQuery();
    }

    private PreparedStatement bound(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
