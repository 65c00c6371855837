package id.warung.log.sqlite;

import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.RoomState;
import id.warung.log.command.DuplicateRequestException;
import id.warung.log.command.EditAt;
import id.warung.log.command.EntryKind;
import id.warung.log.command.LogReader;
import id.warung.log.command.LogWriter;
import id.warung.log.command.ReactionCounts;
import id.warung.log.command.RequestKey;
import id.warung.log.command.StoredEntry;
import id.warung.protocol.EndSignIns;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Folding;
import id.warung.protocol.React;
import id.warung.protocol.User;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The database as decisions read and write it, on the writer's connection. For the writing thread only. Throws {@link SqliteException}. */
final class SqliteStore implements LogReader, LogWriter {
    private final SqliteWriter writer;
    private final Statements sql;
    private final EntryCodec codec;
    private final Clock clock;
    private final String epoch;
    private final WriterCache cache = new WriterCache();
    private final PreparedStatement insertEntry;
    private final PreparedStatement moveHead;

    SqliteStore(SqliteWriter writer, EntryCodec codec, Clock clock, String epoch) throws SQLException {
        this.writer = writer;
        this.sql = writer.sql();
        this.codec = codec;
        this.clock = clock;
        this.epoch = epoch;
        Connection connection = writer.connection();
        insertEntry = connection.prepareStatement(
                "INSERT INTO entries (room_id, seq, at_ms, author, post_id, request_hash, kind, json)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT (room_id, author, post_id) WHERE post_id IS NOT NULL DO NOTHING");
        moveHead = connection.prepareStatement("UPDATE rooms SET head = ?, n = ?, at_ms = ? WHERE id = ?");
    }

    /** Saves the heads that a group has moved. Call it before the commit. */
    void saveHeads() throws SQLException {
        long now = clock.millis();
        for (RoomRow room : cache.moved()) {
            moveHead.setLong(1, room.head());
            moveHead.setLong(2, room.n());
            moveHead.setLong(3, now);
            moveHead.setLong(4, room.id());
            moveHead.executeUpdate();
        }
        cache.groupWritten();
    }

    WriterCache cache() {
        return cache;
    }

    private RoomRow row(String name) {
        return query(() -> cache.room(name, asked -> SqliteRooms.rowWithMembers(sql, asked, epoch)));
    }

    @Override
    public boolean keepsInboxes() {
        return true;
    }

    @Override
    public boolean detectsDuplicates() {
        return true;
    }

    @Override
    public RoomState room(String name) {
        return row(name).state();
    }

    @Override
    public RequestKey.Executed findByRequest(RequestKey requestKey) {
        RoomRow room = row(requestKey.room());
        RequestKey.Executed executed = one(
                row -> new RequestKey.Executed(row.getLong(1), hash(row.getBytes(2), row.getBytes(3))),
                "SELECT seq, request_hash, json FROM entries WHERE room_id = ? AND author = ? AND post_id = ?",
                room.id(),
                requestKey.author(),
                requestKey.id());
        return executed != null ? executed : findTombstone(requestKey);
    }

    @Override
    public RequestKey.Executed findTombstone(RequestKey requestKey) {
        RoomRow room = row(requestKey.room());
        return !room.hasTombstones()
                ? null
                : one(
                        row -> new RequestKey.Executed(row.getLong(1), row.getBytes(2)),
                        "SELECT seq, text_hash FROM tombstones WHERE room_id = ? AND author = ? AND post_id = ?",
                        room.id(),
                        requestKey.author(),
                        requestKey.id());
    }

    /** The hash of a request; entries from before there were hashes are hashed now. */
    private byte[] hash(byte[] stored, byte[] json) {
        return stored == null ? RequestKey.hashOfBody(codec.bodyOf(json)) : stored;
    }

    @Override
    public StoredEntry entry(String room, long seq) {
        return kept("SELECT seq, kind, author, json FROM entries WHERE room_id = ? AND seq = ?", room, seq);
    }

