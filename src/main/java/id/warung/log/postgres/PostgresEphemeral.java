package id.warung.log.postgres;

import id.warung.log.RetentionPolicy;
import id.warung.log.Trimmed;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Keeps ephemeral rooms within their limits, and forgets those in which nobody is. That no node says that somebody is there is known by the
 * nodes' leases; a room is kept for a minute after its last entry, because everybody may be on the way to another node. For one thread.
 */
final class PostgresEphemeral {
    private static final Duration KEPT_EMPTY = Duration.ofMinutes(1);
    private static final int ROOMS_AT_A_TIME = 100;
    private static final int MORE_BYTES = 376; // of an entry in addition to its own, about as in the memory of one node

    private static final String EMPTY = """
            SELECT r.id FROM {s}.rooms r WHERE r.at_ms < ? AND NOT EXISTS (
              SELECT 1 FROM warung.presence p JOIN warung.nodes n ON n.node = p.node
              WHERE p.key = r.name AND p.text <> '' AND n.expires_at > clock_timestamp())
            ORDER BY r.id LIMIT %d FOR UPDATE OF r SKIP LOCKED
            """.formatted(ROOMS_AT_A_TIME);
    private static final List<String> TABLES = List.of(
            "entries",
            "edits",
            "reactions",
            "members",
            "reads",
            "forgotten_reads",
            "mentions",
            "room_calls",
            "tombstones",
            "search",
            "indexed");
    private static final String SIZES = """
            SELECT r.name, count(*), sum(octet_length(e.json) + %d) FROM {s}.entries e JOIN {s}.rooms r ON r.id = e.room_id
            GROUP BY r.name
            """.formatted(MORE_BYTES);

    /** A room's entries, and the bytes of all together. */
    private record Size(String room, long entries, long bytes) {
        Size halved() {
            return new Size(room, Math.max(1, entries / 2), bytes / 2);
        }
    }

    private final Transactions database;
    private final Clock clock;
    private final int maxEntries;
    private final long maxBytes;
    private final Function<String, RetentionPolicy> kept;
    private final PostgresRetention retention;
    private final Map<String, Long> fewer =
            new HashMap<>(); // by room: the most entries, because all have too many bytes

    /**
     * Keeps at most this many entries of each room, and about this many bytes of all together.
     *
     * @param kept gives the retention policy by name
     */
    PostgresEphemeral(
            Transactions database,
            Clock clock,
            int maxEntries,
            long maxBytes,
            Function<String, RetentionPolicy> kept,
            Trimmed trimmed) {
        this.database = database;
        this.clock = clock;
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
        this.kept = kept;
        this.retention = new PostgresRetention(database, clock, this::policy, trimmed);
    }

    private RetentionPolicy policy(String room) {
        RetentionPolicy policy = kept.apply(room);
        long most = Math.min(maxEntries, fewer.getOrDefault(room, Long.MAX_VALUE));
        return new RetentionPolicy(policy.age(), policy.messages(), most);
    }

    /** Drops some of what need not be kept; returns whether there may be more. */
    boolean trim() throws IOException {
        if (fewer.isEmpty()) {
            findTooLarge();
        }
        boolean more = retention.work();
        if (!more) {
            fewer.clear();
        }
        return more;
    }

    /** Halves the largest rooms until a quarter of the budget is free again. */
    private void findTooLarge() throws IOException {
        PriorityQueue<Size> largest = new PriorityQueue<>((a, b) -> Long.compare(b.bytes(), a.bytes()));
        largest.addAll(database.read(
                sql -> sql.all(row -> new Size(row.getString(1), row.getLong(2), row.getLong(3)), SIZES)));
        long total = largest.stream().mapToLong(Size::bytes).sum();
        boolean tooLarge = total > maxBytes;
        while (tooLarge && total > maxBytes / 4 * 3 && !largest.isEmpty()) {
            Size size = largest.poll();
            if (size.entries() > 1) {
                Size half = size.halved();
                total -= size.bytes() - half.bytes();
                fewer.put(half.room(), half.entries());
                largest.add(half);
            }
        }
    }

    /** Forgets some rooms in which nobody is; returns whether there may be more. */
    boolean forget() throws IOException {
        return database.write(sql -> {
            PostgresIndexer.lock(sql);
            Long[] rooms = sql.all(row -> row.getLong(1), EMPTY, clock.millis() - KEPT_EMPTY.toMillis())
                    .toArray(Long[]::new);
            if (rooms.length > 0) {
                forget(sql, rooms);
            }
            return rooms.length == ROOMS_AT_A_TIME;
        });
    }

    private static void forget(Statements sql, Long... rooms) throws SQLException {
        for (String table : TABLES) {
            sql.update("DELETE FROM {s}." + table + " WHERE room_id = ANY (?)", (Object) rooms);
        }
        sql.update("DELETE FROM {s}.rooms WHERE id = ANY (?)", (Object) rooms);
    }
}
