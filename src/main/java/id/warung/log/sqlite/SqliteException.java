package id.warung.log.sqlite;

import java.sql.SQLException;

/** An unchecked wrapper for a failure of the database. */
final class SqliteException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException reason;

    SqliteException(SQLException reason) {
        super(reason);
        this.reason = reason;
    }

    /** The failure itself. */
    SQLException reason() {
        return reason;
    }
}
