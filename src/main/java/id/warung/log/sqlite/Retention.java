package id.warung.log.sqlite;

import id.warung.log.RetentionPolicy;
import id.warung.log.Trimmed;
import id.warung.log.command.RequestKey;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Trims the oldest entries of rooms. Seqs never change; the id of a trimmed post is kept for at least 30 days, so that a late retry still
 * gets its first answer. It finds the rooms to trim by itself; the writing thread trims in transactions of a few milliseconds, so that
 * posts wait only a moment. For one thread at a time, which is not the writing one.
 */
final class Retention {
    private static final Duration REMEMBER_IDS = Duration.ofDays(30);
    private static final int ENTRIES_AT_A_TIME = 500;
    // all of it is overwritten, which the time limits here do not see
    private static final int BYTES_AT_A_TIME = 256 * 1024;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final String FORGET_REACTIONS = "DELETE FROM reactions WHERE room_id = ? AND (target, seq) IN"
            + " (SELECT target, seq FROM reactions WHERE room_id = ? AND target < ? LIMIT " + ENTRIES_AT_A_TIME + ")";
    static final String FORGET = "DELETE FROM tombstones WHERE (room_id, author, post_id) IN"
            + " (SELECT room_id, author, post_id FROM tombstones WHERE at_ms < ? LIMIT " + ENTRIES_AT_A_TIME + ")";

    private record Bounds(long id, String name, long first, long head, long n) {}

    /** What was trimmed: entries before {@code first}, or at first so many reactions to them. */
    private record Step(long first, int reactions) {}

    private final SqliteDirectory.Reading reading;
    private final EntryCodec codec;
    private final Clock clock;
    private final Queue<Bounds> overdue = new ArrayDeque<>();

