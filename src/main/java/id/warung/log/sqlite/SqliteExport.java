package id.warung.log.sqlite;

import id.warung.log.StorageExport;
import id.warung.log.command.RequestKey;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** The content of a data folder that nobody else uses. */
public final class SqliteExport implements StorageExport {
    private final SqliteDatabase database;
    private final Connection connection;
    private final Path folder;
    private final EntryCodec codec;
    private final String epoch;

    private SqliteExport(SqliteDatabase database, Path folder, EntryCodec codec) throws IOException, SQLException {
        this.database = database;
        this.folder = folder;
        this.codec = codec;
        this.epoch = database.epoch(codec, Clock.systemUTC());
        this.connection = database.writer();
    }

    /**
     * Opens a data folder, whose tables are brought to this version. Keeps every other Warung out until it is closed.
     *
     * @throws IOException with a sentence for the administrator
     */
    public static SqliteExport of(Path folder, EntryCodec codec) throws IOException {
        if (!Files.exists(folder.resolve(SqliteDatabase.FILE))) {
            throw new IOException("There is no database in " + folder + ". Choose another folder with --from.");
        }
        SqliteDatabase database = SqliteDatabase.open(folder);
        try {
            return new SqliteExport(database, folder, codec);
        } catch (IOException e) {
            database.close();
            throw e;
        } catch (SQLException e) {
            database.close();
            throw SqliteFailure.of(e);
        }
    }

    /** Every request has its hash there, also one from before there were hashes. */
    @Override
    public void each(String table, List<String> columns, Row row) throws IOException {
        int hash = columns.indexOf("request_hash");
        int json = columns.indexOf("json");
        int id = columns.indexOf("post_id");
        try {
            Statements.of(connection)
                    .each(
                            found -> {
                                Object[] values = new Object[columns.size()];
                                for (int i = 0; i < values.length; i++) {
                                    Object value = found.getObject(i + 1);
                                    values[i] = value instanceof Integer number ? (Object) number.longValue() : value;
                                }
                                if (hash >= 0 && values[hash] == null && values[id] != null) {
                                    values[hash] = RequestKey.hashOfBody(codec.bodyOf((byte[]) values[json]));
                                }
                                try {
                                    row.take(values);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                                return true;
                            },
                            "SELECT " + String.join(", ", columns) + " FROM " + table);
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public String epoch() {
        return epoch;
    }

    @Override
    public byte[] signingKey() throws IOException {
        Path key = folder.resolve("signing.key");
        return Files.exists(key) ? Files.readAllBytes(key) : null;
    }

    @Override
    public void giveAway() throws IOException {
        try {
            connection.rollback();
            SqliteEpochs.markAsCopy(connection);
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }

    @Override
    public void close() throws IOException {
        try (database) {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFailure.of(e);
        }
    }
}
