package id.warung.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.ManualClock;
import id.warung.kit.Postgres;
import id.warung.log.HintNetwork;
import id.warung.log.Hints;
import id.warung.log.Leases;
import id.warung.log.postgres.PostgresLeases;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What it costs the database that people are somewhere and do nothing. */
class SilentUsersTest {
    private static final int USERS = 1_000;
    private static final int SECONDS = 60;

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger statements = new AtomicInteger();
    private final Postgres.Database database = Postgres.database();

    /** Vacuuming what other tests have left writes WAL too. */
    @BeforeEach
    void nobodyVacuums() throws SQLException {
        database.execute("ALTER SYSTEM SET autovacuum = off");
        database.execute("SELECT pg_reload_conf()");
        await().until(() -> database.query(
                        "SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'autovacuum%'")
                .equals("0"));
    }

    @AfterEach
    void vacuumAgain() throws SQLException {
        database.execute("ALTER SYSTEM RESET autovacuum");
        database.execute("SELECT pg_reload_conf()");
    }

    @Test
    void aThousandSilentUsersOnThreeNodesCostAFewStatementsASecondAndAlmostNoWal() throws IOException, SQLException {
        try (InputStream script = getClass().getResourceAsStream("/db/postgres/V3__people.sql")) {
            database.execute("CREATE SCHEMA warung; "
                    + new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", "warung"));
        }
        HintNetwork network = new HintNetwork();
        List<Exchange> nodes = new ArrayList<>();
        Map<String, Integer> heard = new HashMap<>();
        try (Connection connection = database.connect()) {
            for (int n = 0; n < 3; n++) {
                Leases leases = new PostgresLeases(
                        () -> {
                            statements.incrementAndGet();
                            return unclosed(connection);
                        },
                        "warung");
                Hints hints = network.join();
                int node = n;
                nodes.add(new Exchange(
                        leases,
                        hints,
                        (key, texts) -> heard.put(node + key, texts.size()),
                        (standing, held) -> {},
                        Runnable::run,
                        clock));
            }
            for (int n = 0; n < USERS; n++) {
                nodes.get(n % 3).say("inbox.u-" + n, "1790000000000 session u-" + n + " 192.0.2.7 Browser");
            }
            for (int n = 0; n < 3; n++) {
                nodes.get(n).say("lobby", "333\n+u-1 Ana");
            }
            pass(nodes, 5);
            int begin = statements.get();
            String lsn = database.query("SELECT pg_current_wal_insert_lsn()");
            pass(nodes, SECONDS);
            double each = (statements.get() - begin) / (double) SECONDS;
            long wal = Long.parseLong(database.query("SELECT pg_current_wal_insert_lsn() - '" + lsn + "'"));
            assertThat(each).isBetween(3.0, 4.0);
            assertThat(wal / SECONDS).isLessThan(1_000);
        }
        assertThat(heard).containsOnly(Map.entry("0lobby", 2), Map.entry("1lobby", 2), Map.entry("2lobby", 2));
    }

    private void pass(List<Exchange> nodes, int seconds) {
        for (int n = 0; n < 4 * seconds; n++) {
            clock.moveMs(250);
            nodes.forEach(Exchange::tick);
        }
    }

    private static Connection unclosed(Connection connection) {
        return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) ->
                        method.getName().equals("close") ? null : method.invoke(connection, arguments));
    }
}
