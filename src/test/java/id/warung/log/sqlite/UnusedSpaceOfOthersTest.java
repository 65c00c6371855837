package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.protocol.EntryCodec;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

/** Files that are not as Warung makes them: nothing in use is overwritten. */
@Timeout(60)
class UnusedSpaceOfOthersTest {
    private final EntryCodec codec = new EntryCodec();

    @TempDir
    private Path data;

    private Connection database() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("warung.db"));
        return source.getConnection();
    }

    private String integrity() throws SQLException {
        try (Connection connection = database();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("PRAGMA integrity_check")) {
            row.next();
            return row.getString(1);
        }
    }

    /** It has pages that map other pages, and may start like those with rows. */
    @Test
    void aDatabaseWithAutoVacuumIsLeftAsItIs() throws Exception {
        try (Connection connection = database();
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA auto_vacuum = 2");
            sql.execute("CREATE TABLE others (x)");
            sql.execute("DROP TABLE others");
        }
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.systemUTC())) {
            for (int i = 0; i < 50; i++) {
                log.append(Stream.generate(() -> Posted.saying("lobby", "x".repeat(600)))
                        .limit(100)
                        .map(Posted::request)
                        .toList());
            }
            while (log.trim(room -> new RetentionPolicy(Duration.ZERO, 10), Runnable::run, (room, first) -> {}) > 0) {
                // in small parts
            }
            assertThat(log.sweep(Runnable::run)).isTrue();
        }
        assertThat(integrity()).isEqualTo("ok");
    }

    @Test
    void aFileThatEndsWithinAPageIsSwept() throws Exception {
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.systemUTC())) {
            log.append(List.of(Posted.saying("lobby", "hi").request()));
        }
        try (OutputStream more = Files.newOutputStream(data.resolve("warung.db"), StandardOpenOption.APPEND)) {
            more.write(new byte[100]);
        }
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.systemUTC())) {
            assertThat(log.sweep(Runnable::run)).isTrue();
        }
        assertThat(integrity()).isEqualTo("ok");
    }
}
