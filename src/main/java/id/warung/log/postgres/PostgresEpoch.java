package id.warung.log.postgres;

import id.warung.log.Position;
import java.lang.System.Logger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The epoch of the log: it changes when what readers have seen may not be what the log says. So it does when the database is another
 * cluster, or on another timeline without having had a synchronous standby before, or when a room ends before what this node has served of
 * it: somebody has put back a copy. All nodes agree on it, by a row that is compared and set. Thread-safe.
 */
final class PostgresEpoch {
    private static final Logger LOG = System.getLogger(PostgresEpoch.class.getName());
    private static final String NOW = "SELECT (SELECT system_identifier FROM pg_control_system()) || '/'"
            + " || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8),"
            + " current_setting('synchronous_standby_names') <> ''"
            + " AND current_setting('synchronous_commit') NOT IN ('off', 'local')";

    private final Schema schema;
    private volatile String epoch; // null until it was read
    private final AtomicLong doubts = new AtomicLong(1);
    private volatile long settled; // how many of them
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    PostgresEpoch(Schema schema) {
        this.schema = schema;
    }

    /** Called, on any thread, when the epoch is another than before. */
    void onChange(Runnable called) {
        listeners.add(called);
    }

    String current() {
        String now = epoch;
        if (now == null) {
            throw new IllegalStateException("The epoch was not read");
        }
        return now;
    }

    /** The next connection may lead to another database than before. */
    void doubt() {
        doubts.incrementAndGet();
    }

    /** Whether to check the epoch before anything is read or written. */
    boolean isDoubtful() {
        return settled != doubts.get();
    }

    /** Checks whether this is the log that it was. Writes only if something has changed. */
    void check(Connection connection) throws SQLException {
        long before = doubts.get(); // later ones are looked at again
        compare(connection);
        settled = before;
    }

    private void compare(Connection connection) throws SQLException {
        Map<String, String> stored = new HashMap<>();
        String[] cluster = new String[1];
        boolean[] synchronous = new boolean[1];
        new Pipeline(schema)
                .query(rows -> read(rows, stored), "SELECT key, value FROM {s}.meta")
                .query(
                        rows -> {
                            rows.next();
                            cluster[0] = rows.getString(1);
                            synchronous[0] = rows.getBoolean(2);
                        },
                        NOW)
                .on(connection);
        boolean same = cluster[0].equals(stored.get("cluster"));
        if (stored.get("epoch") != null
                && same
                && String.valueOf(synchronous[0]).equals(stored.get("synchronous"))) {
            use(stored.get("epoch"));
            return;
        }
        String before = stored.get("cluster");
        boolean sameSystem =
                before != null && before.split("/", -1)[0].equals(cluster[0].split("/", -1)[0]);
        boolean kept =
                stored.get("epoch") != null && (same || (sameSystem && "true".equals(stored.get("synchronous"))));
        set(connection, stored, cluster[0], synchronous[0], kept ? stored.get("epoch") : Position.newEpoch());
    }

    private static void read(ResultSet rows, Map<String, String> into) throws SQLException {
        while (rows.next()) {
            into.put(rows.getString(1), rows.getString(2));
        }
    }

    /** Unless somebody else was first: then theirs counts. */
    private void set(
            Connection connection, Map<String, String> before, String cluster, boolean synchronous, String wanted)
            throws SQLException {
        Map<String, String> after = new HashMap<>();
        new Pipeline(schema)
                .run("BEGIN")
                .run("LOCK TABLE {s}.meta IN SHARE ROW EXCLUSIVE MODE")
                .run(
                        "INSERT INTO {s}.meta (key, value) SELECT x.key, x.value FROM (VALUES ('epoch', ?::text),"
                                + " ('cluster', ?::text), ('synchronous', ?::text)) AS x (key, value)"
                                + " WHERE coalesce((SELECT value FROM {s}.meta WHERE key = 'epoch'), '') = ?"
                                + " AND coalesce((SELECT value FROM {s}.meta WHERE key = 'cluster'), '') = ?"
                                + " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                        wanted,
                        cluster,
                        String.valueOf(synchronous),
                        before.getOrDefault("epoch", ""),
                        before.getOrDefault("cluster", ""))
                .query(rows -> read(rows, after), "SELECT key, value FROM {s}.meta")
                .run("COMMIT")
                .on(connection);
        use(after.get("epoch"));
    }

    /** Begins a new one, unless somebody else has done so meanwhile. */
    void begin(Connection connection, String instead) throws SQLException {
        Map<String, String> after = new HashMap<>();
        new Pipeline(schema)
                .run("BEGIN")
                .run("UPDATE {s}.meta SET value = ? WHERE key = 'epoch' AND value = ?", Position.newEpoch(), instead)
                .query(rows -> read(rows, after), "SELECT key, value FROM {s}.meta")
                .run("COMMIT")
                .on(connection);
        use(after.get("epoch"));
    }

    private void use(String now) {
        String before;
        synchronized (this) {
            before = epoch;
            epoch = now;
        }
        if (before != null && !before.equals(now)) {
            LOG.log(
                    Logger.Level.WARNING,
                    "The database is not the one that it was, or was put back: a new epoch begins, and everybody reads"
                            + " their rooms again");
            listeners.forEach(Runnable::run);
        }
    }
}
