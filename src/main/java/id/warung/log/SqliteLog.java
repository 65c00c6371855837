package id.warung.log;

import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** The durable log of one node, in an embedded database: nothing to install, one file, every commit on the disk. */
public final class SqliteLog implements MessageLog {
    private final SqliteDatabase database;
    private final EntryCodec codec;
    private final Clock clock;
    private final String epoch;
    private final SqliteReader reader;
    private SqliteWriter writer; // the writing thread's own; null after a failure
    private volatile boolean damaged; // for good: that other parts can be read makes this one no better

    private SqliteLog(SqliteDatabase database, EntryCodec codec, Clock clock) throws IOException {
        this.database = database;
        this.codec = codec;
        this.clock = clock;
        this.epoch = database.epoch();
        this.reader = new SqliteReader(codec, epoch);
    }

    /**
     * Opens the log in a data folder, or makes it.
     *
     * @throws IOException with a sentence for the administrator
     */
    public static SqliteLog open(Path folder, EntryCodec codec, Clock clock) throws IOException {
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
        return write(its -> its.append(drafts));
    }

    @Override
    public void check() throws IOException {
        write(its -> {
            its.check();
            return null;
        });
    }

    /** Drops some of what the rooms need not keep, each by its name; returns 0 when that was all. */
    public int trim(Function<String, Keep> kept) throws IOException {
        return write(its -> {
            int trimmed = new Retention(its.connection(), codec, clock).trim(kept);
            its.forget();
            return trimmed;
        });
    }

    /** Has the search take in some of what was written; returns 0 when it knows all. */
    public int index() throws IOException {
        return write(its -> SqliteSearch.follow(its.connection(), codec));
    }

    /** That a part of the file is damaged, as a sentence; null while nobody has come upon any. */
    public String damage() {
        return damaged ? SqliteFailure.DAMAGED : null;
    }

    @Override
    public Page read(String room, long after, int limit, int maxBytes) throws IOException {
        return read(connection -> reader.page(connection, room, "seq > ? ORDER BY seq", after, limit, maxBytes));
    }

    @Override
    public Page readBefore(String room, long before, int limit, int maxBytes) throws IOException {
        return read(connection -> reader.page(connection, room, "seq < ? ORDER BY seq DESC", before, limit, maxBytes));
    }

    @Override
    public Hits search(String room, String query, long before, int limit, int maxBytes) throws IOException {
        return read(connection -> reader.search(connection, room, query, before, limit, maxBytes));
    }

    @Override
    public RoomState state(String room) throws IOException {
        return read(connection -> SqliteRooms.rowWithMembers(connection, room).state(epoch));
    }

    /** Which rooms and people there are. */
    public Directory directory() {
        return new SqliteDirectory(this::read);
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
                writer = new SqliteWriter(database.writer(), codec, clock, epoch);
            }
            return writing.with(writer);
        } catch (SQLException e) {
            discardWriter();
            throw failure(e);
        }
    }

    private <T> T read(SqliteDatabase.Work<T> work) throws IOException {
        try {
            return database.read(work);
        } catch (SQLException e) {
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
}
