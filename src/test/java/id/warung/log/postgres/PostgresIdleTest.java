package id.warung.log.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.Postgres;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Job;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.log.Storage;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Read;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node to which nothing happens writes nothing: no transaction of it gets a number. */
class PostgresIdleTest {
    /** Each transaction that writes or locks something has a number. */
    private static final String TRANSACTIONS = "SELECT pg_snapshot_xmax(pg_current_snapshot())";

    private final EntryCodec codec = new EntryCodec();
    private final Postgres.Database database = Postgres.database();
    private Instant now = Instant.now();
    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };

    private static boolean work(Storage storage) throws IOException {
        boolean more = false;
        for (Job job : storage.jobs()) {
            more |= job.work().runSlice();
        }
        return more;
    }

    private static void says(Storage storage, Command.Durable... commands) throws IOException {
        for (Command.Durable command : commands) {
            AppendRequest request = Posted.of("ana", command).request();
            AppendResult result = storage.log().append(List.of(request)).get(0);
            if (result instanceof AppendResult.Committed committed) {
                storage.listeners().forEach(listener -> committed.written().forEach(listener::onCommitted));
            }
        }
    }

    @Test
    void nothingIsWrittenWhenNothingHappens() throws Exception {
        PostgresStorage.Background background = new PostgresStorage.Background(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                room -> new RetentionPolicy(Duration.ofDays(1), 100),
                (room, first) -> {},
                Runnable::run);
        try (Connections before = Connections.to(database.url(), Postgres.USER, null, 4)) {
            PostgresStorage storage = PostgresStorage.open(before, null, codec, clock, background);
            PostgresStorage ephemeral =
                    storage.ephemeral(codec, clock, 100, 100_000, Duration.ofSeconds(1), background);
            says(
                    storage,
                    new Command.Post("lobby", null, "soto"),
                    new Command.Post("lobby", null, "secret"),
                    new Command.Delete("lobby", null, 2),
                    new Read("lobby", 1));
            boolean more = true;
            for (int i = 0;
                    i < 100 && (more || !"0".equals(database.query("SELECT count(*) FROM warung.erased")));
                    i++) {
                boolean there = work(storage);
                more = work(ephemeral) || there;
            }
            assertThat(more).isFalse();
        }
        Postgres.Database server = new Postgres.Database("postgres");
        server.execute("ALTER SYSTEM SET autovacuum = off"); // which writes by itself
        server.query("SELECT pg_reload_conf()");
        try (Connections connections = Connections.to(database.url(), Postgres.USER, null, 4)) {
            await().until(() -> "off 0"
                    .equals(database.query(
                            "SELECT current_setting('autovacuum') || ' ' || count(*) FROM pg_stat_activity"
                                    + " WHERE backend_type = 'autovacuum worker'")));
            PostgresStorage storage = PostgresStorage.over(connections, null, codec, clock, background);
            PostgresStorage ephemeral =
                    storage.ephemeral(codec, clock, 100, 100_000, Duration.ofSeconds(1), background);
            String before = database.query(TRANSACTIONS);
            for (int minute = 0; minute < 5; minute++) {
                work(storage);
                work(ephemeral);
                assertThat(storage.versions(List.of("lobby", "inbox.u-ana"))).containsKey("lobby");
                assertThat(ephemeral.versions(List.of("game"))).isEmpty();
                storage.readsSince(Map.of("inbox.u-ana", 0L));
                storage.leases().standing();
                connections.check();
                now = now.plusSeconds(61);
            }
            assertThat(database.query(TRANSACTIONS)).isEqualTo(before);
        } finally {
            server.execute("ALTER SYSTEM RESET autovacuum");
            server.query("SELECT pg_reload_conf()");
        }
    }
}
