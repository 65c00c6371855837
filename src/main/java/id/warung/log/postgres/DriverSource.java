package id.warung.log.postgres;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.postgresql.Driver;

/**
 * Opens connections with the application's own driver, which no other application of the server sees: it is not registered with the platform,
 * which would keep the application in memory when it has been undeployed. Thread-safe.
 */
final class DriverSource implements DataSource {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    /** For the longest answer; longer than the database lets anybody wait for a lock. */
    private static final Duration ANSWER = Duration.ofSeconds(6);

    private final Driver driver = new Driver();
    private final String url;
    private final Properties properties = new Properties();

    /**
     * Opens nothing yet.
     *
     * @param url {@code jdbc:postgresql://…}; what it says about time-outs takes precedence
     * @param password null: none
     */
    DriverSource(String url, String user, String password) {
        this.url = url;
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "warung");
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(ANSWER.toSeconds()));
        properties.setProperty("tcpKeepAlive", "true");
        unregister();
    }

    /** The driver registers itself when its class is loaded. */
    private static synchronized void unregister() {
        try {
            if (Driver.isRegistered()) {
                Driver.deregister();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Properties copy = new Properties();
        copy.putAll(properties);
        return driver.connect(url, copy);
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter unused) {
        // the driver has its own log
    }

    @Override
    public void setLoginTimeout(int unused) {
        // it is always the same
    }

    @Override
    public int getLoginTimeout() {
        return (int) CONNECT.toSeconds();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("This is no wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
