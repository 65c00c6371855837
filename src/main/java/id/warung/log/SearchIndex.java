package id.warung.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * How the index is changed, in slices of a few milliseconds, each a transaction. A text of many words is put in, and taken out, in several of them:
 * its row says how many of its words are there. For the writing thread. Static, stateless.
 */
final class SearchIndex {
    /** Words that are put in at once; SQLite counts them as one row. */
    private static final int WORDS_IN = 512;

    /** Words that are overwritten at once. Each takes as long as putting in {@value #SLOWER}, for it is looked for in all parts of the index. */
    private static final int WORDS_OUT = 32;

    private static final int SLOWER = WORDS_IN / WORDS_OUT;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int PAGES_AT_A_TIME = 8;
    private static final int MOST_OVERHEAD_BYTES = 16; // of a row beside its content

    private static final String VERSION = "search-version";
    /** In the database while there is more to put in than what was said a moment ago. */
    static final String BUILDING = "search-building";

    private static final String MERGING = "search-merging"; // due: not begun yet

    private SearchIndex() {}

    /** One entry's way into the index, or out of it. */
    interface Step {
        /** Does a part of it; returns what that has cost, in words. */
        int take(SqliteWriter writer, boolean marking) throws SQLException;

        boolean isDone();

        /** What is known when it is done: the room, and up to where it was followed; 0: nothing. */
        long roomId();

        long seq();
    }

    /** Begins anew when the words that are in it would not be found; in the transaction that is open. */
    static void prepare(Connection connection) throws SQLException {
        String version = Integer.toString(SearchText.VERSION);
        if (version.equals(SqliteDatabase.meta(connection, VERSION))) {
            return;
        }
        try (Statement sql = connection.createStatement()) {
            sql.executeUpdate("INSERT INTO search (search) VALUES ('delete-all')");
            sql.executeUpdate("DELETE FROM searchable");
            sql.executeUpdate("UPDATE rooms SET indexed = first - 1");
        }
        SqliteDatabase.setMeta(connection, VERSION, version);
        SqliteDatabase.setMeta(connection, BUILDING, "yes");
    }

    /** All is in it; returns false, as there is no more to do. */
    static boolean isComplete(SqliteWriter writer) throws SQLException {
        writer.update("DELETE FROM meta WHERE key = ?", BUILDING);
        return false;
    }

    /**
     * Takes as many of the steps, from the first on, as fit into a slice.
     *
     * @param marking what is taken out is only marked: a merge takes it out, and is due
     */
    static boolean slice(SqliteWriter writer, Queue<Step> steps, boolean marking) throws SQLException {
        long begin = System.nanoTime();
        Map<Long, Long> followed = new HashMap<>();
        if (marking) {
            secureDelete(writer, false);
            writer.update("INSERT OR REPLACE INTO meta (key, value) VALUES (?, 'due')", MERGING);
        }
        for (int words = 0; !steps.isEmpty() && words < WORDS_IN && System.nanoTime() - begin < SLICE_NANOS; ) {
            Step step = steps.peek();
            words += step.take(writer, marking);
            if (step.isDone()) {
                followed.put(step.roomId(), step.seq());
                steps.remove();
            }
        }
        for (Map.Entry<Long, Long> room : followed.entrySet()) {
            writer.update("UPDATE rooms SET indexed = max(indexed, ?) WHERE id = ?", room.getValue(), room.getKey());
        }
        return true;
    }

    private static void secureDelete(SqliteWriter writer, boolean secure) throws SQLException {
        writer.update("INSERT INTO search (search, rank) VALUES ('secure-delete', ?)", secure ? 1 : 0);
    }

    /** Goes on with a merge that is due, after which nothing that was marked is left; false when none is. */
    static boolean merge(SqliteWriter writer) throws SQLException {
        String state = null;
        try (ResultSet row = writer.select("SELECT value FROM meta WHERE key = ?", MERGING)) {
            state = row.next() ? row.getString(1) : null;
        }
        if (state == null) {
            return false;
        }
        if (state.equals("due")) {
            secureDelete(writer, true);
            merge(writer, -PAGES_AT_A_TIME);
            writer.update("INSERT OR REPLACE INTO meta (key, value) VALUES (?, 'begun')", MERGING);
        } else if (merge(writer, PAGES_AT_A_TIME) < 2) {
            writer.update("DELETE FROM meta WHERE key = ?", MERGING);
        }
        writer.hasErased();
        return true;
    }

    /** Returns how many rows that has changed; fewer than two: it was nothing. */
    private static long merge(SqliteWriter writer, int pages) throws SQLException {
        long before = changes(writer);
        writer.update("INSERT INTO search (search, rank) VALUES ('merge', ?)", pages);
        return changes(writer) - before;
    }

    private static long changes(SqliteWriter writer) throws SQLException {
        try (ResultSet row = writer.select("SELECT total_changes()")) {
            row.next();
            return row.getLong(1);
        }
    }

    /**
     * SQLite overwrites what is deleted, but where it has put the rows of a page in another order it leaves behind what stood between. In the
     * first page of the index, which has what changes each time, that happens: to make one of its rows as large as the page has room for, and
     * small again, overwrites all of it.
     */
    static boolean scrub(SqliteWriter writer) throws SQLException {
        int unused;
        byte[] block;
        try (ResultSet row = writer.select(
                "SELECT unused FROM dbstat WHERE name = 'search_data' AND pagetype = 'leaf' ORDER BY path LIMIT 1")) {
            unused = row.next() ? row.getInt(1) : 0;
        }
        try (ResultSet row = writer.select("SELECT block FROM search_data WHERE id = 1")) {
            block = row.next() ? row.getBytes(1) : null;
        }
        if (block == null || unused < MOST_OVERHEAD_BYTES) {
            return false;
        }
        String update = "UPDATE search_data SET block = ? WHERE id = 1";
        writer.update(update, (Object) Arrays.copyOf(block, block.length + unused - MOST_OVERHEAD_BYTES));
        writer.update(update, (Object) block);
        return true;
    }

