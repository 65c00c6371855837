package id.warung.log;

import id.warung.protocol.EntryCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads entries, each time in one snapshot of the database. Thread-safe. */
final class SqliteReader {
    private static final String SELECT = "SELECT seq, author, json FROM entries WHERE room_id = ? AND ";

    private final EntryCodec codec;
    private final String epoch;

    SqliteReader(EntryCodec codec, String epoch) {
        this.codec = codec;
        this.epoch = epoch;
    }

    /** The page that the condition, with {@code bound} in it, chooses; in order of seq. */
    MessageLog.Page page(Connection connection, String name, String range, long bound, int limit) throws SQLException {
        RoomRow room = SqliteRooms.row(connection, name);
        List<Entry> entries = entries(connection, room, range + " LIMIT ?", bound, limit);
        if (range.endsWith("DESC")) {
            Collections.reverse(entries);
        }
        List<Entry> amends = entries.isEmpty()
                ? List.of()
                : amends(
                        connection,
                        room,
                        entries.get(0).seq(),
                        entries.get(entries.size() - 1).seq());
        return new MessageLog.Page(head(room), room.first, entries, amends);
    }

    /** Messages with all words of the query, and what is around each. */
    MessageLog.Hits search(Connection connection, String name, String query, long before, int limit)
            throws SQLException {
        RoomRow room = SqliteRooms.row(connection, name);
        List<String> words = SearchText.wordsOf(query);
        List<Long> seqs = words.isEmpty() ? List.of() : SqliteSearch.find(connection, room.id, words, before, limit);
        List<MessageLog.Hit> hits = new ArrayList<>();
        Set<Long> shown = new TreeSet<>();
        for (long seq : seqs) {
            Entry entry = entries(connection, room, "seq = ?", seq).get(0);
            List<Entry> around = new ArrayList<>(2);
            around.addAll(entries(connection, room, "seq < ? AND kind = 0 ORDER BY seq DESC LIMIT 1", seq));
            around.addAll(entries(connection, room, "seq > ? AND kind = 0 ORDER BY seq LIMIT 1", seq));
            hits.add(new MessageLog.Hit(entry, around));
            shown.add(seq);
            around.forEach(other -> shown.add(other.seq()));
        }
        List<Entry> amends = new ArrayList<>();
        for (long seq : shown) {
            amends.addAll(amends(connection, room, seq, seq));
        }
        return new MessageLog.Hits(head(room), hits, amends, SqliteSearch.isIncomplete(connection));
    }

    private Position head(RoomRow room) {
        return new Position(epoch, room.head);
    }

    /** The latest edits, behind the last, of what stands from the first to the last. */
    private List<Entry> amends(Connection connection, RoomRow room, long first, long last) throws SQLException {
        return entries(
                connection,
                room,
                "seq IN (SELECT max(seq) FROM edits WHERE room_id = ? AND target BETWEEN ? AND ? GROUP BY target HAVING max(seq) > ?)"
                        + " ORDER BY seq",
                room.id,
                first,
                last,
                last);
    }

    private List<Entry> entries(Connection connection, RoomRow room, String condition, long... bounds)
            throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT + condition)) {
            select.setLong(1, room.id);
            for (int i = 0; i < bounds.length; i++) {
                select.setLong(i + 2, bounds[i]);
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row.getLong(1), row.getString(2), row.getBytes(3)));
                }
            }
        }
        return entries;
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
