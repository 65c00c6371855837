package id.warung.log.sqlite;

import id.warung.log.Position;
import id.warung.protocol.EntryCodec;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** The embedded database: one file in the data folder, in WAL mode, every commit fsynced. Provides connections. Thread-safe. */
final class SqliteDatabase implements Closeable {
    /** The file's name in the data folder. */
    static final String FILE = "warung.db";

    /** The longest time that a snapshot may be read. */
    static final Duration LONGEST_READ = Duration.ofSeconds(10);

    private static final int BUSY_TIMEOUT_MS = 5_000;
    private static final int IDLE_READERS = 8;
    private static final long LEAST_NEW_BYTES = 1024 * 1024;

    private final DataLock lock;
    private final SQLiteDataSource source;
    private final UnusedSpace unused;
    private final Path log;
    private final ArrayDeque<Reader> idleReaders = new ArrayDeque<>();
    private boolean closed;

    private SqliteDatabase(DataLock lock, SQLiteDataSource source, UnusedSpace unused, Path log) {
        this.log = log;
        this.lock = lock;
        this.source = source;
        this.unused = unused;
    }

    /** A read in one snapshot. */
    interface Work<T> {
        T with(Statements sql) throws SQLException;
    }

    /** Opens the folder's database, creating it if necessary; migrates its tables. */
    static SqliteDatabase open(Path folder) throws IOException {
        SQLiteDataSource source = source(folder.resolve(FILE));
        Flyway migrations = Migrations.of(source, SqliteDatabase.class.getClassLoader());
        DataLock lock = DataLock.of(folder);
        try {
            Path file = folder.resolve(FILE);
            NativeLibrary.load(folder);
            checkSpaceForNew(file);
            boolean restored = isRestored(file);
            PrivateFiles.makeFile(file); // SQLite gives the files beside it the same permissions
            if (restored) {
                beginEpoch(source);
            }
            migrations.migrate();
            return new SqliteDatabase(lock, source, UnusedSpace.of(file), file.resolveSibling(FILE + "-wal"));
        } catch (FlywayException e) {
            lock.close();
            throw cannotBeOpened(folder.resolve(FILE), e);
        } catch (SQLException e) {
            lock.close();
            throw cannotBeOpened(folder.resolve(FILE), e);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /**
     * Whether the file is a backup that has not been opened yet. Its new epoch begins before anything else is written:
     * from then on it has a log of its own.
     *
     * <p>If a backup replaces the database of a killed process, that database's write-ahead log is still there, and
     * SQLite would apply it to the backup: it is deleted.
     */
    private static boolean isRestored(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        SQLiteDataSource withoutLog = new SQLiteDataSource();
        withoutLog.setUrl("jdbc:sqlite:" + file.toUri() + "?immutable=1");
        try (Connection connection = withoutLog.getConnection()) {
            if (!"yes".equals(meta(Statements.of(connection), "is-backup"))) {
                return false;
            }
        } catch (SQLException noBackup) { // not a backup of ours: opened as it is
            return false;
        }
        Files.deleteIfExists(file.resolveSibling(FILE + "-wal"));
        Files.deleteIfExists(file.resolveSibling(FILE + "-shm"));
        return true;
    }

    private static IOException cannotBeOpened(Path file, Exception failure) {
        String reason = failure instanceof FlywayValidateException
                ? "A newer version of Warung has used it: run that version, or restore a backup made before."
                : failure.getMessage().lines().findFirst().orElse("");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException ofSqlite) {
                reason = SqliteFailure.sentence(ofSqlite);
            }
        }
        return new IOException("The database " + file + " cannot be opened. " + reason, failure);
    }

