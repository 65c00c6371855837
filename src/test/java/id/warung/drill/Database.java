package id.warung.drill;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteDataSource;

/** The database file as seen by another program. */
final class Database {
    private Database() {}

    static Connection open(Path file) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    /** {@code ok}, or what is wrong with it. */
    static String integrity(Path file) {
        try (Connection connection = open(file);
                Statement check = connection.createStatement();
                ResultSet result = check.executeQuery("PRAGMA integrity_check")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            return e.toString();
        }
    }
}
