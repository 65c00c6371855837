package id.warung.log.sqlite;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.MessageLog.PageRequest;
import id.warung.log.PageBytes;
import id.warung.log.SearchText;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Reads entries, each time in one snapshot of the database. Thread-safe. */
final class SqliteReader {
    private static final String SELECT = "SELECT seq, author, json FROM entries WHERE room_id = ? AND ";

    private static final String AFTER = "seq > ? ORDER BY seq LIMIT ?";
    /** Seqs have no holes, so that this skips no more reactions than it may. */
    private static final String BEFORE = "seq < ? AND seq >= ? AND (kind <> 5 OR seq = ?) ORDER BY seq DESC LIMIT ?";

    private final EntryCodec codec;
    private final String epoch;

    SqliteReader(EntryCodec codec, String epoch) {
        this.codec = codec;
        this.epoch = epoch;
    }

    MessageLog.Page after(Statements sql, PageRequest asked, long after, boolean withReactions) throws SQLException {
        RoomRow room = SqliteRooms.rowWithMembers(sql, asked.room(), epoch);
        List<Entry> entries = entries(sql, AFTER, asked.maxBytes(), room.id(), after, asked.limit());
        return page(sql, room, asked, entries, withReactions);
    }

    MessageLog.Page before(Statements sql, PageRequest asked, long before) throws SQLException {
        RoomRow room = SqliteRooms.rowWithMembers(sql, asked.room(), epoch);
        long least = Math.max(room.first(), Math.min(before, room.head() + 1) - MessageLog.SKIPPED_REACTIONS);
        List<Entry> entries = entries(sql, BEFORE, asked.maxBytes(), room.id(), before, least, least, asked.limit());
        return page(sql, room, asked, entries, true);
    }

    /** Leaves out the last of these entries until their edits and the reactions to them fit; returns them in order of seq. */
    private MessageLog.Page page(
            Statements sql, RoomRow room, PageRequest asked, List<Entry> entries, boolean withReactions)
            throws SQLException {
        List<Entry> some = entries;
        while (true) {
            if (some.isEmpty()) {
                return new MessageLog.Page(room.state(), room.first(), some, List.of());
            }
            long one = some.get(0).seq();
            long other = some.get(some.size() - 1).seq();
            long from = Math.min(one, other);
            long to = Math.max(one, other);
            long enough = 2L * asked.maxBytes(); // to see that there are too many
            List<Entry> amendments = amendments(sql, room, from, to, enough);
            List<Reactions> reactions =
                    withReactions ? SqliteReactions.of(sql, room, from, to, asked.userId(), enough) : List.of();
            long bytes = Math.max(
                    PageBytes.of(amendments),
                    reactions.stream().mapToLong(Reactions::weightBytes).sum());
            if (bytes <= asked.maxBytes() || some.size() == 1) { // there are many short messages, each with a long edit
                List<Entry> ordered = new ArrayList<>(some);
                ordered.sort(Comparator.comparingLong(Entry::seq));
                return new MessageLog.Page(room.state(), room.first(), ordered, amendments, reactions);
            }
            some = some.subList(0, some.size() / 2);
        }
    }

    /** Messages that contain all words of the query, with their context. */
    MessageLog.Hits search(Statements sql, PageRequest asked, String query, long before) throws SQLException {
        RoomRow room = SqliteRooms.rowWithMembers(sql, asked.room(), epoch);
        int limit = asked.limit();
        List<String> words = SearchText.wordsOf(query);
        List<Long> seqs = words.isEmpty() ? List.of() : SqliteSearch.find(sql, room.id(), words, before, limit);
        PageBytes page = new PageBytes(asked.maxBytes());
        List<MessageLog.Hit> hits = new ArrayList<>();
        SortedMap<Long, List<Entry>> amendments = new TreeMap<>(); // by what they amend
        SortedMap<Long, Reactions> reactions = new TreeMap<>();
        for (long seq : seqs) {
            Entry entry = one(sql, room, "seq = ?", seq).get(0);
            List<Entry> around = new ArrayList<>(2);
            around.addAll(one(sql, room, "seq < ? AND kind = 0 ORDER BY seq DESC LIMIT 1", seq));
            around.addAll(one(sql, room, "seq > ? AND kind = 0 ORDER BY seq LIMIT 1", seq));
            SortedMap<Long, List<Entry>> added = new TreeMap<>();
            SortedMap<Long, Reactions> reacted = new TreeMap<>();
            for (Entry shown : shown(entry, around)) {
                if (!amendments.containsKey(shown.seq())) {
                    added.put(shown.seq(), amendments(sql, room, shown.seq(), shown.seq(), Long.MAX_VALUE));
                    SqliteReactions.of(sql, room, shown.seq(), shown.seq(), asked.userId(), Long.MAX_VALUE)
                            .forEach(its -> reacted.put(its.seq(), its));
                }
            }
            long bytes = PageBytes.of(shown(entry, around))
                    + added.values().stream().mapToLong(PageBytes::of).sum()
                    + reacted.values().stream()
                            .mapToLong(Reactions::weightBytes)
                            .sum();
            if (!page.takes(bytes)) {
                break;
            }
            hits.add(new MessageLog.Hit(entry, around));
            amendments.putAll(added);
            reactions.putAll(reacted);
        }
        boolean more = hits.size() < seqs.size() || hits.size() == limit;
        List<Entry> edits = amendments.values().stream().flatMap(List::stream).toList();
        return new MessageLog.Hits(
                room.state(), hits, edits, List.copyOf(reactions.values()), more, SqliteSearch.isIncomplete(sql));
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