    /** Checks the space for a new database before the migrations, which would retry on a full disk for ten seconds and log each attempt. */
    private static void checkSpaceForNew(Path file) throws IOException {
        File folder = file.getParent().toFile(); // works even where the folder's mount cannot be found, as in a chroot
        long usableBytes = folder.getTotalSpace() == 0 ? LEAST_NEW_BYTES : folder.getUsableSpace();
        boolean isNew = !Files.exists(file) || Files.size(file) == 0;
        if (isNew && usableBytes < LEAST_NEW_BYTES) {
            throw new IOException("The database " + file + " cannot be created. The disk is full.");
        }
    }

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_TIMEOUT_MS);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true"); // deleted data is overwritten
        config.setTempStore(SQLiteConfig.TempStore.MEMORY); // sorting and rollbacks of statements use no file
        config.setGetGeneratedKeys(false); // otherwise the driver asks for a key after each row
        SQLiteDataSource source = new SQLiteDataSource(config);
        // in a bare path, a question mark would start the driver's options
        source.setUrl("jdbc:sqlite:" + file.toUri());
        return source;
    }

    /** A connection for the one writer, who commits explicitly and closes it. */
    Connection writer() throws SQLException {
        Connection connection = source.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /**
     * Reads in one snapshot, independently of the writer. A snapshot keeps the write-ahead log from being truncated, so it is interrupted
     * after some time: it then fails with a failure that {@linkplain SqliteFailure#isInterruption is known}.
     */
    <T> T read(Duration atMost, Work<T> work) throws SQLException {
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
        reader.deadline.nanos = System.nanoTime() + LONGEST_READ.toNanos();
        ProgressHandler.setHandler(reader.connection, Deadline.STEPS, reader.deadline);
        reader.connection.setAutoCommit(false);
        return reader;
    }

    private boolean keep(Reader reader) {
        synchronized (idleReaders) {
            return !closed && idleReaders.size() < IDLE_READERS && idleReaders.add(reader);
        }
    }

    /** Moves what is possible of the write-ahead log into the file; neither the writer nor readers wait for it. */
    void checkpoint() throws SQLException {
        try (Connection connection = source.getConnection();
                Statement checkpoint = connection.createStatement()) {
            checkpoint.execute("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    /** Truncates the write-ahead log, on the writer's connection; returns false when a reader still uses it. Waits for nobody. */
    static boolean emptyLog(Connection writer) throws SQLException {
        writer.setAutoCommit(true);
        try (Statement checkpoint = writer.createStatement()) {
            checkpoint.execute("PRAGMA busy_timeout = 0");
            try (ResultSet result = checkpoint.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return result.next() && result.getInt(1) == 0;
            } finally {
                checkpoint.execute("PRAGMA busy_timeout = " + BUSY_TIMEOUT_MS);
            }
        } finally {
            writer.setAutoCommit(false);
        }
    }

    /** Whether the write-ahead log is empty. */
    boolean isLogEmpty() throws IOException {
        return !Files.exists(log) || Files.size(log) == 0;
    }

    /** The unused space of the file. */
    UnusedSpace unused() {
        return unused;
    }

    /** The log's epoch. A backup that is opened for the first time begins a new one, because its readers may have seen more. */
    String epoch(EntryCodec codec, Clock clock) throws IOException {
        try (Connection connection = writer()) {
            Statements sql = Statements.of(connection);
            SearchIndex.prepare(sql);
            ReservedNames.free(sql, codec, clock);
            connection.commit();
            String epoch = meta(sql, "epoch");
            return epoch != null ? epoch : beginEpoch(connection);
        } catch (SQLException e) {
            throw new IOException("The database cannot be opened. " + SqliteFailure.sentence(e), e);
        }
    }

    private static String beginEpoch(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            return beginEpoch(connection);
        }
    }

    private static String beginEpoch(Connection connection) throws SQLException {
        String epoch = Position.newEpoch();
        Statements sql = Statements.of(connection);
        setMeta(sql, "epoch", epoch);
        setMeta(sql, "is-backup", "no");
        connection.commit();
        moveLogIntoFile(connection);
        return epoch;
    }

    /** Until then the file alone still says that it is a backup. */
    private static void moveLogIntoFile(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement checkpoint = connection.createStatement();
                ResultSet result = checkpoint.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (!result.next() || result.getInt(1) != 0) {
                throw new SQLException("Another program uses the database");
            }
        }
    }

    static String meta(Statements sql, String key) throws SQLException {
        return sql.one(row -> row.getString(1), "SELECT value FROM meta WHERE key = ?", key);
    }

    static void setMeta(Statements sql, String key, String value) throws SQLException {
        sql.update("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value);
    }

    /** Copies a database that may be in use, by this process or another, and marks the copy as a backup. The target must not exist. */
    static void copy(Path folder, Path target) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no database in " + folder + ". Choose another folder with --data.");
        }
        NativeLibrary.load(target.toAbsolutePath().getParent());
        PrivateFiles.makeFile(target); // an empty file is an allowed target
        try {
            try (Connection connection = source(file).getConnection()) {
                Statements.of(connection)
                        .update("VACUUM INTO ?", target.toAbsolutePath().toString());
            }
            try (Connection connection = source(target).getConnection()) {
                Statements sql = Statements.of(connection);
                setMeta(sql, "is-backup", "yes");
                if (!"ok".equals(sql.one(row -> row.getString(1), "PRAGMA quick_check"))) {
                    throw new IOException("The copy is damaged, and perhaps the database too.");
                }
            }
        } catch (SQLException e) {
            throw new IOException("The backup failed. " + SqliteFailure.sentence(e), e);
        }
    }

    /** Begins a new epoch in a folder that is not in use: for a file that was copied by other means than a backup. */
    static String beginEpoch(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        DataLock lock = DataLock.of(folder);
        try {
            NativeLibrary.load(folder);
            boolean unused = isRestored(file); // the write-ahead log beside it then belongs to another database
            return beginEpoch(source(file));
        } catch (SQLException e) {
            throw new IOException("The database cannot be changed. " + SqliteFailure.sentence(e), e);
        } finally {
            lock.close();
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
        forgetDriver();
        unused.close();
        lock.close();
    }

    /** The driver registered itself when its class was loaded; it would keep a redeployed application in memory for ever. */
    private static void forgetDriver() throws IOException {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver.getClass().getClassLoader() == SqliteDatabase.class.getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
        }
    }
}
