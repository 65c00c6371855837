package id.warung.kit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.postgresql.Driver;

/**
 * A PostgreSQL server for tests, started once in each JVM that needs it, and as careful as in operation: every commit is on the disk. It ends
 * with the JVM.
 */
public final class Postgres {
    /** The administrator of all databases. */
    public static final String USER = "postgres";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    /** The server, started at the first use. */
    private static final class Server {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                Path folder = Files.createTempDirectory("warung-postgres");
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(folder.resolve("programs").toFile())
                        .setDataDirectory(folder.resolve("data"))
                        .setCleanDataDirectory(true)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("max_connections", "100")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * A database of its own.
     *
     * @param name of the database
     */
    public record Database(String name) {
        /** The address for the driver, without a user. */
        public String url() {
            return "jdbc:postgresql://127.0.0.1:" + port() + "/" + name;
        }

        /** The address as an administrator writes it. */
        public String address() {
            return "postgresql://" + USER + "@127.0.0.1:" + port() + "/" + name;
        }

        /** A connection for the test, which closes it. */
        public Connection connect() throws SQLException {
            Properties user = new Properties();
            user.setProperty("user", USER);
            return new Driver().connect(url(), user); // it need not be registered
        }

        /** Runs statements. */
        public void execute(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        /** The first column of the first row, as text; null when there is none. */
        public String query(String sql) throws SQLException {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    var row = statement.executeQuery(sql)) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private Postgres() {}

    /** The port on 127.0.0.1 at which the server is. */
    public static int port() {
        return Server.SERVER.getPort();
    }

    /** A new, empty database. */
    public static Database database() {
        Database database = new Database("test" + DATABASES.incrementAndGet());
        try {
            new Database("postgres").execute("CREATE DATABASE " + database.name());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }
}
