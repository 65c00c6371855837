package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Postgres;
import id.warung.log.AppendResult;
import id.warung.log.Posted;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Connections plan their statements while the tables are empty, and keep these plans while the tables grow: they must be good then, too. */
class PostgresGrowthTest {
    private static final int ROWS = 20_000;
    /** The driver prepares a statement at its fifth use, and the database plans it for any values some uses later. */
    private static final int UNTIL_PLANNED = 20;

    private static final Postgres.Database DATABASE = Postgres.database();
    /** One, so that it can be told to publish its counts. */
    private static final Connections CONNECTIONS = Connections.to(DATABASE.url(), Postgres.USER, null, 1);

    @BeforeAll
    static void migrate() throws Exception {
        try (Connections several = Connections.to(DATABASE.url(), Postgres.USER, null, 4)) {
            PostgresMigrations.run(several);
        }
    }

    @AfterAll
    static void close() {
        CONNECTIONS.close();
    }

    private static long read() throws SQLException {
        try (Connection connection = CONNECTIONS.get();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_stat_force_next_flush()");
        }
        return Long.parseLong(
                DATABASE.query("SELECT sum(idx_tup_read) + (SELECT sum(seq_tup_read) FROM pg_stat_user_tables"
                        + " WHERE schemaname = 'warung' AND relname IN ('entries', 'tombstones')) FROM pg_stat_user_indexes"
                        + " WHERE schemaname = 'warung' AND relname IN ('entries', 'tombstones')"));
    }

    private static void post(PostgresLog log, String id) throws Exception {
        assertThat(log.append(List.of(
                        Posted.of("ana", new Command.Post("lobby", id, "hi")).request())))
                .hasOnlyElementsOfType(AppendResult.Committed.class);
    }

    @Test
    void aPostReadsNoOtherEntriesOfItsRoomWhenTheTableHasGrown() throws Exception {
        PostgresLog log = PostgresLog.in(CONNECTIONS, new EntryCodec(), Clock.systemUTC());
        for (int i = 0; i < UNTIL_PLANNED; i++) {
            post(log, "early-" + i);
        }
        String lobby = " FROM warung.rooms WHERE name = 'lobby'";
        DATABASE.execute("INSERT INTO warung.entries (room_id, seq, at_ms, author, post_id, json)"
                + " SELECT (SELECT id" + lobby
                + "), 1000 + i, 0, 'u-1', 'c-' || i, (SELECT json FROM warung.entries WHERE seq = 1)"
                + " FROM generate_series(1, " + ROWS + ") i"
                + "; INSERT INTO warung.tombstones (room_id, seq, at_ms, author, post_id, text_hash)"
                + " SELECT (SELECT id" + lobby + "), i, 0, 'u-1', 't-' || i, '' FROM generate_series(1, " + ROWS + ") i"
                + "; UPDATE warung.rooms SET head = 1000 + " + ROWS
                + ", n = head, buried = true WHERE name = 'lobby'");
        long before = read();
        for (int i = 0; i < 5; i++) {
            post(log, "late-" + i);
        }
        assertThat(read() - before).as("rows read").isLessThan(100);
    }
}
