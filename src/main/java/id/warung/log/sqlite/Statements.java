package id.warung.log.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs SQL on a connection and binds the parameters: null, strings, whole numbers, bytes. Neither commits nor closes
 * the connection. For one thread at a time. Every method throws the database's {@link SQLException}.
 */
final class Statements {
    /** Maps a row to a value. */
    interface RowMapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Receives one row after another. */
    interface RowVisitor {
        /** Returns whether it wants the next row. */
        boolean take(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Map<String, PreparedStatement> kept; // null: statements are not kept

    private Statements(Connection connection, Map<String, PreparedStatement> kept) {
        this.connection = connection;
        this.kept = kept;
    }

    /** Prepares each statement for one run. */
    static Statements of(Connection connection) {
        return new Statements(connection, null);
    }

    /**
     * Keeps each statement prepared until the connection is closed: for a few dozen statements, none of which may run while its own rows
     * are read.
     */
    static Statements keptOf(Connection connection) {
        return new Statements(connection, new LinkedHashMap<>());
    }

    /** Runs an update; returns the number of changed rows. */
    int update(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        try {
            bind(statement, parameters);
            return statement.executeUpdate();
        } finally {
            release(statement);
        }
    }

    /** The mapped first row; null when there is none. */
    <T> T one(RowMapper<T> mapper, String sql, Object... parameters) throws SQLException {
        List<T> first = new ArrayList<>(1);
        each(row -> !first.add(mapper.of(row)), sql, parameters);
        return first.isEmpty() ? null : first.get(0);
    }

    /** All mapped rows, in order. */
    <T> List<T> all(RowMapper<T> mapper, String sql, Object... parameters) throws SQLException {
        List<T> all = new ArrayList<>();
        each(row -> all.add(mapper.of(row)), sql, parameters);
        return all;
    }

    /** Passes the rows, in order, until the visitor wants no more. */
    void each(RowVisitor visitor, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        try {
            bind(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                boolean more = true;
                while (more && row.next()) {
                    more = visitor.take(row);
                }
            }
        } finally {
            release(statement);
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        if (kept == null) {
            return connection.prepareStatement(sql);
        }
        PreparedStatement statement = kept.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            kept.put(sql, statement);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private void release(PreparedStatement statement) throws SQLException {
        if (kept == null) {
            statement.close();
        }
    }
}
