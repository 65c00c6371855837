package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.HintProxy;
import id.warung.kit.PgBouncer;
import id.warung.kit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** What breaks in the drills breaks as it is said to. */
class ClusterKitIT {
    private static final int HINTS = 300;
    private static final int ENOUGH_MS = 300;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void theDatabaseKeepsWhatItSaysAndTheLineSpoilsHintsAndNothingElse() throws SQLException {
        try (PostgresServer postgres = PostgresServer.startedIn(folder.resolve("postgres"));
                PgBouncer pooler = PgBouncer.before(folder.resolve("pooler"), postgres.port());
                HintProxy hints = new HintProxy(postgres.port())) {
            assertThat(postgres.query("SHOW fsync")).isEqualTo("on");
            assertThat(postgres.query("SHOW synchronous_commit")).isEqualTo("on");
            try (Connection pooled =
                    DriverManager.getConnection("jdbc:" + pooler.url().replace("postgres@", ""), "postgres", "")) {
                assertThat(pooled.isValid(5)).isTrue();
            }
            hints.spoil(20);
            List<String> heard = heard(hints);
            assertThat(hints.seen()).isEqualTo(HINTS);
            List<Integer> numbers = heard.stream().map(Integer::valueOf).toList();
            int different = new HashSet<>(numbers).size();
            assertThat(different).as("of which some are lost").isBetween(HINTS / 2, HINTS - 10);
            assertThat(numbers.size() - different).as("twice").isGreaterThan(10);
            assertThat(numbers)
                    .as("in another order")
                    .isNotEqualTo(numbers.stream().sorted().toList());

            postgres.query("CREATE TABLE kept (one int)");
            postgres.query("INSERT INTO kept VALUES (42)");
            postgres.kill();
            postgres.start();
            assertThat(postgres.query("SELECT one FROM kept")).isEqualTo("42");
            try (PostgresServer standby = postgres.startStandby(folder.resolve("standby"), true)) {
                postgres.query("INSERT INTO kept VALUES (43)");
                postgres.kill();
                standby.promote();
                assertThat(standby.query("SELECT max(one) FROM kept")).isEqualTo("43");
            }
        }
    }

    private static List<String> heard(HintProxy hints) throws SQLException {
        String address = "jdbc:" + PostgresServer.url(hints.port()).replace("postgres@", "");
        try (Connection listening = DriverManager.getConnection(address, "postgres", "");
                Statement statement = listening.createStatement()) {
            statement.execute("LISTEN numbers");
            for (int i = 0; i < HINTS; i++) {
                statement.execute("NOTIFY numbers, '" + i + "'");
            }
            List<String> heard = new ArrayList<>();
            for (PGNotification[] some = next(listening); some.length > 0; some = next(listening)) {
                for (PGNotification one : some) {
                    heard.add(one.getParameter());
                }
            }
            return heard;
        }
    }

    private static PGNotification[] next(Connection connection) throws SQLException {
        PGNotification[] some = connection.unwrap(PGConnection.class).getNotifications(ENOUGH_MS);
        return some == null ? new PGNotification[0] : some;
    }
}
