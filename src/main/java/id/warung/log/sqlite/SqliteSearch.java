package id.warung.log.sqlite;

import id.warung.log.SearchText;
import java.sql.SQLException;
import java.util.List;

/** Searches messages by their words in the {@link SearchIndex}. Thread-safe, static, stateless. */
final class SqliteSearch {
    private static final String A_ROOM = "\uE000"; // no word starts with it

    private SqliteSearch() {}

    /** A word that every message of a room has, so that messages of other rooms need not be read. */
    static String word(long roomId) {
        return A_ROOM + roomId;
    }

    /** Whether some old messages are not in the index yet. */
    static boolean isIncomplete(Statements sql) throws SQLException {
        return SqliteDatabase.meta(sql, SearchIndex.BUILDING) != null;
    }

    /** The seqs of the latest messages before {@code before} that contain all words, newest first. */
    static List<Long> find(Statements sql, long roomId, List<String> words, long before, int limit)
            throws SQLException {
        return sql.all(
                row -> row.getLong(1),
                // within a room, ids are in the order of seq
                "SELECT s.seq FROM search JOIN searchable s ON s.id = search.rowid WHERE search MATCH ? AND s.json IS NULL"
                        + " AND search.rowid <= (SELECT id FROM searchable WHERE room_id = ? AND seq < ? ORDER BY seq DESC LIMIT 1)"
                        + " ORDER BY search.rowid DESC LIMIT ?",
                '"' + word(roomId) + "\" " + match(words),
                roomId,
                before,
                limit);
    }

    /** Words contain letters, digits and signs in their wide forms, never an ASCII sign, so quoting them is enough. */
    private static String match(List<String> words) {
        StringBuilder match = new StringBuilder();
        for (int i = 0; i < words.size(); i++) {
            match.append('"').append(words.get(i)).append('"').append(SearchText.isPrefix(words, i) ? "* " : " ");
        }
        return match.toString();
    }
}
