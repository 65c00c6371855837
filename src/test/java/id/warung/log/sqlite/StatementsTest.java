package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

class StatementsTest {
    private static final String PUT = "INSERT INTO things VALUES (?, ?, ?)";
    private static final String NUMBERS = "SELECT number FROM things WHERE number > ? ORDER BY number";

    private Connection connection;

    static Stream<Function<Connection, Statements>> ways() {
        return Stream.of(Statements::of, Statements::keptOf);
    }

    @BeforeEach
    void open() throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite::memory:");
        connection = source.getConnection();
        Statements.of(connection).update("CREATE TABLE things (number, text, bytes)");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private static String thing(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes(3);
        return row.getObject(1) + " " + row.getString(2) + " " + (bytes == null ? null : bytes.length);
    }

    private static Integer number(Statements sql, String select, Object... parameters) throws SQLException {
        return sql.one(row -> row.getInt(1), select, parameters);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void boundValuesAreNotBoundTheNextTime(Function<Connection, Statements> way) throws SQLException {
        Statements sql = way.apply(connection);
        assertThat(sql.update(PUT, Long.MAX_VALUE, "it's ?", new byte[] {0, 1})).isEqualTo(1);
        assertThat(sql.update(PUT, 7, null, null)).isEqualTo(1);

        assertThat(sql.all(StatementsTest::thing, "SELECT * FROM things ORDER BY number"))
                .containsExactly("7 null null", Long.MAX_VALUE + " it's ? 2");
        assertThat(sql.update("UPDATE things SET text = ?", "so")).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void oneIsTheFirstRowAndNullWhereThereIsNone(Function<Connection, Statements> way) throws SQLException {
        Statements sql = way.apply(connection);
        assertThat(number(sql, NUMBERS, 0)).isNull();
        for (int number = 1; number <= 3; number++) {
            sql.update(PUT, number, null, null);
        }
        assertThat(number(sql, NUMBERS, 1)).isEqualTo(2);
        String text = sql.one(row -> row.getString(1), "SELECT text FROM things");
        assertThat(text).isNull();
        assertThat(number(sql, "INSERT INTO things VALUES (9, '', '') RETURNING number"))
                .isEqualTo(9);
        assertThat(sql.all(row -> row.getInt(1), NUMBERS, 1)).containsExactly(2, 3, 9);
    }

    /** An unfinished result would keep the transaction from ending. */
    @ParameterizedTest
    @MethodSource("ways")
    void aReaderThatStopsOrFailsLeavesNothingOpen(Function<Connection, Statements> way) throws SQLException {
        connection.setAutoCommit(false);
        Statements sql = way.apply(connection);
        for (int number = 1; number <= 9; number++) {
            sql.update(PUT, number, null, null);
        }
        List<Integer> taken = new ArrayList<>();
        sql.each(row -> taken.add(row.getInt(1)) && taken.size() < 4, NUMBERS, 1);
        assertThat(taken).containsExactly(2, 3, 4, 5);
        assertThatThrownBy(() -> sql.each(
                        row -> {
                            throw new IllegalStateException("enough");
                        },
                        NUMBERS,
                        1))
                .hasMessage("enough");
        connection.commit();

        connection.setAutoCommit(true);
        sql.update("DROP TABLE things"); // fails while a row is being read
        assertThat(sql.all(row -> row.getString(1), "SELECT name FROM sqlite_schema"))
                .isEmpty();
    }
}
