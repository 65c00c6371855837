package id.warung.log.sqlite;

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
import java.util.Collections;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.sqlite.JDBC;
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
    private static final long LEAST_NEW_BYTES = 1024 * 1024;

    private final DataLock lock;
    private final SQLiteDataSource source;
    private final UnusedSpace unused;
    private final Path log;
    private final SnapshotReaders readers;

    private SqliteDatabase(DataLock lock, SQLiteDataSource source, UnusedSpace unused, Path log) {
        this.log = log;
        this.lock = lock;
        this.source = source;
        this.unused = unused;
        this.readers = new SnapshotReaders(source);
    }

    /** A read in one snapshot. */
    interface Work<T> {
        T with(Statements sql) throws SQLException;
    }

    /** Opens the folder's database, creating it if necessary; migrates its tables. */
    static SqliteDatabase open(Path folder) throws IOException {
        SQLiteDataSource source = source(folder.resolve(FILE));
        DataLock lock = DataLock.of(folder);
        try {
            Path file = folder.resolve(FILE);
            NativeLibrary.load(folder);
            checkSpaceForNew(file);
            boolean restored = SqliteEpochs.isRestored(file);
            PrivateFiles.makeFile(file); // SQLite gives the files beside it the same permissions
            if (restored) {
                SqliteEpochs.begin(source);
            }
            if (!Migrations.areDone(source)) {
                Migrations.of(source, SqliteDatabase.class.getClassLoader()).migrate();
            }
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

    /** How every connection to a file is set. */
    static SQLiteDataSource source(Path file) {
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

    /** See {@link SnapshotReaders#read}. */
    <T> T read(Duration atMost, Work<T> work) throws SQLException {
        return readers.read(atMost, work);
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
            return epoch != null ? epoch : SqliteEpochs.begin(connection);
        } catch (SQLException e) {
            throw new IOException("The database cannot be opened. " + SqliteFailure.sentence(e), e);
        }
    }

    static String meta(Statements sql, String key) throws SQLException {
        return sql.one(row -> row.getString(1), "SELECT value FROM meta WHERE key = ?", key);
    }

    static void setMeta(Statements sql, String key, String value) throws SQLException {
        sql.update("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value);
    }

    @Override
    public void close() throws IOException {
        readers.close();
        forgetDriver();
        unused.close();
        lock.close();
    }

    /** The driver registered itself when its class was loaded; it would keep a redeployed application in memory for ever. */
    private static void forgetDriver() throws IOException {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (driver instanceof JDBC && driver.getClass().getClassLoader() == SqliteDatabase.class.getClassLoader()) {
                try {
                    DriverManager.deregisterDriver(driver);
                } catch (SQLException e) {
                    throw new IOException(e);
                }
            }
        }
    }
}
