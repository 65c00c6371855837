package id.warung.log.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/**
 * Several statements that go to the database together, in one round trip, and the values for their question marks. The driver sends all of
 * them before it waits. For one thread, and one use.
 */
final class Pipeline {
    /** Reads all rows of one statement. */
    interface Rows {
        void read(ResultSet rows) throws SQLException;
    }

    /** An array as the database knows it: texts, numbers, or bytes. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Array(String type, Object[] elements) {}

    private final Schema schema;
    private final StringBuilder text = new StringBuilder(1024);
    private final List<Object> values = new ArrayList<>();
    private final List<Rows> readers = new ArrayList<>(); // of each statement; null: it has no rows

    /** All statements are about this schema: see {@link Schema#in}. */
    Pipeline(Schema schema) {
        this.schema = schema;
    }

    static Object texts(Collection<String> elements) {
        return texts(elements, Function.identity());
    }

    static <T> Object texts(Collection<T> of, Function<T, String> element) {
        return new Array("text", of.stream().map(element).toArray());
    }

    static Object numbers(Collection<Long> elements) {
        return numbers(elements, Function.identity());
    }

    static <T> Object numbers(Collection<T> of, Function<T, Long> element) {
        return new Array("bigint", of.stream().map(element).toArray());
    }

    static <T> Object flags(Collection<T> of, Function<T, Boolean> element) {
        return new Array("boolean", of.stream().map(element).toArray());
    }

    static <T> Object bytes(Collection<T> of, Function<T, byte[]> element) {
        return new Array("bytea", of.stream().map(element).toArray(byte[][]::new));
    }

    /** Adds a statement without rows. */
    Pipeline run(String statement, Object... with) {
        return add(null, statement, with);
    }

    /** Adds a statement with rows. */
    Pipeline query(Rows reader, String statement, Object... with) {
        return add(reader, statement, with);
    }

    private Pipeline add(Rows reader, String statement, Object... with) {
        text.append(schema.in(statement)).append(';');
        values.addAll(Arrays.asList(with)); // some may be null
        readers.add(reader);
        return this;
    }

    /** Sends all statements; reads the rows of each, in their order, when all have run. */
    void on(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text.substring(0, text.length() - 1))) {
            int index = 1;
            for (Object value : values) {
                if (value instanceof Array array) {
                    statement.setArray(index++, connection.createArrayOf(array.type(), array.elements()));
                } else {
                    statement.setObject(index++, value);
                }
            }
            boolean rows = statement.execute();
            for (Rows reader : readers) {
                if (reader != null) {
                    if (!rows) {
                        throw new SQLException("A query has no rows");
                    }
                    try (ResultSet result = statement.getResultSet()) {
                        reader.read(result);
                    }
                }
                rows = statement.getMoreResults();
            }
        }
    }
}
