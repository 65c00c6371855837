package id.warung.log.sqlite;

import id.warung.log.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteDataSource;

/** Makes copies of the database, and begins the new epoch of a copy: from then on it has a log of its own. Static, stateless. */
final class SqliteEpochs {
    private SqliteEpochs() {}

    /**
     * Whether the file is a backup that has not been opened yet. Its new epoch begins before anything else is written:
     * from then on it has a log of its own.
     *
     * <p>If a backup replaces the database of a killed process, that database's write-ahead log is still there, and
     * SQLite would apply it to the backup: it is deleted.
     */
    static boolean isRestored(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        SQLiteDataSource withoutLog = new SQLiteDataSource();
        withoutLog.setUrl("jdbc:sqlite:" + file.toUri() + "?immutable=1");
        try (Connection connection = withoutLog.getConnection()) {
            if (!"yes".equals(SqliteDatabase.meta(Statements.of(connection), "is-backup"))) {
                return false;
            }
        } catch (SQLException noBackup) { // not a backup of ours: opened as it is
            return false;
        }
        Files.deleteIfExists(file.resolveSibling(SqliteDatabase.FILE + "-wal"));
        Files.deleteIfExists(file.resolveSibling(SqliteDatabase.FILE + "-shm"));
        return true;
    }

    /** Begins a new epoch. */
    static String begin(SQLiteDataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            return begin(connection);
        }
    }

    /** Begins a new epoch, and commits. */
    static String begin(Connection connection) throws SQLException {
        String epoch = Position.newEpoch();
        Statements sql = Statements.of(connection);
        SqliteDatabase.setMeta(sql, "epoch", epoch);
        SqliteDatabase.setMeta(sql, "is-backup", "no");
        connection.commit();
        moveLogIntoFile(connection);
        return epoch;
    }

    /** Marks the file as one whose log goes on elsewhere, like a backup: it begins a new epoch when it is opened. */
    static void markAsCopy(Connection connection) throws SQLException {
        SqliteDatabase.setMeta(Statements.of(connection), "is-backup", "yes");
        connection.commit();
        moveLogIntoFile(connection);
    }

    /** Until then the file alone still says what it was before. */
    private static void moveLogIntoFile(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement checkpoint = connection.createStatement();
                ResultSet result = checkpoint.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            if (!result.next() || result.getInt(1) != 0) {
                throw new SQLException("Another program uses the database");
            }
        }
    }

    /** Copies a database that may be in use, by this process or another, and marks the copy as a backup. The target must not exist. */
    static void copy(Path folder, Path target) throws IOException {
        Path file = folder.resolve(SqliteDatabase.FILE);
        if (!Files.isRegularFile(file)) {
            throw new IOException("There is no database in " + folder + ". Choose another folder with --data.");
        }
        NativeLibrary.load(target.toAbsolutePath().getParent());
        PrivateFiles.makeFile(target); // an empty file is an allowed target
        try {
            try (Connection connection = SqliteDatabase.source(file).getConnection()) {
                Statements.of(connection)
                        .update("VACUUM INTO ?", target.toAbsolutePath().toString());
            }
            try (Connection connection = SqliteDatabase.source(target).getConnection()) {
                Statements sql = Statements.of(connection);
                SqliteDatabase.setMeta(sql, "is-backup", "yes");
                if (!"ok".equals(sql.one(row -> row.getString(1), "PRAGMA quick_check"))) {
                    throw new IOException("The copy is damaged, and perhaps the database too.");
                }
            }
        } catch (SQLException e) {
            throw new IOException("The backup failed. " + SqliteFailure.sentence(e), e);
        }
    }

    /** Begins a new epoch in a folder that is not in use: for a file that was copied by other means than a backup. */
    static String begin(Path folder) throws IOException {
        Path file = folder.resolve(SqliteDatabase.FILE);
        DataLock lock = DataLock.of(folder);
        try {
            NativeLibrary.load(folder);
            boolean unused = isRestored(file); // the write-ahead log beside it then belongs to another database
            return begin(SqliteDatabase.source(file));
        } catch (SQLException e) {
            throw new IOException("The database cannot be changed. " + SqliteFailure.sentence(e), e);
        } finally {
            lock.close();
        }
    }
}