    @Override
    public StoredEntry firstFrom(String room, long seq) {
        return kept(
                "SELECT seq, kind, author, json FROM entries WHERE room_id = ? AND seq >= ? ORDER BY seq LIMIT 1",
                room,
                seq);
    }

    private StoredEntry kept(String select, String room, long seq) {
        return one(
                row -> new StoredEntry(row.getLong(1), EntryKind.of(row.getInt(2)), row.getString(3), row.getBytes(4)),
                select,
                row(room).id(),
                seq);
    }

    @Override
    public List<EditAt> edits(String room, long target, int most) {
        return query(() -> sql.all(
                row -> new EditAt(row.getLong(1), row.getInt(2)),
                "SELECT e.seq, length(n.json) FROM edits e JOIN entries n ON n.room_id = e.room_id AND n.seq = e.seq"
                        + " WHERE e.room_id = ? AND e.target = ? ORDER BY e.seq LIMIT ?",
                row(room).id(),
                target,
                most));
    }

    @Override
    public ReactionCounts reactions(String room, long target) {
        return query(() -> SqliteReactions.counts(sql, row(room).id(), target));
    }

    @Override
    public boolean reacts(String room, long target, String emoji, String userId) {
        return query(() -> SqliteReactions.reacts(sql, row(room).id(), target, emoji, userId));
    }

    @Override
    public List<Long> reactionEntries(String room, long target, int most) {
        return query(() -> SqliteReactions.entries(sql, row(room).id(), target, most));
    }

    @Override
    public User user(String id) {
        return one(row -> new User(id, row.getString(1)), "SELECT name FROM users WHERE id = ?", id);
    }

    @Override
    public AppendResult.ReadMarked mark(String room, String userId) {
        return one(
                row -> new AppendResult.ReadMarked(row.getLong(1), row.getLong(2)),
                "SELECT seq, n FROM reads WHERE user_id = ? AND room_id = ?",
                userId,
                row(room).id());
    }

    @Override
    public int mentions(String room, String userId, long upTo, int most) {
        return query(() -> SqliteCalls.mentions(sql, row(room).id(), userId, upTo, most));
    }

    @Override
    public void append(RoomState after, Entry entry, EntryKind kind, Instant at, RequestKey requestKey, byte[] hash) {
        query(() -> {
            RoomRow room = row(after.room());
            if (room.id() == 0) {
                room = room.withId(one(
                        row -> row.getLong(1),
                        "INSERT INTO rooms (name, folded, access) VALUES (?, ?, ?) RETURNING id",
                        after.room(),
                        after.room(),
                        after.access().wire()));
            }
            insertEntry.setLong(1, room.id());
            insertEntry.setLong(2, entry.seq());
            insertEntry.setLong(3, at.toEpochMilli());
            insertEntry.setString(4, entry.authorId());
            insertEntry.setString(5, requestKey == null ? null : requestKey.id());
            insertEntry.setBytes(6, hash);
            insertEntry.setInt(7, kind.code());
            insertEntry.setBytes(8, entry.json());
            if (insertEntry.executeUpdate() == 0) {
                throw new DuplicateRequestException();
            }
            cache.moved(room.with(after));
            return null;
        });
    }

    @Override
    public void save(RoomState room) {
        cache.changed(row(room.room()).with(room));
        update(
                "UPDATE rooms SET access = ?, topic = ?, title = ?, folded = ?, calls = ?, archived = ?, owner = ?, moderators = ?"
                        + " WHERE id = ?",
                room.access().wire(),
                room.topic(),
                room.title().isEmpty() ? null : room.title(),
                Folding.of(room.label()),
                room.calls().wire(),
                room.archived() ? 1 : 0,
                room.owner(),
                String.join(" ", room.moderators()),
                row(room.room()).id());
    }

