package id.warung.log.postgres;

import id.warung.log.Scripts;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * Makes and changes the tables. One node at a time: an advisory lock, held by an open transaction of another connection, makes the others
 * wait. Static, stateless.
 */
final class PostgresMigrations {
    static final String FOLDER = "db/postgres";
    /** Each file in the folder, in order. Those of the log are also run in the schema of ephemeral rooms. */
    static final List<String> OF_THE_LOG = List.of(
            "V1__log.sql",
            "V2__search.sql",
            "V4__marks_taken_back.sql",
            "V5__reactions.sql",
            "V6__titles_calls_stars.sql",
            "V7__marks_forgotten.sql",
            "V8__pending_words.sql",
            "V9__no_samples_of_text.sql");
    /** Those are about all rooms. */
    static final List<String> OF_PEOPLE = List.of("V3__people.sql");

    private static final long LOCK = 0x776172756e67L; // "warung"
    private static final String LONGEST_WAIT = "60s"; // for another node's migrations
    static final String KEY = "signing-key";
    private static final int KEY_BYTES = 32;

    private PostgresMigrations() {}

    /**
     * Brings the tables to this version; blocks.
     *
     * @throws IOException with a sentence for the administrator
     */
    static void run(Connections connections) throws IOException {
        try (Connection connection = connections.get();
                Statement statement = connection.createStatement()) {
            try {
                statement.execute("BEGIN; SET LOCAL lock_timeout = '" + LONGEST_WAIT + "'");
                connection.setNetworkTimeout(Runnable::run, 0); // waits for the others
                statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
                of(connections.source(), Schema.DURABLE, all()).migrate();
                of(connections.source(), Schema.EPHEMERAL, OF_THE_LOG).migrate();
                makeKey(connection);
                statement.execute("COMMIT");
            } catch (SQLException | RuntimeException | Error e) {
                connections.discard(connection);
                throw e;
            }
        } catch (FlywayException e) {
            throw new IOException("The tables in the database cannot be made or changed. " + reason(e), e);
        } catch (SQLException e) {
            throw PostgresFailure.of(e);
        }
    }

    /** All scripts, for the durable schema. */
    static List<String> all() {
        return Stream.of(OF_THE_LOG, OF_PEOPLE).flatMap(List::stream).toList();
    }

    /** With both providers, Flyway searches no class path for migrations. */
    static Flyway of(DataSource database, Schema schema, List<String> files) throws IOException {
        ClassLoader classes = PostgresMigrations.class.getClassLoader();
        return Flyway.configure(new ClassLoader(classes) {})
                .dataSource(database)
                .schemas(schema.name())
                .placeholders(Map.of("schema", schema.name(), "unlogged", schema.logged() ? "" : "UNLOGGED"))
                .resourceProvider(Scripts.from(classes, FOLDER, files))
                .javaMigrationClassProvider(List::of)
                .load();
    }

    private static String reason(FlywayException failure) {
        if (failure instanceof FlywayValidateException) {
            return "A newer version of Warung has used it: run that version, or restore a backup made before.";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException ofDatabase) {
                return PostgresFailure.sentence(ofDatabase);
            }
        }
        return failure.getMessage().lines().findFirst().orElse("");
    }

    /** The key that signs guests' tokens, made once. */
    private static void makeKey(Connection connection) throws SQLException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        try (PreparedStatement insert = connection.prepareStatement(
                Schema.DURABLE.in("INSERT INTO {s}.meta (key, value) VALUES (?, ?) ON CONFLICT DO NOTHING"))) {
            insert.setString(1, KEY);
            insert.setString(2, Base64.getEncoder().encodeToString(key));
            insert.executeUpdate();
        }
    }

    /** The key that signs guests' tokens, the same on all nodes. */
    static byte[] key(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(Schema.DURABLE.in("SELECT value FROM {s}.meta WHERE key = ?"))) {
            select.setString(1, KEY);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return Base64.getDecoder().decode(row.getString(1));
            }
        }
    }
}
