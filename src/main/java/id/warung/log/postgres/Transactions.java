package id.warung.log.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Short transactions beside those that append: of the directory, the search, and the jobs. Leaves nothing set in a connection, which
 * another client may get for its next transaction. Thread-safe; every method blocks.
 */
final class Transactions {
    /** The longest time that a snapshot may be read. */
    static final Duration LONGEST_READ = Duration.ofSeconds(5);

    /** Work in a transaction. */
    interface Work<T> {
        T with(Statements sql) throws SQLException;
    }

    private static final String ONE_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;";
    /** A job that was interrupted does it again, so it need not wait for the disk; it gives way to whoever has a row. */
    private static final String OF_A_JOB =
            "SET LOCAL synchronous_commit = off; SET LOCAL lock_timeout = '500ms'; SET LOCAL idle_in_transaction_session_timeout = '5s';";

    private final Connections connections;
    private final Schema schema;

    Transactions(Connections connections, Schema schema) {
        this.connections = connections;
        this.schema = schema;
    }

    /** The schema with the tables. */
    Schema schema() {
        return schema;
    }

    /** Reads in one snapshot. */
    <T> T read(Work<T> work) throws IOException {
        try {
            return read(LONGEST_READ, work);
        } catch (SQLException e) {
            throw PostgresFailure.of(e);
        }
    }

    /** Reads in one snapshot; a statement that takes longer fails with a failure that {@linkplain #isTooLate is known}. */
    <T> T read(Duration atMost, Work<T> work) throws SQLException {
        return in(ONE_SNAPSHOT + "SET LOCAL statement_timeout = " + atMost.toMillis(), work);
    }

    /** Writes something that can be done again, as of a job. */
    <T> T write(Work<T> work) throws IOException {
        try {
            return in(OF_A_JOB + "SET LOCAL statement_timeout = " + LONGEST_READ.toMillis(), work);
        } catch (SQLException e) {
            throw PostgresFailure.of(e);
        }
    }

    /** Writes something, and undoes it. */
    void undo(Work<Void> work) throws IOException {
        try {
            in(OF_A_JOB, sql -> {
                work.with(sql);
                sql.execute("ROLLBACK");
                return null;
            });
        } catch (SQLException e) {
            throw PostgresFailure.of(e);
        }
    }

    /** Runs a statement that must be in no transaction, and may take as long as it likes. */
    void alone(String statement) throws IOException {
        try (Connection connection = connections.get()) {
            int timeout = connection.getNetworkTimeout();
            connection.setNetworkTimeout(Runnable::run, 0);
            new Statements(connection, schema).execute(statement);
            connection.setNetworkTimeout(Runnable::run, timeout);
        } catch (SQLException e) {
            throw PostgresFailure.of(e);
        }
    }

    private <T> T in(String settings, Work<T> work) throws SQLException {
        try (Connection connection = connections.get()) {
            connection.setAutoCommit(false);
            try {
                Statements sql = new Statements(connection, schema);
                sql.execute(settings);
                T result = work.with(sql);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException | Error e) {
                rollback(connection, e);
                throw e;
            } finally {
                if (!connection.isClosed()) {
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            cause.addSuppressed(gone);
        }
    }

    /** Whether a statement took longer than it may. */
    static boolean isTooLate(SQLException e) {
        return "57014".equals(e.getSQLState());
    }
}
