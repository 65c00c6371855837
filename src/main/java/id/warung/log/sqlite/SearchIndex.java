package id.warung.log.sqlite;

import id.warung.log.SearchText;
import id.warung.protocol.User;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * How the index is changed, in slices of a few milliseconds, each a transaction. A text of many words is put in, and taken out, in several of them:
 * its row says how many of its words are there. For the writing thread. Static, stateless.
 */
final class SearchIndex {
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int PAGES_AT_A_TIME = 8;

    private static final String VERSION = "search-version";
    /** In the database while there is more to put in than what was said a moment ago. */
    static final String BUILDING = "search-building";

    /** In the database while names are folded as they were before: behind whom, in the order of ids. */
    static final String FOLDING_PEOPLE = "folding-people";

    private static final String MERGING = "search-merging"; // due: not begun yet

    /** A user, and what their name is searched by. */
    record SearchedName(User user, String folded) {}

    private SearchIndex() {}

    /** Begins anew when the words that are in it would not be found; in the transaction that is open. */
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

    /** Puts down by which names people are searched, unless they have others by now, and who was the last; in the transaction that is open. */
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

    /** All is in it; returns false, as there is no more to do. */
    static boolean isComplete(SqliteWriter writer) throws SQLException {
        writer.sql().update("DELETE FROM meta WHERE key = ?", BUILDING);
        return false;
    }

    /**
     * Takes as many of the steps, from the first on, as fit into a slice.
     *
     * @param marking what is taken out is only marked: a merge takes it out, and is due
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

    /** Goes on with a merge that is due, after which nothing that was marked is left; false when none is. */
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

    /** Returns how many rows that has changed; fewer than two: it was nothing. */
    private static long merge(SqliteWriter writer, int pages) throws SQLException {
        long before = changes(writer);
        writer.sql().update("INSERT INTO search (search, rank) VALUES ('merge', ?)", pages);
        return changes(writer) - before;
    }

    private static long changes(SqliteWriter writer) throws SQLException {
        return writer.sql().one(row -> row.getLong(1), "SELECT total_changes()");
    }
}
