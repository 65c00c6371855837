package id.warung.log.postgres;

import id.warung.log.RetentionPolicy;
import id.warung.log.Trimmed;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * Trims the oldest entries of rooms, as on one node: seqs never change, and the id of a trimmed post is kept for at least 30 days. Any node
 * may trim, one at a time; each part is a short transaction that has its room's row. The room's version goes up, so that the other nodes
 * read from where it is kept. An ephemeral room forgets the ids with their entries. For one thread.
 */
final class PostgresRetention {
    private static final Duration REMEMBER_IDS = Duration.ofDays(30);
    private static final int ENTRIES_AT_A_TIME = 500;

    private static final String OVERDUE = """
            SELECT r.id, r.name, r.first, r.head, r.n, (SELECT e.at_ms FROM {s}.entries e
              WHERE e.room_id = r.id AND e.seq >= r.first ORDER BY e.seq LIMIT 1)
            FROM {s}.rooms r WHERE r.first <= r.head
            """;
    private static final String FORGET = "DELETE FROM {s}.tombstones WHERE ctid = ANY (ARRAY("
            + "SELECT ctid FROM {s}.tombstones WHERE at_ms < ? LIMIT " + ENTRIES_AT_A_TIME + "))";
    /** The first execution of a request counts. */
    private static final String BURY = """
            INSERT INTO {s}.tombstones (room_id, author, post_id, seq, at_ms, text_hash)
            SELECT room_id, author, post_id, seq, ?3, request_hash FROM {s}.entries
            WHERE room_id = ?1 AND seq < ?2 AND post_id IS NOT NULL ON CONFLICT DO NOTHING
            """;

    private static final String FORGET_REACTIONS = "DELETE FROM {s}.reactions WHERE ctid = ANY (ARRAY("
            + "SELECT ctid FROM {s}.reactions WHERE room_id = ? AND target < ? LIMIT " + ENTRIES_AT_A_TIME + "))";

    /** A room, and when its oldest entry was written. */
    private record Bounds(long id, String name, long first, long head, long n, long oldestMillis) {}

    /** What was trimmed: entries before {@code first}, or at first so many reactions to them. */
    private record Step(long first, int reactions) {}

    private final Transactions database;
    private final Clock clock;
    private final Function<String, RetentionPolicy> kept;
    private final Trimmed trimmed;
    private final Queue<Bounds> overdue = new ArrayDeque<>();

    /**
     * @param kept gives the retention policy by name
     * @param trimmed is told on the thread that trims
     */
    PostgresRetention(Transactions database, Clock clock, Function<String, RetentionPolicy> kept, Trimmed trimmed) {
        this.database = database;
        this.clock = clock;
        this.kept = kept;
        this.trimmed = trimmed;
    }

    /** Trims some entries, and forgets some ids; returns whether there may be more. */
    boolean work() throws IOException {
        if (overdue.isEmpty()) {
            overdue.addAll(database
                    .read(sql -> sql.all(
                            row -> new Bounds(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getLong(5),
                                    row.getLong(6)),
                            OVERDUE))
                    .stream()
                    .filter(this::isOverdue)
                    .toList());
        }
        Bounds room = overdue.poll();
        boolean more = false;
        if (room != null) {
            Step step = database.write(sql -> trim(sql, room));
            if (step.first() > room.first()) {
                trimmed.trimmed(room.name(), step.first());
            }
            if (step.first() > room.first() || step.reactions() > 0) {
                overdue.add(
                        new Bounds(room.id(), room.name(), step.first(), room.head(), room.n(), room.oldestMillis()));
            }
            more = !overdue.isEmpty();
        }
        int forgotten = database.write(sql -> {
            PostgresIndexer.lock(sql);
            return sql.update(FORGET, millisBefore(REMEMBER_IDS));
        });
        return more || forgotten == ENTRIES_AT_A_TIME;
    }

    private boolean isOverdue(Bounds room) {
        RetentionPolicy policy = kept.apply(room.name());
        long entries = room.head() - room.first() + 1;
        return (policy.messages() > 0
                        && entries > policy.messages()) // perhaps: there are no more messages than entries
                || entries > policy.mostEntries()
                || (!policy.age().isZero() && room.oldestMillis() < millisBefore(policy.age()));
    }

