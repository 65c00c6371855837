package id.warung.log.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * Connections to the database, from a pool of our own or of the server's. All waiting is bounded: a node that cannot reach its database
 * must say so soon. Thread-safe.
 */
public final class Connections implements Closeable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final DataSource source;
    private final HikariDataSource own; // null: the pool is the server's
    private volatile boolean away;
    private final AtomicReference<CountDownLatch> back = new AtomicReference<>(new CountDownLatch(1));

    private Connections(DataSource source, HikariDataSource own) {
        this.source = source;
        this.own = own;
    }

    /**
     * A pool of our own. Does not connect yet.
     *
     * @param url {@code jdbc:postgresql://…}; what it says about time-outs takes precedence
     * @param password null: none
     * @param most connections at a time
     */
    public static Connections to(String url, String user, String password, int most) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("warung");
        config.setDataSource(new DriverSource(url, user, password));
        config.setMaximumPoolSize(most);
        config.setMinimumIdle(1);
        if (most > 1) { // the only one is not closed, and the pool would warn of that
            config.setIdleTimeout(IDLE.toMillis());
        }
        config.setConnectionTimeout(CONNECT.toMillis());
        config.setValidationTimeout(CONNECT.toMillis());
        config.setInitializationFailTimeout(-1);
        HikariDataSource own = new HikariDataSource(config);
        return new Connections(own, own);
    }

    /**
     * A pool of the server's, of three connections or more, whose time-outs are its administrator's.
     *
     * @param name in JNDI, such as {@code java:/warung}
     * @throws IOException with a sentence for the administrator, when there is no such pool
     */
    @SuppressWarnings("BanJNDI") // the name is the administrator's
    public static Connections of(String name) throws IOException {
        try {
            if (new InitialContext().lookup(name) instanceof DataSource pool) {
                return new Connections(pool, null);
            }
            throw new IOException("What the server has under the name " + name + " is no pool of connections.");
        } catch (NamingException e) {
            throw new IOException("The server has no pool of connections under the name " + name + ".", e);
        }
    }

    /** A connection that commits by itself; its user closes it. While the database is known to be away, fails at once. */
    Connection get() throws SQLException {
        if (away) {
            throw new SQLTransientConnectionException("The database is away", "08001");
        }
        return source.getConnection();
    }

    /** From now on, nobody waits for the database, except {@link #check}; or everybody may again. */
    public void setAway(boolean isAway) {
        away = isAway;
        if (!isAway) {
            back.getAndSet(new CountDownLatch(1)).countDown();
        }
    }

    /** Waits until the database is known to be back, but only for a moment: nobody may look for that. */
    void awaitBack() throws InterruptedIOException {
        try {
            boolean unused = back.get().await(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /**
     * Whether the database can be used, also while it is known to be away. Blocks, for seconds.
     *
     * @throws IOException with a sentence for the administrator
     */
    public void check() throws IOException {
        try (Connection connection = source.getConnection()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
                if (row.next() && row.getBoolean(1)) {
                    throw new SQLException("A standby", "25006");
                }
            } catch (SQLException e) {
                discard(connection); // the next one may lead elsewhere
                throw e;
            }
        } catch (SQLException e) {
            throw PostgresFailure.of(e);
        }
    }

    /** Closes a connection whose state is unknown: nobody gets it again. */
    void discard(Connection connection) {
        if (own != null) {
            own.evictConnection(connection);
        }
        try (connection) {
            if (own == null) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException gone) { // which is what is wanted
            return;
        }
    }

    DataSource source() {
        return source;
    }

    /** Closes our own pool. */
    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
