package id.warung.log.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Classifies failures of the database: whether the storage or the data to be stored is to blame. Static, stateless. */
final class PostgresFailure {
    /** The SQLSTATE of what succeeds when it is tried again. */
    static final String AGAIN = "40001";

    private PostgresFailure() {}

    /**
     * The storage's failure, with a short sentence for the administrator.
     *
     * @throws IllegalArgumentException when the data to be stored is to blame
     */
    static IOException of(SQLException failure) {
        String state = state(failure);
        if (state.startsWith("22") || state.startsWith("23") || state.equals("54000")) {
            throw new IllegalArgumentException(failure);
        }
        return new IOException(sentence(failure), failure);
    }

    /** Whether the connection is gone, so that nobody knows whether the last statement was executed. */
    static boolean isConnectionLost(SQLException failure) {
        String state = state(failure);
        return state.startsWith("08") || state.startsWith("57P");
    }

    /** Whether somebody else has held a lock for too long. */
    static boolean isLocked(SQLException failure) {
        return state(failure).equals("55P03");
    }

    /** Whether the same work may succeed over another connection: a pool has dead ones after the database was away for a moment. */
    static boolean isWorthAnotherTry(SQLException failure) {
        boolean dead = isConnectionLost(failure) && !(failure instanceof SQLTransientConnectionException);
        return dead || isUndoneForAnother(failure);
    }

    /** Whether the same transaction may succeed at once: it was undone so that another could go on. */
    static boolean isUndoneForAnother(SQLException failure) {
        String state = state(failure);
        return state.equals(AGAIN) || state.equals("40P01");
    }

    /** A sentence for the administrator, saying what is wrong. */
    static String sentence(SQLException failure) {
        String state = state(failure);
        if (failure instanceof SQLTransientConnectionException || isConnectionLost(failure)) {
            return "The database cannot be reached.";
        }
        if (isLocked(failure)) {
            return "Another node has locked the room for too long.";
        }
        if (state.equals("25P03")) {
            return "This node was too slow, and the database has undone what it was writing.";
        }
        if (isUndoneForAnother(failure)) {
            return "The database has undone a transaction in favor of another one.";
        }
        if (state.equals("53100")) {
            return "The database's disk is full.";
        }
        if (state.startsWith("53")) {
            return "The database has no more memory or connections (" + firstLine(failure) + ").";
        }
        if (state.equals("25006")) {
            return "The database is read-only: it is a standby.";
        }
        if (state.startsWith("28")) {
            return "The database refuses the user or the password.";
        }
        if (state.equals("3D000")) {
            return "There is no such database.";
        }
        if (state.equals("57014")) {
            return "The database took too long.";
        }
        return "The database does not work properly (" + firstLine(failure) + ").";
    }

    private static String firstLine(SQLException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** Never null. A pool may wrap the driver's failure. */
    private static String state(SQLException failure) {
        Throwable at = failure;
        while (at != null) {
            if (at instanceof SQLException its && its.getSQLState() != null) {
                return its.getSQLState();
            }
            at = at.getCause();
        }
        return "";
    }
}