    private long millisBefore(Duration age) {
        return clock.instant().minus(age).toEpochMilli();
    }

    /** Trims some entries of a room, or reactions to them. */
    private Step trim(Statements sql, Bounds before) throws SQLException {
        PostgresIndexer.lock(sql);
        List<Bounds> locked = sql.all(
                row -> new Bounds(before.id(), before.name(), row.getLong(1), row.getLong(2), row.getLong(3), 0),
                "SELECT first, head, n FROM {s}.rooms WHERE id = ? FOR UPDATE",
                before.id());
        if (locked.isEmpty()) {
            return new Step(before.first(), 0); // an ephemeral room was forgotten
        }
        Bounds room = locked.get(0);
        long keepFrom = Math.min(keepFrom(sql, room), room.first() + ENTRIES_AT_A_TIME);
        if (keepFrom <= room.first()) {
            return new Step(room.first(), 0);
        }
        int reactions = sql.update(FORGET_REACTIONS, room.id(), keepFrom);
        if (reactions == ENTRIES_AT_A_TIME) {
            return new Step(room.first(), reactions); // first the others, which can be many
        }
        if (database.schema().logged()) {
            sql.update(BURY, room.id(), keepFrom, clock.millis());
            PostgresErasure.record(sql, room.id(), keepFrom);
        }
        for (String table : List.of("entries", "mentions", "room_calls", "search")) {
            sql.update("DELETE FROM {s}." + table + " WHERE room_id = ? AND seq < ?", room.id(), keepFrom);
        }
        sql.update("DELETE FROM {s}.edits WHERE room_id = ? AND target < ?", room.id(), keepFrom);
        sql.update(
                "UPDATE {s}.rooms SET first = ?, buried = " + database.schema().logged()
                        + ", version = version + 1 WHERE id = ?",
                keepFrom,
                room.id());
        return new Step(keepFrom, reactions);
    }

    private long keepFrom(Statements sql, Bounds room) throws SQLException {
        RetentionPolicy policy = kept.apply(room.name());
        long byEntries = room.head() - policy.mostEntries() + 1;
        long byMessages = policy.messages() == 0 ? room.first() : firstOfLatest(sql, room, policy.messages());
        long byAge = policy.age().isZero() ? room.first() : firstSince(sql, room, millisBefore(policy.age()));
        return Math.max(Math.max(byEntries, byMessages), byAge);
    }

    /** The seq of the first of the latest {@code count} messages, looking no further than is trimmed at a time. */
    private static long firstOfLatest(Statements sql, Bounds room, long count) throws SQLException {
        if (room.head() - room.first() < count) {
            return room.first(); // there cannot be more messages than entries
        }
        long after = room.n() // the messages after the first entry
                - sql.one(
                        row -> row.getLong(1),
                        "SELECT (convert_from(json, 'UTF8')::json ->> 'n')::bigint FROM {s}.entries WHERE room_id = ? AND seq = ?",
                        room.id(),
                        room.first());
        if (after < count) {
            return room.first();
        }
        Long kept = sql.one(
                row -> row.getLong(1),
                "SELECT seq FROM {s}.entries WHERE room_id = ?1 AND seq > ?2 AND seq < ?2 + " + ENTRIES_AT_A_TIME
                        + " AND kind IN (0, 3) ORDER BY seq LIMIT 1 OFFSET ?3",
                room.id(),
                room.first(),
                after - count);
        return kept != null ? kept : Math.min(room.head(), room.first() + ENTRIES_AT_A_TIME);
    }

    /** The lowest seq that is young enough, looking no further than is trimmed at a time. */
    private static long firstSince(Statements sql, Bounds room, long sinceMillis) throws SQLException {
        Long first = sql.one(
                row -> row.getLong(1),
                "SELECT seq FROM {s}.entries WHERE room_id = ?1 AND seq >= ?2 AND seq < ?2 + " + ENTRIES_AT_A_TIME
                        + " AND at_ms >= ?3 ORDER BY seq LIMIT 1",
                room.id(),
                room.first(),
                sinceMillis);
        return first != null ? first : Math.min(room.head() + 1, room.first() + ENTRIES_AT_A_TIME);
    }
}