    /** Takes out what is gone from the log. */
    static Step takingOut(long id, List<String> words) {
        return new TakingOut(id, words);
    }

    /**
     * Puts in the words of a message, or of an edit.
     *
     * @param words null when the entry has none
     * @param source the entry whose words are there now, and are taken out before; 0: there are none
     */
    static Step following(
            long roomId, long seq, long target, List<String> words, long source, List<String> wordsOfSource) {
        return new Following(roomId, seq, target, words, source, wordsOfSource);
    }

    /** Puts the next words in; returns how many. */
    private static int putIn(SqliteWriter writer, long id, List<String> words, int from) throws SQLException {
        int to = Math.min(words.size(), from + WORDS_IN);
        writer.update("INSERT INTO search (rowid, words) VALUES (?, ?)", id, String.join(" ", words.subList(from, to)));
        writer.update("UPDATE searchable SET words = ? WHERE id = ?", to, id);
        return to - from;
    }

    /** Takes out the last of so many words; returns how many are left. */
    private static int takeOut(SqliteWriter writer, long id, List<String> words, int there, boolean marking)
            throws SQLException {
        int begin = (there - 1) / WORDS_IN * WORDS_IN; // of what was put in at once
        int from = marking ? begin : Math.max(begin, there - WORDS_OUT);
        if (from > begin) {
            writer.update("INSERT INTO search (rowid, words) VALUES (?, '')", id); // else it counts less than no rows
        }
        writer.update(
                "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
                id,
                String.join(" ", words.subList(from, there)));
        writer.update("UPDATE searchable SET words = ? WHERE id = ?", from, id);
        writer.hasErased();
        return from;
    }

    private static final class TakingOut implements Step {
        private final long id;
        private final List<String> words;
        private boolean done;

        TakingOut(long id, List<String> words) {
            this.id = id;
            this.words = words;
        }

        @Override
        public int take(SqliteWriter writer, boolean marking) throws SQLException {
            int there = 0;
            try (ResultSet row = writer.select("SELECT words FROM searchable WHERE id = ?", id)) {
                there = row.next() ? row.getInt(1) : 0;
            }
            int left = there == 0 ? 0 : takeOut(writer, id, words, there, marking);
            if (left == 0) {
                writer.update("DELETE FROM searchable WHERE id = ?", id);
                writer.hasErased();
                done = true;
            }
            return (there - left) * (marking ? 1 : SLOWER) + 1;
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public long roomId() {
            return 0;
        }

        @Override
        public long seq() {
            return 0;
        }
    }

    private static final class Following implements Step {
        private final long roomId;
        private final long seq;
        private final long target;
        private final List<String> words;
        private final long source;
        private final List<String> wordsOfSource;
        private boolean done;

        Following(long roomId, long seq, long target, List<String> words, long source, List<String> wordsOfSource) {
            this.roomId = roomId;
            this.seq = seq;
            this.target = target;
            this.words = words;
            this.source = source;
            this.wordsOfSource = wordsOfSource;
        }

        /** Looks again first: since it was read the entry may have been erased, trimmed, or edited once more. */
        @Override
        public int take(SqliteWriter writer, boolean marking) throws SQLException {
            if (words == null || !isThere(writer)) {
                done = true;
                return 1;
            }
            if (seq == target) {
                writer.update(
                        "INSERT INTO searchable (room_id, seq, source) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        roomId,
                        seq,
                        seq);
            }
            long last = lastEdit(writer);
            if (last != 0 && last != seq) {
                done = true; // that one's words stand for the message
                return 1;
            }
            return takeInto(writer);
        }

        private boolean isThere(SqliteWriter writer) throws SQLException {
            try (ResultSet row = writer.select(
                    "SELECT 1 FROM entries WHERE room_id = ? AND seq = ? AND kind IN (0, 1)", roomId, seq)) {
                return row.next();
            }
        }

        private long lastEdit(SqliteWriter writer) throws SQLException {
            try (ResultSet row =
                    writer.select("SELECT max(seq) FROM edits WHERE room_id = ? AND target = ?", roomId, target)) {
                return row.next() ? row.getLong(1) : 0;
            }
        }

        private int takeInto(SqliteWriter writer) throws SQLException {
            long id;
            long sourceNow;
            int there;
            try (ResultSet row = writer.select(
                    "SELECT id, source, words FROM searchable WHERE room_id = ? AND seq = ? AND json IS NULL",
                    roomId,
                    target)) {
                if (!row.next()) {
                    done = true; // the message was trimmed
                    return 1;
                }
                id = row.getLong(1);
                sourceNow = row.getLong(2);
                there = row.getInt(3);
            }
            if (sourceNow != seq && there > 0) {
                if (sourceNow != source) {
                    throw new IllegalStateException("The index was changed by somebody else");
                }
                takeOut(writer, id, wordsOfSource, there, false);
                return WORDS_IN; // what is put in under the same number comes with the next transaction
            }
            if (sourceNow != seq) {
                writer.update("UPDATE searchable SET source = ? WHERE id = ?", seq, id);
            }
            int put = there == words.size() ? 0 : putIn(writer, id, words, there);
            done = there + put == words.size();
            return put + 1;
        }

        @Override
        public boolean isDone() {
            return done;
        }

        @Override
        public long roomId() {
            return roomId;
        }

        @Override
        public long seq() {
            return seq;
        }
    }
}