    @Override
    public void enter(RoomState after, String userId) {
        cache.changed(row(after.room()).with(after));
        update(
                "INSERT INTO members (room_id, user_id) VALUES (?, ?)",
                row(after.room()).id(),
                userId);
    }

    @Override
    public void leave(RoomState after, String userId) {
        cache.changed(row(after.room()).with(after));
        update(
                "DELETE FROM members WHERE room_id = ? AND user_id = ?",
                row(after.room()).id(),
                userId);
    }

    @Override
    public void addAmendment(String room, long target, long seq) {
        update(
                "INSERT INTO edits (room_id, target, seq) VALUES (?, ?, ?)",
                row(room).id(),
                target,
                seq);
    }

    @Override
    public void deleteEdits(String room, long target, long before) {
        long id = row(room).id();
        update("DELETE FROM edits WHERE room_id = ? AND target = ? AND seq < ?", id, target, before);
    }

    @Override
    public void react(React react, User user, long seq) {
        write(() -> SqliteReactions.react(sql, row(react.room()).id(), react, user, seq));
    }

    @Override
    public void deleteReactions(String room, long target, long before) {
        long id = row(room).id();
        update("DELETE FROM reactions WHERE room_id = ? AND target = ? AND seq < ?", id, target, before);
    }

    @Override
    public void erase(String room, StoredEntry entry, byte[] json) {
        RoomRow its = row(room);
        writer.hasErased();
        write(() -> SqliteErasure.erase(sql, codec, clock.millis(), its.id(), entry, json));
        if (!its.hasTombstones()) {
            cache.changed(its.withTombstones());
            update("UPDATE rooms SET buried = 1 WHERE id = ?", its.id());
        }
    }

    @Override
    public void upsertUser(User user) {
        if (cache.isNews(user)) {
            write(() -> SqliteUsers.upsert(sql, user));
        }
    }

    @Override
    public void endSignIns(User user, EndSignIns ended) {
        upsertUser(user);
        write(() -> SqliteUsers.endSignIns(sql, user.id(), ended));
    }

    @Override
    public void mention(String room, String userId, long seq) {
        write(() -> SqliteCalls.mention(sql, row(room).id(), userId, seq));
    }

    @Override
    public void callAll(String room, String authorId, long seq) {
        write(() -> SqliteCalls.add(sql, row(room).id(), seq, authorId));
    }

    @Override
    public Set<String> stars(String userId) {
        return query(() -> SqliteCalls.stars(sql, userId));
    }

    @Override
    public void star(String room, String userId, boolean on) {
        write(() -> SqliteCalls.star(sql, row(room).id(), userId, on));
    }

    @Override
    public void deleteMentions(String room, String userId, long upTo, int most) {
        write(() -> SqliteCalls.deleteMentions(sql, row(room).id(), userId, upTo, most));
    }

    @Override
    public void mark(String room, String userId, AppendResult.ReadMarked mark) {
        update(
                "INSERT OR REPLACE INTO reads (user_id, room_id, seq, n) VALUES (?, ?, ?, ?)",
                userId,
                row(room).id(),
                mark.seq(),
                mark.n());
    }

    @Override
    public void deleteReadMark(String room, String userId) {
        update(
                "DELETE FROM reads WHERE user_id = ? AND room_id = ?",
                userId,
                row(room).id());
    }

    private interface Query<T> {
        T run() throws SQLException;
    }

    /** The mapped first row; null when there is none. */
    private <T> T one(Statements.RowMapper<T> mapper, String select, Object... parameters) {
        return query(() -> sql.one(mapper, select, parameters));
    }

    private void update(String change, Object... parameters) {
        write(() -> sql.update(change, parameters));
    }

    private interface Writing {
        void run() throws SQLException;
    }

    private static void write(Writing writing) {
        try {
            writing.run();
        } catch (SQLException e) {
            throw new SqliteException(e);
        }
    }

    private static <T> T query(Query<T> query) {
        try {
            return query.run();
        } catch (SQLException e) {
            throw new SqliteException(e);
        }
    }
}
