package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Clock;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteDatabaseTest {
    private static SqliteLog openIn(Path data) throws IOException {
        return SqliteLog.open(data, new EntryCodec(), Clock.systemUTC());
    }

    /** While the file alone says that it is a backup, the log beside it is deleted, though a part of it may be in the file. */
    @Test
    void theMarkOfABackupIsGoneFromTheFileBeforeItsTablesChange(@TempDir Path data) throws Exception {
        String before;
        try (SqliteLog log = openIn(data)) {
            before = log.state("lobby").head().epoch();
        }
        history(data, "UPDATE meta SET value = 'yes' WHERE key = 'is-backup'");
        history(
                data,
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'of later', type, 'V99__later.sql', 1, '', installed_on, 0, 1"
                        + " FROM flyway_schema_history WHERE version = '5'");
        Files.writeString(data.resolve(SqliteDatabase.FILE + "-wal"), "of another");

        assertThatThrownBy(() -> openIn(data)).hasMessageContaining("A newer version"); // so nothing was migrated
        SQLiteDataSource alone = new SQLiteDataSource();
        alone.setUrl("jdbc:sqlite:" + data.resolve(SqliteDatabase.FILE).toUri() + "?immutable=1");
        try (Connection connection = alone.getConnection()) {
            assertThat(SqliteDatabase.meta(Statements.of(connection), "is-backup"))
                    .isEqualTo("no");
            assertThat(SqliteDatabase.meta(Statements.of(connection), "epoch"))
                    .startsWith("e-")
                    .isNotEqualTo(before);
        }
    }

    @Test
    void dataUsedByANewerVersionIsRefusedWithASentence(@TempDir Path data) throws Exception {
        openIn(data).close();
        history(
                data,
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'of later', type, 'V99__later.sql', 1, '', installed_on, 0, 1"
                        + " FROM flyway_schema_history WHERE version = '5'");

        assertThatThrownBy(() -> openIn(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("A newer version of Warung has used it");
    }

    @Test
    void aMissingTableIsNoTroubleOfTheDisk(@TempDir Path data) throws Exception {
        openIn(data).close();
        history(data, "DROP TABLE meta");

        assertThatThrownBy(() -> openIn(data))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("The database refused a statement")
                .hasMessageContaining("no such table: meta")
                .hasMessageNotContaining("disk");
    }

    /** It knows the migrations up to the fourth, and ignores newer ones; but none of its own may be missing. */
    @Test
    void theVersionBeforeTheFifthMigrationRefusesThisDatabase(@TempDir Path data) throws Exception {
        openIn(data).close();
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve(SqliteDatabase.FILE));
        Flyway before = Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .target("4")
                .load();

        assertThatThrownBy(before::migrate).hasMessageContaining("not resolved locally: 0.5");
    }

    private static void history(Path data, String sql) throws Exception {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve(SqliteDatabase.FILE));
        try (Connection connection = source.getConnection();
                PreparedStatement change = connection.prepareStatement(sql)) {
            change.executeUpdate();
        }
    }
}
