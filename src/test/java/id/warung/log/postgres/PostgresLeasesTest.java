package id.warung.log.postgres;

import id.warung.kit.Postgres;
import id.warung.log.Leases;
import id.warung.log.LeasesContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

class PostgresLeasesTest extends LeasesContract {
    private static final Postgres.Database DATABASE = Postgres.database();
    private static final Connections CONNECTIONS = Connections.to(DATABASE.url(), Postgres.USER, "", 4);

    @BeforeAll
    static void makeTables() throws IOException, SQLException {
        try (InputStream script = PostgresLeasesTest.class.getResourceAsStream("/db/postgres/V3__people.sql")) {
            DATABASE.execute("CREATE SCHEMA warung; "
                    + new String(script.readAllBytes(), StandardCharsets.UTF_8).replace("${schema}", "warung"));
        }
    }

    @AfterAll
    static void close() {
        CONNECTIONS.close();
    }

    @AfterEach
    void empty() {
        loseEverything();
    }

    private void execute(String sql) {
        try (Connection connection = CONNECTIONS.get();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected Leases newNode() {
        return new PostgresLeases(CONNECTIONS::get, "warung");
    }

    @Override
    protected void pass(int seconds) {
        execute("UPDATE warung.nodes SET expires_at = expires_at - interval '" + seconds + " s'");
    }

    @Override
    protected void loseEverything() {
        execute("DELETE FROM warung.nodes; DELETE FROM warung.presence; DELETE FROM warung.names");
    }
}
