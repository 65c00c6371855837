package id.warung.log.postgres;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** Runs the statements of leases, each on a connection and in a transaction of its own. Thread-safe; blocks. */
final class LeaseStatements {
    /** The rest of the statement may be lost in a crash; it is lost in any case. */
    static final String QUICK = "WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)), ";

    private final PostgresHints.Connecting connections;
    private final String schema;

    LeaseStatements(PostgresHints.Connecting connections, String schema) {
        this.connections = connections;
        this.schema = schema;
    }

    /** Reads the rows of a statement. */
    interface Reading<T> {
        T read(ResultSet rows) throws SQLException;
    }

    /** Runs one statement; binds texts, whole numbers, and arrays of them. */
    <T> T ask(String sql, Reading<T> reading, Object... parameters) throws IOException {
        try (Connection connection = connections.open();
                PreparedStatement statement = connection.prepareStatement(sql.replace("{s}", schema))) {
            for (int i = 0; i < parameters.length; i++) {
                Object value = parameters[i];
                if (value instanceof String[] texts) {
                    statement.setArray(i + 1, connection.createArrayOf("text", texts));
                } else if (value instanceof Long[] numbers) {
                    statement.setArray(i + 1, connection.createArrayOf("bigint", numbers));
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                return reading.read(rows);
            }
        } catch (SQLException e) {
            throw new IOException("What nodes say about people cannot be read or written: " + e.getMessage(), e);
        }
    }

    static String[] texts(Collection<String> texts) {
        return texts.toArray(new String[0]);
    }
}
