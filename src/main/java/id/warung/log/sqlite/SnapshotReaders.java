package id.warung.log.sqlite;

import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteDataSource;

/** The connections that read, independently of the writer. Thread-safe. */
final class SnapshotReaders implements Closeable {
    private static final int IDLE_READERS = 8;

    private final SQLiteDataSource source;
    private final ArrayDeque<Reader> idleReaders = new ArrayDeque<>();
    private boolean closed;

    SnapshotReaders(SQLiteDataSource source) {
        this.source = source;
    }

    /**
     * Reads in one snapshot, independently of the writer. A snapshot keeps the write-ahead log from being truncated, so it is interrupted
     * after some time: it then fails with a failure that {@linkplain SqliteFailure#isInterruption is known}.
     */
    <T> T read(Duration atMost, SqliteDatabase.Work<T> work) throws SQLException {
        Reader reader = reader();
        boolean sound = false;
        try {
            reader.deadline.nanos = System.nanoTime() + atMost.toNanos();
            T result = work.with(Statements.of(reader.connection));
            reader.connection.commit();
            sound = true;
            return result;
        } finally {
            if (!sound || !keep(reader)) {
                reader.connection.close();
            }
        }
    }

    /** A connection for reading, and its deadline. */
    private record Reader(Connection connection, Deadline deadline) {}

    /** Interrupts a read; the database calls it while it works. */
    private static final class Deadline extends ProgressHandler {
        private static final int STEPS = 10_000; // of the virtual machine; some 0.1 ms

        private volatile long nanos;

        @Override
        protected int progress() {
            return System.nanoTime() - nanos > 0 ? 1 : 0;
        }
    }

    private Reader reader() throws SQLException {
        synchronized (idleReaders) {
            Reader idle = idleReaders.poll();
            if (idle != null) {
                return idle;
            }
        }
        Reader reader = new Reader(source.getConnection(), new Deadline());
        reader.deadline.nanos = System.nanoTime() + SqliteDatabase.LONGEST_READ.toNanos();
        ProgressHandler.setHandler(reader.connection, Deadline.STEPS, reader.deadline);
        reader.connection.setAutoCommit(false);
        return reader;
    }

    private boolean keep(Reader reader) {
        synchronized (idleReaders) {
            return !closed && idleReaders.size() < IDLE_READERS && idleReaders.add(reader);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (idleReaders) {
            closed = true;
            for (Reader reader : idleReaders) {
                try {
                    reader.connection.close();
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
            idleReaders.clear();
        }
    }
}
