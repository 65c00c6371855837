package id.warung.log.sqlite;

import id.warung.log.Draft;
import id.warung.log.Outcome;
import id.warung.log.command.Decider;
import id.warung.log.command.RequestMet;
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
        } catch (RequestMet e) {
            store.remembered().groupUndone();
            connection.rollback(); // if this fails, the connection is unusable
            throw e;
        } catch (SqliteTrouble e) {
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
    List<Outcome> append(List<Draft> drafts) throws SQLException {
        try {
            return append(drafts, false);
        } catch (RequestMet undone) {
            return append(drafts, true);
        }
    }

    private List<Outcome> append(List<Draft> drafts, boolean asksAll) throws SQLException {
        return inTransaction(its -> {
            List<Outcome> outcomes = decider.append(drafts, store, store, asksAll);
            store.saveHeads();
            return outcomes;
        });
    }

    private void undo(Throwable cause) {
        store.remembered().forget();
        rollback(connection, cause);
    }

    /** Removes a room from the cache; for changes outside a group. */
    void forget(String room) {
        store.remembered().forget(room);
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
