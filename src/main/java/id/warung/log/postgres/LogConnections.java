package id.warung.log.postgres;

import id.warung.log.Position;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;

/** Connections that lead to this log: before one is used, the epoch is checked if it may lead to another database than before. Thread-safe. */
final class LogConnections {
    private static final int TRIES = 4;

    private final Connections connections;
    private final Schema schema;
    private final PostgresEpoch epoch;
    private final String nowhere = Position.newEpoch(); // of rooms that have an epoch of their own, and no row

    LogConnections(Connections connections, Schema schema, PostgresEpoch epoch) {
        this.connections = connections;
        this.schema = schema;
        this.epoch = epoch;
    }

    /** Work on a connection of its own. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs work that may be run again. */
    <T> T reading(Work<T> work) throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                return once(work);
            } catch (SQLException e) {
                if (!isWorthAnotherTry(e, tries)) {
                    throw PostgresFailure.of(e);
                }
            }
        }
    }

    /** Whether the same work may succeed if it is tried once more after so many tries. */
    static boolean isWorthAnotherTry(SQLException failure, int tries) {
        return tries < TRIES && PostgresFailure.isWorthAnotherTry(failure);
    }

    /** Runs work; a transaction that it leaves open when it fails is rolled back. */
    <T> T once(Work<T> work) throws SQLException {
        Connection connection = connections.get();
        boolean sound = false;
        try {
            if (epoch.isDoubtful()) {
                epoch.check(connection);
            }
            T result = work.on(connection);
            sound = true;
            return result;
        } catch (PostgresException e) {
            sound = isRolledBack(connection, e.reason());
            throw e.reason();
        } catch (SQLException | RuntimeException | Error e) {
            sound = isRolledBack(connection, e);
            throw e;
        } finally {
            if (sound) {
                connection.close();
            } else {
                connections.discard(connection);
                epoch.doubt();
            }
        }
    }

    private boolean isRolledBack(Connection connection, Throwable cause) {
        try {
            if (cause instanceof SQLException reason && PostgresFailure.isConnectionLost(reason)) {
                return false;
            }
            new Pipeline(schema).run("ROLLBACK").on(connection);
            return true;
        } catch (SQLException e) {
            cause.addSuppressed(e);
            return false;
        }
    }

    /** The epoch of rooms that have none of their own. */
    String epochNow() {
        return schema.logged() ? epoch.current() : nowhere;
    }
}
