package id.warung.log.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Classifies failures of the database: whether the storage or the data to be stored is to blame. */
final class SqliteFailure {
    static final String DAMAGED = "The database file is damaged.";

    private SqliteFailure() {}

    /**
     * The storage's failure, with a short sentence for the administrator.
     *
     * @throws IllegalArgumentException when the data to be stored is to blame
     */
    static IOException of(SQLException failure) {
        int code = code(failure);
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT.code
                || code == SQLiteErrorCode.SQLITE_TOOBIG.code
                || code == SQLiteErrorCode.SQLITE_MISMATCH.code) {
            throw new IllegalArgumentException(failure);
        }
        return new IOException(sentence(failure), failure);
    }

    private static int code(SQLException failure) {
        int extended = failure instanceof SQLiteException sqlite ? sqlite.getResultCode().code : failure.getErrorCode();
        return extended & 0xff;
    }

    /** Whether the file is damaged. */
    static boolean isDamage(SQLException failure) {
        int code = code(failure);
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** Whether a read exceeded its deadline. */
    static boolean isInterruption(SQLException failure) {
        return code(failure) == SQLiteErrorCode.SQLITE_INTERRUPT.code;
    }

    /** A sentence for the administrator, saying what is wrong. */
    static String sentence(SQLException failure) {
        int code = code(failure);
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return "The disk is full.";
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code) {
            return "The disk is read-only.";
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return "Another program has locked the database.";
        }
        if (isInterruption(failure)) {
            return "Reading took too long.";
        }
        if (isDamage(failure)) {
            return DAMAGED;
        }
        if (code == SQLiteErrorCode.SQLITE_ERROR.code) {
            return "The database refused a statement (" + failure.getMessage() + ").";
        }
        return "The disk does not work properly (" + failure.getMessage() + ").";
    }
}
