package id.warung.log.sqlite;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.PageBytes;
import id.warung.log.SearchText;
import id.warung.protocol.EntryCodec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

    /** The page of entries that match the condition with {@code bound}, in order of seq. */
    MessageLog.Page page(Statements sql, String name, String range, long bound, int limit, int maxBytes)
            throws SQLException {
        RoomRow room = SqliteRooms.rowWithMembers(sql, name, epoch);
        List<Entry> entries = entries(sql, range + " LIMIT ?", maxBytes, room.id(), bound, limit);
        // enough to see that there are too many
        List<Entry> amendments = amendmentsOfPage(sql, room, entries, 2L * maxBytes);
        while (PageBytes.of(amendments) > maxBytes
                && entries.size() > 1) { // many short messages, each with a long edit
            entries = entries.subList(0, entries.size() / 2);
            amendments = amendmentsOfPage(sql, room, entries, 2L * maxBytes);
        }
        if (range.endsWith("DESC")) {
            entries = new ArrayList<>(entries);
            Collections.reverse(entries);
        }
        return new MessageLog.Page(room.state(), room.first(), entries, amendments);
    }

    private List<Entry> amendmentsOfPage(Statements sql, RoomRow room, List<Entry> entries, long maxBytes)
            throws SQLException {
        if (entries.isEmpty()) {
            return List.of();
        }
        long one = entries.get(0).seq();
        long other = entries.get(entries.size() - 1).seq();
        return amendments(sql, room, Math.min(one, other), Math.max(one, other), maxBytes);
    }

    /** Messages that contain all words of the query, with their context. */
    MessageLog.Hits search(Statements sql, String name, String query, long before, int limit, int maxBytes)
            throws SQLException {
        RoomRow room = SqliteRooms.rowWithMembers(sql, name, epoch);
        List<String> words = SearchText.wordsOf(query);
        List<Long> seqs = words.isEmpty() ? List.of() : SqliteSearch.find(sql, room.id(), words, before, limit);
        PageBytes page = new PageBytes(maxBytes);
        List<MessageLog.Hit> hits = new ArrayList<>();
        SortedMap<Long, List<Entry>> amendments = new TreeMap<>(); // by what they amend
        for (long seq : seqs) {
            Entry entry = one(sql, room, "seq = ?", seq).get(0);
            List<Entry> around = new ArrayList<>(2);
            around.addAll(one(sql, room, "seq < ? AND kind = 0 ORDER BY seq DESC LIMIT 1", seq));
            around.addAll(one(sql, room, "seq > ? AND kind = 0 ORDER BY seq LIMIT 1", seq));
            SortedMap<Long, List<Entry>> added = new TreeMap<>();
            for (Entry shown : shown(entry, around)) {
                if (!amendments.containsKey(shown.seq())) {
                    added.put(shown.seq(), amendments(sql, room, shown.seq(), shown.seq(), Long.MAX_VALUE));
                }
            }
            long bytes = PageBytes.of(shown(entry, around))
                    + added.values().stream().mapToLong(PageBytes::of).sum();
            if (!page.takes(bytes)) {
                break;
            }
            hits.add(new MessageLog.Hit(entry, around));
            amendments.putAll(added);
        }
        boolean more = hits.size() < seqs.size() || hits.size() == limit;
        List<Entry> edits = amendments.values().stream().flatMap(List::stream).toList();
        return new MessageLog.Hits(room.state(), hits, edits, more, SqliteSearch.isIncomplete(sql));
    }

    private static List<Entry> shown(Entry entry, List<Entry> around) {
        List<Entry> shown = new ArrayList<>(around);
        shown.add(entry);
        return shown;
    }

    /** The latest edits, after {@code last}, of messages from {@code first} to {@code last}. */
    private List<Entry> amendments(Statements sql, RoomRow room, long first, long last, long maxBytes)
            throws SQLException {
        return entries(
                sql,
                "seq IN (SELECT max(seq) FROM edits WHERE room_id = ? AND target BETWEEN ? AND ? GROUP BY target HAVING max(seq) > ?)"
                        + " ORDER BY seq",
                maxBytes,
                room.id(),
                room.id(),
                first,
                last,
                last);
    }

    private List<Entry> one(Statements sql, RoomRow room, String condition, long bound) throws SQLException {
        return entries(sql, condition, Long.MAX_VALUE, room.id(), bound);
    }

    /** The first parameter is the room. Stops before an entry that would exceed {@code maxBytes}, unless it is the first. */
    private List<Entry> entries(Statements sql, String condition, long maxBytes, Object... parameters)
            throws SQLException {
        List<Entry> entries = new ArrayList<>();
        PageBytes page = new PageBytes(maxBytes);
        sql.each(
                row -> {
                    Entry entry = entry(row.getLong(1), row.getString(2), row.getBytes(3));
                    boolean fits = page.takes(entry.json().length);
                    if (fits) {
                        entries.add(entry);
                    }
                    return fits;
                },
                SELECT + condition,
                parameters);
        return entries;
    }

    private Entry entry(long seq, String author, byte[] json) throws SQLException {
        try {
            codec.check(json);
            return new Entry(seq, author, json);
        } catch (IllegalArgumentException e) { // the file is intact, but its content is invalid
            throw new SQLiteException(e.getMessage(), SQLiteErrorCode.SQLITE_CORRUPT);
        }
    }
}
