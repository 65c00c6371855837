package id.warung.log.sqlite;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Directory;
import id.warung.log.MessageLog;
import id.warung.log.RetentionPolicy;
import id.warung.log.RoomState;
import id.warung.log.Trimmed;
import id.warung.log.command.Decider;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/** The durable log of one node, in an embedded database: nothing to install, one file, every commit is on the disk. */
public final class SqliteLog implements MessageLog {
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(2);
    private static final Duration LAST_WORK = Duration.ofSeconds(2);
    private static final int LONGEST_WAIT_S = 60;
    private static final int SWEEP_ROUNDS = 5; // rows may be moved meanwhile
    private static final int PAGES_AT_A_TIME = 256;
    private static final long SHORT_SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int SWEEPS_SHARE = 20; // sweeps use one part in this many of the time, unless they are short
    private static final long SWEPT_AT_THE_END_BYTES = 256L * 1024 * 1024;

    private final SqliteDatabase database;
    private final EntryCodec codec;
    private final Clock clock;
    private final String epoch;
    private final Decider decider;
    private final SqliteReader reader;
    private final SearchIndexer indexer;
    private final Retention retention;
    private final AtomicBoolean leftovers = new AtomicBoolean(true); // also those of an earlier process
    private boolean closed; // for the thread that opened it
    private long nextSweep = System.nanoTime(); // for the sweeping thread
    private SqliteWriter writer; // the writing thread's own; null after a failure
    private volatile boolean damaged; // permanently, even if other parts can be read

    private SqliteLog(SqliteDatabase database, EntryCodec codec, Clock clock) throws IOException {
        this.database = database;
        this.codec = codec;
        this.clock = clock;
        this.epoch = database.epoch(codec, clock);
        this.decider = new Decider(codec, clock);
        this.reader = new SqliteReader(codec, epoch);
        this.indexer = new SearchIndexer(this::read, codec);
        this.retention = new Retention(this::read, codec, clock);
    }

