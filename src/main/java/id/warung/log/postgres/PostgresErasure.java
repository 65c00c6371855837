package id.warung.log.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Removes the remains of what was erased or trimmed from the files of the tables. PostgreSQL only marks rows as dead, leaves their bytes in
 * the free space of a page when it has removed them, and keeps each word in an index for ever; so the parts of the search index that had
 * the words are written anew, and free space that had an entry is overwritten. Whoever erases {@linkplain #record records} it in the same
 * transaction. One node at a time; for one thread.
 */
final class PostgresErasure {
    private static final int BLOCKS_AT_A_TIME = 1_000;
    private static final int SHARE = 20; // one part in this many of the time
    private static final long SHORT_NANOS = TimeUnit.SECONDS.toNanos(1); // shorter runs are always allowed
    /** The sizes of what free space is filled with, until not even the last fits. Beyond the first, a row would not be kept in its page. */
    private static final int[] FILLERS = {1_800, 600, 200, 60, 1};

    private static final String RECORD = """
            INSERT INTO {s}.erased (room_id, seq, block)
            SELECT room_id, seq, (ctid::text::point)[0]::bigint FROM {s}.entries WHERE room_id = ?1 AND seq < ?2
            """;
    /** Of entries with these rooms' ids and seqs. */
    static final String RECORD_THESE = """
            INSERT INTO {s}.erased (room_id, seq, block) SELECT e.room_id, e.seq, (e.ctid::text::point)[0]::bigint
            FROM unnest(?::bigint[], ?::bigint[]) AS x (room_id, seq) JOIN {s}.entries e ON e.room_id = x.room_id AND e.seq = x.seq""";

    /** What no snapshot that anybody still reads can show. */
    private static final String REMOVABLE = """
            NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
              AND age(a.backend_xmin) >= age(x.by))""";

    private static final String SOME =
            "SELECT x.id, x.block FROM {s}.erased x WHERE " + REMOVABLE + " ORDER BY x.id LIMIT " + BLOCKS_AT_A_TIME;
    private static final String PARTS = """
            SELECT DISTINCT part FROM {s}.erased x, generate_series(0, 31) part
            WHERE x.id = ANY (?) AND satisfies_hash_partition('{s}.search'::regclass, 32, part, x.room_id)
            """;
    /** Also of an entry that was erased while the indexer had read it. */
    private static final String FORGET_WORDS =
            "DELETE FROM {s}.search s USING {s}.erased x WHERE x.id = ANY (?) AND s.room_id = x.room_id AND s.seq = x.seq";

    private record Erased(long id, long block) {}

    private final Transactions database;
    private long nextNanos = System.nanoTime();

    PostgresErasure(Transactions database) {
        this.database = database;
    }

    /** Records, in the open transaction, that the entries of a room before a seq are about to be erased. */
    static void record(Statements sql, long room, long before) throws SQLException {
        sql.update(RECORD, room, before);
    }

    /** Removes some remains; returns whether there are more. Does and writes nothing when nothing was erased. */
    boolean work() throws IOException {
        if (System.nanoTime() - nextNanos < 0) {
            return false;
        }
        List<Erased> some = database.read(sql -> sql.all(row -> new Erased(row.getLong(1), row.getLong(2)), SOME));
        if (some.isEmpty()) {
            return false;
        }
        long begin = System.nanoTime();
        boolean mine = database.write(sql -> {
            sql.execute("SET LOCAL idle_in_transaction_session_timeout = 0"); // it only holds the lock
            return sql.one(row -> row.getBoolean(1), "SELECT pg_try_advisory_xact_lock(hashtext('{s}.erasure'))")
                    && remove(some);
        });
        long took = System.nanoTime() - begin;
        nextNanos = System.nanoTime() + (took < SHORT_NANOS ? 0 : SHARE * took);
        return mine && some.size() == BLOCKS_AT_A_TIME;
    }

    private boolean remove(List<Erased> some) throws SQLException {
        try {
            Long[] ids = some.stream().map(Erased::id).toArray(Long[]::new);
            List<Integer> parts = database.write(sql -> {
                PostgresIndexer.lock(sql);
                sql.update(FORGET_WORDS, (Object) ids);
                return sql.all(row -> row.getInt(1), PARTS, (Object) ids);
            });
            for (int part : parts) {
                database.alone("VACUUM (FULL, ANALYZE) {s}.search_" + part);
            }
            database.alone("VACUUM (INDEX_CLEANUP OFF, TRUNCATE OFF) {s}.entries");
            for (long block : some.stream().map(Erased::block).distinct().toList()) {
                database.undo(sql -> overwrite(sql, block));
            }
            database.write(sql -> sql.update("DELETE FROM {s}.erased WHERE id = ANY (?)", (Object) ids));
            return true;
        } catch (IOException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /**
     * Fills the free space of a page with new versions of one of its rows, in a transaction that is undone. In a page without rows nothing
     * can be done.
     */
    private static Void overwrite(Statements sql, long block) throws SQLException {
        String at = sql.one(
                row -> row.getString(1),
                "SELECT ctid::text FROM {s}.entries WHERE ctid >= ?::tid AND ctid < ?::tid LIMIT 1 FOR UPDATE SKIP LOCKED",
                "(" + block + ",0)",
                "(" + (block + 1) + ",0)");
        for (int i = 0; i < FILLERS.length && at != null; i++) {
            byte[] filler = new byte[FILLERS[i]];
            boolean fits = true;
            while (fits) {
                sql.execute("SAVEPOINT filler");
                String next = sql.one(
                        row -> row.getString(1),
                        "UPDATE {s}.entries SET json = ? WHERE ctid = ?::tid RETURNING ctid::text",
                        filler,
                        at);
                fits = next != null && next.startsWith("(" + block + ",");
                if (fits) {
                    at = next;
                } else {
                    sql.execute("ROLLBACK TO SAVEPOINT filler");
                }
            }
        }
        return null;
    }
}