    Retention(SqliteDirectory.Reading reading, EntryCodec codec, Clock clock) {
        this.reading = reading;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * Trims at most {@value #ENTRIES_AT_A_TIME} entries in all, and forgets as many ids; returns the number of both.
     * Call it again while it finds some.
     *
     * @param trimmed is told on the writing thread what has been trimmed
     */
    int trim(Function<String, RetentionPolicy> kept, SearchIndexer.Writing writing, Trimmed trimmed)
            throws IOException {
        if (overdue.isEmpty()) {
            overdue.addAll(reading.read(sql -> overdue(sql, kept)));
        }
        int total = 0;
        while (total < ENTRIES_AT_A_TIME && !overdue.isEmpty()) {
            Bounds room = overdue.poll();
            RetentionPolicy policy = kept.apply(room.name());
            int most = ENTRIES_AT_A_TIME - total;
            Step step = writing.write(writer -> trim(writer, room, policy, most), its -> {
                if (its.first() > room.first()) {
                    trimmed.trimmed(room.name(), its.first());
                }
            });
            int some = (int) (step.first() - room.first()) + step.reactions();
            if (some > 0) {
                total += some;
                overdue.add(new Bounds(
                        room.id(), room.name(), step.first(), room.head(), room.n())); // there may be more to trim
            }
        }
        return total + writing.write(writer -> writer.sql().update(FORGET, millisBefore(REMEMBER_IDS)));
    }

    private List<Bounds> overdue(Statements sql, Function<String, RetentionPolicy> kept) throws SQLException {
        List<Bounds> rooms = new ArrayList<>();
        sql.each(
                row -> {
                    Bounds room = new Bounds(
                            row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5));
                    if (keepFrom(sql, room, kept.apply(room.name())) > room.first()) {
                        rooms.add(room);
                    }
                    return true;
                },
                "SELECT id, name, first, head, n FROM rooms WHERE first <= head");
        return rooms;
    }

    private long keepFrom(Statements sql, Bounds room, RetentionPolicy policy) throws SQLException {
        long byNumber = policy.messages() == 0 ? room.first() : firstOfLatest(sql, room, policy.messages());
        long byAge = policy.age().isZero() ? room.first() : firstSince(sql, room, millisBefore(policy.age()));
        return Math.max(Math.max(byNumber, byAge), room.head() - policy.mostEntries() + 1);
    }

    /** The seq of the first of the latest {@code count} messages, looking no further than is trimmed at a time. */
    private long firstOfLatest(Statements sql, Bounds room, long count) throws SQLException {
        if (room.head() - room.first() < count) {
            return room.first(); // there cannot be more messages than entries
        }
        byte[] first = sql.one(
                row -> row.getBytes(1),
                "SELECT json FROM entries WHERE room_id = ? AND seq = ?",
                room.id(),
                room.first());
        long after = room.n() - codec.header(first).n(); // the messages after the first entry
        if (after < count) {
            return room.first();
        }
        Long kept = sql.one(
                row -> row.getLong(1),
                "SELECT seq FROM entries WHERE room_id = ? AND seq > ? AND seq < ? AND kind IN (0, 3)"
                        + " ORDER BY seq LIMIT 1 OFFSET ?",
                room.id(),
                room.first(),
                room.first() + ENTRIES_AT_A_TIME,
                after - count);
        return kept != null ? kept : Math.min(room.head(), room.first() + ENTRIES_AT_A_TIME);
    }

    private long millisBefore(Duration age) {
        return clock.instant().minus(age).toEpochMilli();
    }

    /** The lowest seq that is young enough, looking no further than is trimmed at a time. */
    private static long firstSince(Statements sql, Bounds room, long sinceMillis) throws SQLException {
        Long first = sql.one(
                row -> row.getLong(1),
                "SELECT seq FROM entries WHERE room_id = ? AND seq >= ? AND seq < ? AND at_ms >= ? ORDER BY seq LIMIT 1",
                room.id(),
                room.first(),
                room.first() + ENTRIES_AT_A_TIME,
                sinceMillis);
        return first != null ? first : Math.min(room.head() + 1, room.first() + ENTRIES_AT_A_TIME);
    }

    /** Trims some entries of a room, or reactions to them. */
    private Step trim(SqliteWriter writer, Bounds before, RetentionPolicy policy, int most) throws SQLException {
        Statements sql = writer.sql();
        Bounds room = sql.one(
                row -> new Bounds(before.id(), before.name(), row.getLong(1), row.getLong(2), row.getLong(3)),
                "SELECT first, head, n FROM rooms WHERE id = ?",
                before.id());
        long keepFrom = Math.min(keepFrom(sql, room, policy), room.first() + most);
        if (keepFrom <= room.first()) {
            return new Step(room.first(), 0);
        }
        keepFrom = addTombstone(writer, room, keepFrom);
        int reactions = sql.update(FORGET_REACTIONS, room.id(), room.id(), keepFrom);
        if (reactions == ENTRIES_AT_A_TIME) {
            writer.hasErased();
            return new Step(room.first(), reactions); // first the others, which can be many
        }
        sql.update("DELETE FROM searchable WHERE room_id = ? AND seq < ? AND words = 0", room.id(), keepFrom);
        sql.update(
                "UPDATE searchable SET json = (SELECT json FROM entries e WHERE e.room_id = searchable.room_id AND e.seq = source)"
                        + " WHERE room_id = ? AND seq < ? AND json IS NULL",
                room.id(),
                keepFrom);
        sql.update("DELETE FROM entries WHERE room_id = ? AND seq < ?", room.id(), keepFrom);
        sql.update("DELETE FROM edits WHERE room_id = ? AND target < ?", room.id(), keepFrom);
        sql.update("DELETE FROM mentions WHERE room_id = ? AND seq < ?", room.id(), keepFrom);
        SqliteCalls.deleteBefore(sql, room.id(), keepFrom);
        sql.update(
                "UPDATE rooms SET first = ?, buried = 1, indexed = max(indexed, ?) WHERE id = ?",
                keepFrom,
                keepFrom - 1,
                room.id());
        writer.hasErased();
        writer.evict(room.name());
        return new Step(keepFrom, reactions);
    }

    /** Records the ids of entries that are trimmed, as many as fit into a slice; returns the first seq that is kept. */
    private long addTombstone(SqliteWriter writer, Bounds room, long keepFrom) throws SQLException {
        TombstoneWriter tombstones = new TombstoneWriter(writer.sql(), room, keepFrom);
        writer.sql()
                .each(
                        tombstones,
                        "SELECT author, post_id, seq, request_hash, json, length(json) FROM entries WHERE room_id = ? AND seq < ? ORDER BY seq",
                        room.id(),
                        keepFrom);
        return tombstones.keptFrom;
    }

    private final class TombstoneWriter implements Statements.RowVisitor {
        private final long begin = System.nanoTime();
        private final Statements sql;
        private final Bounds room;
        private long keptFrom;
        private long bytes;

        TombstoneWriter(Statements sql, Bounds room, long keptFrom) {
            this.sql = sql;
            this.room = room;
            this.keptFrom = keptFrom;
        }

        @Override
        public boolean take(ResultSet row) throws SQLException {
            boolean enough = bytes > BYTES_AT_A_TIME || System.nanoTime() - begin > SLICE_NANOS;
            if (enough && row.getLong(3) > room.first()) {
                keptFrom = row.getLong(3);
                return false;
            }
            bytes += row.getLong(6);
            if (row.getString(2) != null) {
                sql.update(
                        "INSERT INTO tombstones (room_id, author, post_id, seq, at_ms, text_hash) VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING", // the first execution of a request counts
                        room.id(),
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        clock.millis(),
                        hash(row.getBytes(4), row.getBytes(5)));
            }
            return true;
        }
    }

    private byte[] hash(byte[] ofRequest, byte[] json) {
        return ofRequest == null ? RequestKey.hashOfBody(codec.bodyOf(json)) : ofRequest;
    }
}
