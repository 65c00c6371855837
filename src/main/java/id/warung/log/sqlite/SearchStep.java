package id.warung.log.sqlite;

import java.sql.SQLException;
import java.util.List;

/** A step that adds one entry to the index or removes it, in as many parts as its words take. For the writing thread. */
interface SearchStep {
    /** The number of words that are added at once; SQLite counts them as one row. */
    int WORDS_IN = 512;

    /**
     * The number of words that are overwritten at once. Each takes as long as adding {@value #SLOWER}, because it is looked up in all
     * parts of the index.
     */
    int WORDS_OUT = 32;

    int SLOWER = WORDS_IN / WORDS_OUT;
    /** Does a part of the step; returns its cost, in words. */
    int take(SqliteWriter writer, boolean marking) throws SQLException;

    boolean isDone();

    /** The room whose progress the step completes, and up to which entry; 0: none. */
    long roomId();

    long seq();

    /** A step that removes an entry which is gone from the log. */
    static SearchStep takingOut(long id, List<String> words) {
        return new Removal(id, words);
    }

    /**
     * A step that adds the words of a message or of an edit.
     *
     * @param words null when the entry has none
     * @param source the entry whose words are in the index now, and are removed first; 0: none
     */
    static SearchStep following(
            long roomId, long seq, long target, List<String> words, long source, List<String> wordsOfSource) {
        return new Following(roomId, seq, target, words, source, wordsOfSource);
    }

    /** Adds the next words; returns how many. */
    private static int addWords(SqliteWriter writer, long id, List<String> words, int from) throws SQLException {
        int to = Math.min(words.size(), from + WORDS_IN);
        writer.sql()
                .update(
                        "INSERT INTO search (rowid, words) VALUES (?, ?)",
                        id,
                        String.join(" ", words.subList(from, to)));
        writer.sql().update("UPDATE searchable SET words = ? WHERE id = ?", to, id);
        return to - from;
    }

    /** Removes the last of {@code there} words; returns how many are left. */
    private static int removeWords(SqliteWriter writer, long id, List<String> words, int there, boolean marking)
            throws SQLException {
        int begin = (there - 1) / WORDS_IN * WORDS_IN; // of what was added at once
        int from = marking ? begin : Math.max(begin, there - WORDS_OUT);
        if (from > begin) {
            writer.sql()
                    .update(
                            "INSERT INTO search (rowid, words) VALUES (?, '')",
                            id); // otherwise it counts less than no rows
        }
        writer.sql()
                .update(
                        "INSERT INTO search (search, rowid, words) VALUES ('delete', ?, ?)",
                        id,
                        String.join(" ", words.subList(from, there)));
        writer.sql().update("UPDATE searchable SET words = ? WHERE id = ?", from, id);
        writer.hasErased();
        return from;
    }

    final class Removal implements SearchStep {
        private final long id;
        private final List<String> words;
        private boolean done;

        Removal(long id, List<String> words) {
            this.id = id;
            this.words = words;
        }

        @Override
        public int take(SqliteWriter writer, boolean marking) throws SQLException {
            Integer inIndex = writer.sql().one(row -> row.getInt(1), "SELECT words FROM searchable WHERE id = ?", id);
            int there = inIndex == null ? 0 : inIndex;
            int left = there == 0 ? 0 : removeWords(writer, id, words, there, marking);
            if (left == 0) {
                writer.sql().update("DELETE FROM searchable WHERE id = ?", id);
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

    final class Following implements SearchStep {
        /** A message's row in the index: the entry whose words are there, and how many of them. */
        private record Indexed(long id, long source, int words) {}

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

        /** Checks first: since it was read, the entry may have been erased, trimmed, or edited again. */
        @Override
        public int take(SqliteWriter writer, boolean marking) throws SQLException {
            if (words == null || !isThere(writer)) {
                done = true;
                return 1;
            }
            if (seq == target) {
                writer.sql()
                        .update(
                                "INSERT INTO searchable (room_id, seq, source) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                                roomId,
                                seq,
                                seq);
            }
            long last = lastEdit(writer);
            if (last != 0 && last != seq) {
                done = true; // that entry's words stand for the message
                return 1;
            }
            return takeInto(writer);
        }

        private boolean isThere(SqliteWriter writer) throws SQLException {
            String select = "SELECT 1 FROM entries WHERE room_id = ? AND seq = ? AND kind IN (0, 1)";
            return writer.sql().one(row -> true, select, roomId, seq) != null;
        }

        private long lastEdit(SqliteWriter writer) throws SQLException {
            String select = "SELECT max(seq) FROM edits WHERE room_id = ? AND target = ?";
            return writer.sql().one(row -> row.getLong(1), select, roomId, target);
        }

        private int takeInto(SqliteWriter writer) throws SQLException {
            Indexed now = writer.sql()
                    .one(
                            row -> new Indexed(row.getLong(1), row.getLong(2), row.getInt(3)),
                            "SELECT id, source, words FROM searchable WHERE room_id = ? AND seq = ? AND json IS NULL",
                            roomId,
                            target);
            if (now == null) {
                done = true; // the message was trimmed
                return 1;
            }
            if (now.source() != seq && now.words() > 0) {
                if (now.source() != source) {
                    throw new IllegalStateException("The search index was changed outside the writing thread");
                }
                removeWords(writer, now.id(), wordsOfSource, now.words(), false);
                return WORDS_IN; // words under the same number are added in the next transaction
            }
            if (now.source() != seq) {
                writer.sql().update("UPDATE searchable SET source = ? WHERE id = ?", seq, now.id());
            }
            int put = now.words() == words.size() ? 0 : addWords(writer, now.id(), words, now.words());
            done = now.words() + put == words.size();
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
