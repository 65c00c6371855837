package id.warung.log.sqlite;

import id.warung.log.Scripts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The scripts that make and change the tables. Static, stateless. */
final class Migrations {
    static final String FOLDER = "db/migration";
    /** Each file in the folder, in order. */
    static final List<String> FILES = List.of(
            "V1__log.sql",
            "V2__tombstones_by_age.sql",
            "V3__conversations.sql",
            "V4__own_messages.sql",
            "V5__erasable_search.sql",
            "V6__rooms_in_order.sql",
            "V7__handlers.sql",
            "V8__sign_ins.sql",
            "V9__moderators.sql",
            "V10__reactions.sql",
            "V11__titles_calls_stars.sql");

    private static final String HISTORY = "flyway_schema_history";

    private Migrations() {}

    /** Whether the tables are those of this version: then the start does without Flyway, of which the classes alone take long to load. */
    static boolean areDone(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            return hasHistory(statement) && endsWithTheLast(statement);
        }
    }

    private static boolean hasHistory(Statement statement) throws SQLException {
        try (ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = '" + HISTORY + "'")) {
            return table.next();
        }
    }

    private static boolean endsWithTheLast(Statement statement) throws SQLException {
        try (ResultSet done = statement.executeQuery("SELECT script, (SELECT min(success) FROM " + HISTORY + ") FROM "
                + HISTORY + " ORDER BY installed_rank DESC LIMIT 1")) {
            return done.next() && FILES.get(FILES.size() - 1).equals(done.getString(1)) && done.getBoolean(2);
        }
    }

    /**
     * What changes the tables of a database to those of this version. With both providers, Flyway searches no class path for migrations; it
     * still does for callbacks, of which there are none, and logs an error where the class loader itself is Open Liberty's.
     *
     * @throws IOException with a sentence for the administrator, when the class loader does not have one of the scripts
     */
    static Flyway of(DataSource database, ClassLoader classes) throws IOException {
        return Flyway.configure(new ClassLoader(classes) {})
                .dataSource(database)
                .resourceProvider(Scripts.from(classes, FOLDER, FILES))
                .javaMigrationClassProvider(List::of)
                .ignoreMigrationPatterns("*:missing") // missing old migrations are allowed, newer ones are not: see V5
                .load();
    }
}
