package id.warung.log;

import id.warung.log.sqlite.SqliteLog;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class SqliteReactionsTest extends DurableReactionsContract {
    @TempDir
    private Path data;

    @Override
    protected MessageLog open() throws IOException {
        return SqliteLog.open(data, codec, Clock.systemUTC());
    }

    @Override
    protected void trim(RetentionPolicy policy) throws IOException {
        int trimmed;
        do {
            trimmed = ((SqliteLog) log()).trim(room -> policy, Runnable::run, Posted.NOBODY);
        } while (trimmed > 0);
    }

    @Override
    protected long reactionRows() throws IOException {
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + data.resolve("warung.db"));
        try (Connection connection = database.getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM reactions")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
