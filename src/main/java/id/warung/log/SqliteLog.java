package id.warung.log;

import id.warung.protocol.Codec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The durable log of one node, in an embedded database: nothing to install, one file, every commit on the disk. */
public final class SqliteLog implements MessageLog {
    private final SqliteDatabase database;
    private final Codec codec;
    private final Clock clock;
    private final String epoch;
    private SqliteWriter writer; // the writing thread's own; null after a failure
    private volatile boolean damaged; // for good: that other parts can be read makes this one no better

    private SqliteLog(SqliteDatabase database, Codec codec, Clock clock) throws IOException {
        this.database = database;
        this.codec = codec;
        this.clock = clock;
        this.epoch = database.epoch();
    }

    /**
     * Opens the log in a data folder, or makes it.
     *
     * @throws IOException with a sentence for the administrator
     */
    public static SqliteLog open(Path folder, Codec codec, Clock clock) throws IOException {
        SqliteDatabase database = SqliteDatabase.open(folder);
        try {
            return new SqliteLog(database, codec, clock);
        } catch (IOException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public List<Outcome> append(List<Draft> drafts) throws IOException {
        return write(writer -> writer.append(drafts));
    }

    @Override
    public void check() throws IOException {
        write(writer -> {
            writer.check();
            return null;
        });
    }

    /** Drops some of what the rooms need not keep, each by its name; returns 0 when that was all. */
    public int trim(Function<String, Keep> kept) throws IOException {
        return write(writer -> new Retention(writer.connection(), codec, clock).trim(kept));
    }

    /** That a part of the file is damaged, as a sentence; null while nobody has come upon any. */
    public String damage() {
        return damaged ? SqliteFailure.DAMAGED : null;
    }

    @Override
    public Page read(String room, long after, int limit) throws IOException {
        return page(room, "seq > ? ORDER BY seq", after, limit);
    }

    @Override
    public Page readBefore(String room, long before, int limit) throws IOException {
        Page page = page(room, "seq < ? ORDER BY seq DESC", before, limit);
        List<Entry> inOrder = new ArrayList<>(page.entries());
        Collections.reverse(inOrder);
        return new Page(page.head(), page.first(), inOrder);
    }

    @Override
    public Position head(String room) throws IOException {
        return page(room, "seq > ? ORDER BY seq", Long.MAX_VALUE, 0).head();
    }

    @Override
    public void roomClosed(String room) {
        // it is on the disk
    }

    @Override
    public void close() throws IOException {
        discardWriter();
        database.close();
    }

    private interface Writing<T> {
        T with(SqliteWriter writer) throws SQLException;
    }

    /** A connection that failed is not used again: what state it is in is anybody's guess. */
    private <T> T write(Writing<T> writing) throws IOException {
        try {
            if (writer == null) {
                writer = new SqliteWriter(database.writer(), codec, clock);
            }
            return writing.with(writer);
        } catch (SQLException e) {
            discardWriter();
            throw failure(e);
        }
    }

    private IOException failure(SQLException e) {
        damaged |= SqliteFailure.isDamage(e);
        return SqliteFailure.of(e);
    }

    private void discardWriter() throws IOException {
        if (writer == null) {
            return;
        }
        try {
            writer.close();
        } catch (SQLException e) {
            throw new IOException("The database connection does not close", e);
        } finally {
            writer = null;
        }
    }

    private Page page(String room, String range, long bound, int limit) throws IOException {
        try {
            return database.read(connection -> read(connection, room, range, bound, limit));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private Page read(Connection connection, String room, String range, long bound, int limit) throws SQLException {
        long id;
        long first;
        Position head;
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, first, head FROM rooms WHERE name = ?")) {
            select.setString(1, room);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return new Page(new Position(epoch, 0), 1, List.of());
                }
                id = row.getLong(1);
                first = row.getLong(2);
                head = new Position(epoch, row.getLong(3));
            }
        }
        List<Entry> entries = new ArrayList<>(Math.min(limit, 256));
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT seq, author, json FROM entries WHERE room_id = ? AND " + range + " LIMIT ?")) {
            select.setLong(1, id);
            select.setLong(2, bound);
            select.setInt(3, limit);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row.getLong(1), row.getString(2), row.getBytes(3)));
                }
            }
        }
        return new Page(head, first, entries);
    }

    private Entry entry(long seq, String author, byte[] json) throws SQLException {
        try {
            codec.check(json);
            return new Entry(seq, author, json);
        } catch (IllegalArgumentException e) { // the file is in order, but not what stands in it
            throw new SQLiteException(e.getMessage(), SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }
}
