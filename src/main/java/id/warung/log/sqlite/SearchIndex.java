package id.warung.log.sqlite;

import id.warung.log.SearchText;
import id.warung.protocol.User;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Changes the search index, in slices of a few milliseconds, each a transaction. A text of many words is added and removed in several
 * slices: its row says how many of its words are in the index. For the writing thread. Static, stateless.
 */
final class SearchIndex {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int PAGES_AT_A_TIME = 8;

    private static final String VERSION = "search-version";
    /** A key in the database while more than recent entries has to be indexed. */
    static final String BUILDING = "search-building";

    /**
     * A key in the database while users' names are folded as by an earlier version; its value is the last user that is done, in the order
     * of ids.
     */
    static final String FOLDING_PEOPLE = "folding-people";

    private static final String MERGING = "search-merging"; // due, not started

    /** A user with the folded name by which they are found. */
    record SearchedName(User user, String folded) {}

    private SearchIndex() {}

    /** Starts to rebuild the index if the indexed words would not be found any more; in the open transaction. */
    static void prepare(Statements sql) throws SQLException {
        String version = Integer.toString(SearchText.VERSION);
        if (version.equals(SqliteDatabase.meta(sql, VERSION))) {
            return;
        }
        sql.update("INSERT INTO search (search) VALUES ('delete-all')");
        sql.update("DELETE FROM searchable");
        sql.update("UPDATE rooms SET indexed = first - 1");
        SqliteDatabase.setMeta(sql, VERSION, version);
        SqliteDatabase.setMeta(sql, BUILDING, "yes");
        SqliteDatabase.setMeta(sql, FOLDING_PEOPLE, "");
    }

    /** Stores the folded names of users, unless they have other names by now, and the last user that is done; in the open transaction. */
    static Void foldPeople(Statements sql, Iterable<SearchedName> names, String last) throws SQLException {
        for (SearchedName each : names) {
            sql.update(
                    "UPDATE users SET folded = ? WHERE id = ? AND name = ?",
                    each.folded(),
                    each.user().id(),
                    each.user().name());
        }
        if (last == null) {
            sql.update("DELETE FROM meta WHERE key = ?", FOLDING_PEOPLE);
        } else {
            SqliteDatabase.setMeta(sql, FOLDING_PEOPLE, last);
        }
        return null;
    }

    /** Everything is indexed; returns false, because nothing more is to be done. */
    static boolean isComplete(SqliteWriter writer) throws SQLException {
        writer.sql().update("DELETE FROM meta WHERE key = ?", BUILDING);
        return false;
    }

    /**
     * Takes as many steps, from the first on, as fit into a slice.
     *
     * @param marking words are only marked as removed; a merge, which is then due, removes them
     */
    static boolean slice(SqliteWriter writer, Queue<SearchStep> steps, boolean marking) throws SQLException {
        long begin = System.nanoTime();
        Map<Long, Long> followed = new HashMap<>();
        if (marking) {
            secureDelete(writer, false);
            SqliteDatabase.setMeta(writer.sql(), MERGING, "due");
        }
        for (int words = 0;
                !steps.isEmpty() && words < SearchStep.WORDS_IN && System.nanoTime() - begin < SLICE_NANOS; ) {
            SearchStep step = steps.peek();
            words += step.take(writer, marking);
            if (step.isDone()) {
                followed.put(step.roomId(), step.seq());
                steps.remove();
            }
        }
        for (Map.Entry<Long, Long> room : followed.entrySet()) {
            writer.sql()
                    .update("UPDATE rooms SET indexed = max(indexed, ?) WHERE id = ?", room.getValue(), room.getKey());
        }
        return true;
    }

    private static void secureDelete(SqliteWriter writer, boolean secure) throws SQLException {
        writer.sql().update("INSERT INTO search (search, rank) VALUES ('secure-delete', ?)", secure ? 1 : 0);
    }

    /** Continues a merge that is due, after which no marked words are left; false when none is due. */
    static boolean merge(SqliteWriter writer) throws SQLException {
        String state = SqliteDatabase.meta(writer.sql(), MERGING);
        if (state == null) {
            return false;
        }
        if (state.equals("due")) {
            secureDelete(writer, true);
            merge(writer, -PAGES_AT_A_TIME);
            SqliteDatabase.setMeta(writer.sql(), MERGING, "begun");
        } else if (merge(writer, PAGES_AT_A_TIME) < 2) {
            writer.sql().update("DELETE FROM meta WHERE key = ?", MERGING);
        }
        writer.hasErased();
        return true;
    }

    /** Returns how many rows were changed; fewer than two mean that there was nothing to merge. */
    private static long merge(SqliteWriter writer, int pages) throws SQLException {
        long before = changes(writer);
        writer.sql().update("INSERT INTO search (search, rank) VALUES ('merge', ?)", pages);
        return changes(writer) - before;
    }

    private static long changes(SqliteWriter writer) throws SQLException {
        return writer.sql().one(row -> row.getLong(1), "SELECT total_changes()");
    }
}