    /**
     * Opens the log in a data folder, creating it if necessary.
     *
     * @throws IOException with a sentence for the administrator
     */
    public static SqliteLog open(Path folder, EntryCodec codec, Clock clock) throws IOException {
        SqliteDatabase database = SqliteDatabase.open(folder);
        try {
            return new SqliteLog(database, codec, clock);
        } catch (IOException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public List<AppendResult> append(List<AppendRequest> requests) throws IOException {
        return write(its -> its.append(requests));
    }

    @Override
    public void check() throws IOException {
        write(its -> {
            its.check();
            return null;
        });
    }

    /**
     * Trims some entries that the rooms need not keep; {@code kept} gives the retention policy by name. Returns 0 when nothing is left to
     * trim. For the thread that {@linkplain #index indexes}.
     *
     * @param writing the executor of the writing thread
     */
    public int trim(Function<String, RetentionPolicy> kept, Executor writing, Trimmed trimmed) throws IOException {
        return retention.trim(kept, on(writing), trimmed);
    }

    /**
     * Adds some new entries to the search index, and removes erased ones; returns false when there was nothing to do. For one thread at a
     * time, which reads and folds; the writing thread gets a few milliseconds of work at a time, for which this thread waits.
     *
     * @param writing the executor of the writing thread
     */
    public boolean index(Executor writing) throws IOException {
        return indexer.work(on(writing));
    }

    /**
     * Removes the remains of erased data from the files. Returns false while remains are left, because a reader still uses an older
     * snapshot, or because there is too much: try again. For the thread that {@linkplain #index indexes}, which reads the whole file.
     *
     * @param writing the executor of the writing thread
     */
    public boolean sweep(Executor writing) throws IOException {
        if (System.nanoTime() - nextSweep < 0) {
            return !leftovers.get();
        }
        long reading = 0;
        boolean clean = !leftovers.get();
        try {
            for (int round = 0; !clean && round < SWEEP_ROUNDS && emptyLog(writing); round++) {
                long begin = System.nanoTime();
                int[] dirty = database.unused().dirty();
                reading += System.nanoTime() - begin;
                for (int from = 0; from < dirty.length; from += PAGES_AT_A_TIME) {
                    int[] some = Arrays.copyOfRange(dirty, from, Math.min(dirty.length, from + PAGES_AT_A_TIME));
                    onThread(writing, () -> write(its -> clear(its, some)));
                }
                clean = dirty.length == 0;
            }
        } finally {
            nextSweep = System.nanoTime() + (reading < SHORT_SWEEP_NANOS ? 0 : SWEEPS_SHARE * reading);
            if (!clean) {
                leftovers.set(true);
            }
        }
        return clean;
    }

    /** Truncates the write-ahead log; false while a reader uses an older snapshot. Data and words erased later leave new remains. */
    private boolean emptyLog(Executor writing) throws IOException {
        try {
            database.checkpoint(); // most of it; the rest is quick
        } catch (SQLException e) {
            throw failure(e);
        }
        return onThread(
                writing,
                () -> write(its -> {
                    boolean empty = SqliteDatabase.emptyLog(its.connection());
                    leftovers.set(!empty);
                    return empty;
                }));
    }

    /** Skips what is in use by readers or writers; the next round clears it. */
    private Void clear(SqliteWriter its, int... pages) throws SQLException {
        if (SqliteDatabase.emptyLog(its.connection())) {
            its.alone(() -> {
                if (database.isLogEmpty()) {
                    database.unused().clear(pages);
                }
            });
        }
        return null;
    }

    private SearchIndexer.Writing on(Executor writing) {
        return new SearchIndexer.Writing() {
            @Override
            public <T> T write(SqliteWriter.Work<T> work, Consumer<T> committed) throws IOException {
                return onThread(writing, () -> {
                    T result = SqliteLog.this.write(its -> its.inTransaction(work));
                    committed.accept(result);
                    return result;
                });
            }
        };
    }

    /** Runs the work and waits for it, but not for a thread that has ended. */
    private static <T> T onThread(Executor executor, Callable<T> work) throws IOException {
        FutureTask<T> task = new FutureTask<>(work);
        executor.execute(task);
        try {
            return task.get(LONGEST_WAIT_S, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException ofLog) {
                throw ofLog;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            task.cancel(false);
            throw new IOException("The writing thread did not run the task in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }

    /** A sentence saying that a part of the file is damaged; null while no damage has been found. */
    public String damage() {
        return damaged ? SqliteFailure.DAMAGED : null;
    }

    @Override
    public Page read(String room, long after, int limit, int maxBytes) throws IOException {
        return read(sql -> reader.after(sql, new PageRequest(room, null, limit, maxBytes), after, false));
    }

    @Override
    public Page readAfter(PageRequest page, long after) throws IOException {
        return read(sql -> reader.after(sql, page, after, true));
    }

    @Override
    public Page readBefore(PageRequest page, long before) throws IOException {
        return read(sql -> reader.before(sql, page, before));
    }

    @Override
    public Hits search(PageRequest page, String query, long before) throws IOException {
        try {
            return database.read(LONGEST_SEARCH, sql -> reader.search(sql, page, query, before));
        } catch (SQLException e) {
            if (!SqliteFailure.isInterruption(e)) {
                throw failure(e);
            }
            return new Hits(state(page.room()), List.of(), List.of(), List.of(), false, true);
        }
    }

    @Override
    public RoomState state(String room) throws IOException {
        return read(sql -> SqliteRooms.rowWithMembers(sql, room, epoch).state());
    }

    /** Lists rooms and users. */
    public Directory directory() {
        return new SqliteDirectory(this::read);
    }

    @Override
    public void roomClosed(String room) {
        // durable anyway
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            indexer.finish(on(Runnable::run), LAST_WORK);
            if (database.unused().bytes() < SWEPT_AT_THE_END_BYTES) { // otherwise the next start sweeps
                nextSweep = System.nanoTime();
                boolean unused = sweep(Runnable::run);
            }
        } finally {
            discardWriter();
            database.close();
        }
    }

    private interface Writing<T> {
        T with(SqliteWriter writer) throws SQLException;
    }

    /** A connection that failed is not used again, because its state is unknown. */
    private <T> T write(Writing<T> writing) throws IOException {
        try {
            if (writer == null) {
                writer = new SqliteWriter(database.writer(), codec, decider, clock, epoch, leftovers);
            }
            return writing.with(writer);
        } catch (SQLException e) {
            discardWriter();
            throw failure(e);
        }
    }

    private <T> T read(SqliteDatabase.Work<T> work) throws IOException {
        try {
            return database.read(SqliteDatabase.LONGEST_READ, work);
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private IOException failure(SQLException e) {
        damaged |= SqliteFailure.isDamage(e);
        return SqliteFailure.of(e);
    }

    private void discardWriter() throws IOException {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (SQLException e) {
            throw new IOException("The database connection cannot be closed", e);
        } finally {
            writer = null;
        }
    }
}
