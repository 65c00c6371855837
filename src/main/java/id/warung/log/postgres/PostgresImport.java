package id.warung.log.postgres;

import id.warung.log.Position;
import id.warung.log.StorageExport;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Moves all that another storage keeps into an empty database, in one transaction: until its end there is nothing, and then there is all.
 * Static, stateless; blocks.
 */
public final class PostgresImport {
    /** The tables, and their columns in {@code COPY}'s order. What the search knows is made anew. */
    private static final Map<String, List<String>> TABLES = Map.ofEntries(
            Map.entry(
                    "rooms",
                    List.of(
                            "id",
                            "name",
                            "first",
                            "head",
                            "n",
                            "at_ms",
                            "access",
                            "title",
                            "topic",
                            "folded",
                            "calls",
                            "archived",
                            "owner",
                            "moderators",
                            "buried",
                            "version")),
            Map.entry(
                    "entries", List.of("room_id", "seq", "at_ms", "kind", "author", "post_id", "request_hash", "json")),
            Map.entry("tombstones", List.of("room_id", "seq", "at_ms", "author", "post_id", "text_hash")),
            Map.entry("edits", List.of("room_id", "target", "seq")),
            Map.entry("reactions", List.of("room_id", "target", "seq", "emoji", "user_id")),
            Map.entry("members", List.of("room_id", "user_id")),
            Map.entry("users", List.of("id", "name", "folded", "version", "not_before")),
            Map.entry("reads", List.of("room_id", "seq", "n", "user_id")),
            Map.entry("mentions", List.of("room_id", "seq", "user_id")),
            Map.entry("room_calls", List.of("room_id", "seq", "author")),
            Map.entry("stars", List.of("room_id", "user_id")),
            Map.entry("ended_sign_ins", List.of("until_s", "user_id", "sign_in")),
            Map.entry("name_keys", List.of("key", "user_id")));

    private static final String IN_USE = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'warung'
            """;

    private PostgresImport() {}

    /**
     * Moves everything; the source begins a new epoch when it is opened again.
     *
     * @param connections for this only, with {@code ApplicationName} other than a node's
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String run(StorageExport source, Connections connections) throws IOException {
        PostgresMigrations.run(connections);
        try (Connection connection = connections.get()) {
            connection.setNetworkTimeout(Runnable::run, 0); // the last statements may take long
            new PostgresEpoch(Schema.DURABLE).check(connection); // notes which database it is
            connection.setAutoCommit(false);
            try {
                String done = run(source, connection);
                connection.commit();
                return done;
            } catch (SQLException | IOException | RuntimeException | Error e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new IOException("Nothing was moved. " + PostgresFailure.sentence(e), e);
        }
    }

    /**
     * Begins a new epoch, so that clients discard what they have: for a database that was put back to what it was before. Nodes that run
     * notice it.
     *
     * @return a sentence for the administrator, as is the message of the exception
     */
    public static String newEpoch(Connections connections) throws IOException {
        String epoch = Position.newEpoch();
        try (Connection connection = connections.get()) {
            int changed = new Statements(connection, Schema.DURABLE)
                    .update("UPDATE {s}.meta SET value = ? WHERE key = 'epoch'", epoch);
            if (changed == 0) {
                throw new IOException("No Warung has used this database yet.");
            }
            return "The new epoch is " + epoch + ".";
        } catch (SQLException e) {
            throw new IOException(
                    "42P01".equals(e.getSQLState())
                            ? "No Warung has used this database yet."
                            : "The epoch is as it was. " + PostgresFailure.sentence(e),
                    e);
        }
    }

    private static String run(StorageExport source, Connection connection) throws IOException, SQLException {
        Statements sql = new Statements(connection, Schema.DURABLE);
        sql.execute("LOCK TABLE {s}.rooms, {s}.entries, {s}.users IN EXCLUSIVE MODE");
        check(sql);
        long entries = 0;
        for (Map.Entry<String, List<String>> table : TABLES.entrySet()) {
            long rows = copy(source, connection, table.getKey(), table.getValue());
            entries = table.getKey().equals("entries") ? rows : entries;
        }
        sql.execute(
                "SELECT setval(pg_get_serial_sequence('{s}.rooms', 'id'), (SELECT coalesce(max(id), 1) FROM {s}.rooms))");
        setMeta(sql, "epoch", source.epoch());
        byte[] key = source.signingKey();
        if (key != null) {
            setMeta(sql, PostgresMigrations.KEY, Base64.getEncoder().encodeToString(key));
        }
        sql.execute("ANALYZE");
        source.giveAway(); // before the commit: there are never two logs of one epoch that go on
        return "Entries moved: " + entries
                + ". Set WARUNG_DB on every node, and keep the data folder as a backup:"
                + " a Warung that is started with it would be another one.";
    }

    private static void check(Statements sql) throws IOException, SQLException {
        if (sql.one(row -> row.getLong(1), IN_USE) > 0) {
            throw new IOException(
                    "Nothing was moved: a Warung uses this database. Stop every node of it, or choose another database.");
        }
        for (String table : TABLES.keySet()) {
            if (sql.one(row -> true, "SELECT 1 FROM {s}." + table + " LIMIT 1") != null) {
                throw new IOException(
                        "Nothing was moved: Warung has data in this database already. Choose an empty one.");
            }
        }
    }

    private static void setMeta(Statements sql, String key, String value) throws SQLException {
        sql.update(
                "INSERT INTO {s}.meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                key,
                value);
    }

    private static long copy(StorageExport source, Connection connection, String table, List<String> columns)
            throws IOException, SQLException {
        String target = Schema.DURABLE.in("{s}." + table) + " (" + String.join(", ", columns) + ")";
        List<String> types = types(connection, table, columns);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + target + " FROM STDIN (FORMAT binary)");
        try {
            CopyStream rows = new CopyStream(copy, types);
            source.each(table, columns, rows::row);
            return rows.end();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy(); // otherwise the connection does nothing else
            }
        }
    }

    private static List<String> types(Connection connection, String table, List<String> columns) throws SQLException {
        List<String> types = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery(Schema.DURABLE.in(
                        "SELECT " + String.join(", ", columns) + " FROM {s}." + table + " LIMIT 0"))) {
            for (int i = 1; i <= columns.size(); i++) {
                types.add(
                        switch (none.getMetaData().getColumnTypeName(i)) {
                            case "bool" -> "boolean";
                            case "int2" -> "smallint";
                            default -> "";
                        });
            }
        }
        return types;
    }
}
