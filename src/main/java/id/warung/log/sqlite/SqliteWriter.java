package id.warung.log.sqlite;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.command.Decider;
import id.warung.log.command.DuplicateRequestException;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The only connection that writes, with its prepared statements and transactions. For the writing thread only. */
final class SqliteWriter implements AutoCloseable {
    private final Connection connection;
    private final Clock clock;
    private final AtomicBoolean leftovers;
    private final Decider decider;
    private final SqliteStore store;
    private final Statements sql;

    /** Sets {@code leftovers} when something was erased. */
    SqliteWriter(
            Connection connection,
            EntryCodec codec,
            Decider decider,
            Clock clock,
            String epoch,
            AtomicBoolean leftovers)
            throws SQLException {
        this.connection = connection;
        this.sql = Statements.keptOf(connection);
        this.leftovers = leftovers;
        this.clock = clock;
        this.decider = decider;
        this.store = new SqliteStore(this, codec, clock, epoch);
    }

    /** Work in a transaction of its own. */
    interface Work<T> {
        T with(SqliteWriter writer) throws SQLException;
    }

    /** Runs the work in one transaction. */
    <T> T inTransaction(Work<T> work) throws SQLException {
        try {
            T result = work.with(this);
            connection.commit();
            return result;
        } catch (DuplicateRequestException e) {
            store.cache().groupUndone();
            connection.rollback(); // if this fails, the connection is unusable
            throw e;
        } catch (SqliteException e) {
            undo(e.reason());
            throw e.reason();
        } catch (SQLException | RuntimeException | Error e) {
            undo(e);
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** The statements of this connection, each of which stays prepared. */
    Statements sql() {
        return sql;
    }

    /** Something is overwritten by this transaction or was before: the write-ahead log still contains the old data. */
    void hasErased() {
        leftovers.set(true);
    }

    /**
     * Writes a group in one transaction. The first attempt does not check for repeated requests, because the index of ids, which must be
     * written anyway, detects them.
     */
    List<AppendResult> append(List<AppendRequest> requests) throws SQLException {
        try {
            return append(requests, false);
        } catch (DuplicateRequestException undone) {
            return append(requests, true);
        }
    }

    private List<AppendResult> append(List<AppendRequest> requests, boolean asksAll) throws SQLException {
        return inTransaction(its -> {
            List<AppendResult> results = decider.append(requests, store, store, asksAll);
            store.saveHeads();
            return results;
        });
    }

    private void undo(Throwable cause) {
        store.cache().evict();
        rollback(connection, cause);
    }

    /** Removes a room from the cache; for changes outside a group. */
    void evict(String room) {
        store.cache().evict(room);
    }

    /** Rolls back. SQLite may already have done so, and then complains, which must not hide the cause. */
    static void rollback(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException undoneAlready) {
            cause.addSuppressed(undoneAlready);
        }
    }

    /** Work on the file itself. */
    interface InFile {
        void run() throws IOException;
    }

    /**
     * Runs the work while nobody else writes, not even another program; afterwards pages are read from the file again before they are
     * changed.
     */
    void alone(InFile work) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            try {
                work.run();
            } catch (IOException e) {
                throw new SQLException("The disk does not work properly", e);
            } finally {
                statement.execute("ROLLBACK");
            }
            statement.execute("PRAGMA shrink_memory");
        } finally {
            connection.setAutoCommit(false);
        }
    }

    void check() throws SQLException {
        SqliteDatabase.setMeta(sql, "checked", clock.instant().toString());
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
