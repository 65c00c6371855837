package id.warung.log.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs SQL on a connection. A text has <code>{s}</code> for the {@link Schema}; a parameter {@code ?2} may be used more than once. Binds null, strings, whole numbers, bytes, and arrays of them. Neither
 * commits nor closes the connection. For one thread at a time. Every method throws the database's {@link SQLException}.
 */
final class Statements {
    /** Maps a row to a value. */
    interface RowMapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** A text for the driver, and which parameter stands at which of its places. */
    private record Text(String sql, List<Integer> places) {}

    private static final Map<String, Text> TEXTS = new ConcurrentHashMap<>(); // some dozens for each schema

    private final Connection connection;
    private final Schema schema;

    Statements(Connection connection, Schema schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** Runs statements without parameters, in one round trip. */
    void execute(String statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(text(statements).sql());
        }
    }

    /** Runs an update; returns the number of changed rows. */
    int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** The mapped first row; null when there is none. */
    <T> T one(RowMapper<T> mapper, String sql, Object... parameters) throws SQLException {
        List<T> rows = all(mapper, sql, parameters);
        return rows.isEmpty() ? null : rows.get(0);
    }

    /** All mapped rows, in order. */
    <T> List<T> all(RowMapper<T> mapper, String sql, Object... parameters) throws SQLException {
        List<T> all = new ArrayList<>();
        try (PreparedStatement statement = prepared(sql, parameters);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                all.add(mapper.of(row));
            }
        }
        return all;
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        Text text = text(sql);
        PreparedStatement statement = connection.prepareStatement(text.sql());
        try {
            for (int i = 0; i < text.places().size(); i++) {
                bind(statement, i + 1, parameters[text.places().get(i)]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int place, Object value) throws SQLException {
        if (value instanceof Long[] numbers) {
            statement.setArray(place, connection.createArrayOf("bigint", numbers));
        } else if (value instanceof String[] texts) {
            statement.setArray(place, connection.createArrayOf("text", texts));
        } else if (value instanceof byte[][] bytes) {
            statement.setArray(place, connection.createArrayOf("bytea", bytes));
        } else {
            statement.setObject(place, value);
        }
    }

    private Text text(String sql) {
        return TEXTS.computeIfAbsent(schema.in(sql), Statements::parsed);
    }

    private static Text parsed(String sql) {
        StringBuilder text = new StringBuilder(sql.length());
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < sql.length(); i++) {
            text.append(sql.charAt(i));
            if (sql.charAt(i) == '?') {
                int end = i + 1;
                while (end < sql.length() && Character.isDigit(sql.charAt(end))) {
                    end++;
                }
                places.add(end == i + 1 ? places.size() : Integer.parseInt(sql.substring(i + 1, end)) - 1);
                i = end - 1;
            }
        }
        return new Text(text.toString(), places);
    }
}
