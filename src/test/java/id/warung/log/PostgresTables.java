package id.warung.log;

import id.warung.kit.Postgres;
import id.warung.log.postgres.Connections;
import id.warung.log.postgres.PostgresStorage;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

/** One database for many tests, each of which begins with empty tables: making them takes longer than a test. */
final class PostgresTables {
    private static final String EMPTY = """
            DO $$
            DECLARE tables text;
            BEGIN
              SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') INTO tables FROM pg_tables
                WHERE schemaname LIKE 'warung%' AND tablename NOT IN ('meta', 'flyway_schema_history');
              EXECUTE 'TRUNCATE ' || tables;
            END $$""";

    private static final Postgres.Database DATABASE = Postgres.database();
    private static final Connections CONNECTIONS = Connections.to(DATABASE.url(), Postgres.USER, null, 16);

    /** Nothing happens in the background. */
    static final PostgresStorage.Background BACKGROUND = new PostgresStorage.Background(
            Duration.ofHours(1),
            Duration.ofHours(1),
            null,
            room -> RetentionPolicy.EVERYTHING,
            (room, first) -> {},
            Runnable::run);

    static {
        try { // makes the tables
            PostgresStorage.open(CONNECTIONS, null, new EntryCodec(), Clock.systemUTC(), BACKGROUND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PostgresTables() {}

    static Postgres.Database database() {
        return DATABASE;
    }

    /** Connections to empty tables. */
    static Connections empty() {
        try {
            DATABASE.execute(EMPTY);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return CONNECTIONS;
    }

    static Connections connections() {
        return CONNECTIONS;
    }
}
