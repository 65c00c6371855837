package id.warung.log.postgres;

import java.sql.SQLException;

/** Carries the database's exception through interfaces that know of none. */
final class PostgresException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PostgresException(SQLException reason) {
        super(reason);
    }

    SQLException reason() {
        return (SQLException) getCause();
    }
}
