package id.warung.log.sqlite;

import java.sql.SQLException;

/** A failure of the database, where nobody expects a checked one. */
final class SqliteTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final SQLException reason;

    SqliteTrouble(SQLException reason) {
        super(reason);
        this.reason = reason;
    }

    /** The failure itself. */
    SQLException reason() {
        return reason;
    }
}
