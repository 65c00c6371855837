package id.warung.log.sqlite;

import id.warung.log.SearchText;
import id.warung.log.command.EntryKind;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Folding;
import id.warung.protocol.User;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * Keeps the search index up to date: it follows the log shortly behind, and removes the words of erased entries. It reads and folds by
 * itself; the writing thread writes, a slice at a time, after checking that the log has not changed since it was read. It may be killed
 * at any moment: its progress is in the database. For one thread at a time, which is not the writing one.
 */
final class SearchIndexer {
    private static final int ENTRIES_AT_A_TIME = 200;
    private static final int BYTES_AT_A_TIME = 128 * 1024;
    /** Beyond this number of removals it is cheaper to mark them and to merge the index than to overwrite their words one by one. */
    private static final int MANY = 500;

    private static final int PEOPLE_AT_A_TIME = 100;
    private static final int MANY_WORDS = 10_000;

    static final String BEHIND =
            "SELECT id, indexed + 1, head, coalesce((SELECT at_ms FROM entries WHERE room_id = rooms.id AND seq > indexed"
                    + " ORDER BY seq LIMIT 1), 0) FROM rooms WHERE indexed < head";

    /** Runs work on the writing thread, between two groups, and waits for it. */
    interface Writing {
        default <T> T write(SqliteWriter.Work<T> work) throws IOException {
            return write(work, result -> {});
        }

        /**
         * Writes; {@code committed} receives the result on the writing thread, right after the commit and before anything else is
         * written.
         */
        <T> T write(SqliteWriter.Work<T> work, Consumer<T> committed) throws IOException;
    }

    /** A room that is not completely indexed: its next entry, and when that was written. */
    private record Backlog(long roomId, long next, long to, long atMillis) {}

    /** An entry as it was read; without JSON it has no words. For an edit: the entry whose words are removed first. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record RawEntry(long roomId, long seq, int kind, byte[] json, long source, byte[] sourceJson) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record ErasedEntry(long id, long roomId, byte[] json) {}

    private final SqliteDirectory.Reading reading;
    private final EntryCodec codec;
    private final PriorityQueue<Backlog> behind =
            new PriorityQueue<>(Comparator.comparingLong(Backlog::atMillis).thenComparingLong(Backlog::roomId));

    SearchIndexer(SqliteDirectory.Reading reading, EntryCodec codec) {
        this.reading = reading;
        this.codec = codec;
    }

    /** Does some of the work; returns false when there was none. */
    boolean work(Writing writing) throws IOException {
        boolean sound = false;
        try {
            boolean removed = removeErased(writing);
            boolean folded = foldPeople(writing);
            boolean followed = follow(writing);
            sound = true;
            return removed || folded || followed;
        } finally {
            if (!sound) {
                behind.clear(); // the progress is in the database
            }
        }
    }

    /** Works for at most this long before the end, so that no words of erased entries remain; removals come first. */
    void finish(Writing writing, Duration atMost) throws IOException {
        long begin = System.nanoTime();
        while ((removeErased(writing) || follow(writing)) && System.nanoTime() - begin < atMost.toNanos()) {
            // in small parts
        }
    }

    private boolean removeErased(Writing writing) throws IOException {
        List<ErasedEntry> gone = reading.read(SearchIndexer::gone);
        if (gone.isEmpty()) {
            return writing.write(SearchIndex::merge);
        }
        long total = 0;
        Queue<SearchStep> steps = new ArrayDeque<>();
        for (ErasedEntry each : gone.subList(0, Math.min(gone.size(), MANY))) {
            List<String> words = words(each.roomId(), each.json());
            total += words.size();
            steps.add(SearchStep.takingOut(each.id(), words));
        }
        boolean many = gone.size() > MANY || total > MANY_WORDS;
        while (!steps.isEmpty()) {
            writing.write(writer -> SearchIndex.slice(writer, steps, many));
        }
        return true;
    }

    private static List<ErasedEntry> gone(Statements sql) throws SQLException {
        return sql.all(
                row -> new ErasedEntry(row.getLong(1), row.getLong(2), row.getBytes(3)),
                "SELECT id, room_id, json FROM searchable WHERE json IS NOT NULL ORDER BY id LIMIT ?",
                MANY + 1);
    }

    /** Folds some of the names that are still folded as by another version; few of them change. */
    private boolean foldPeople(Writing writing) throws IOException {
        List<User> some = reading.read(sql -> {
            String after = SqliteDatabase.meta(sql, SearchIndex.FOLDING_PEOPLE);
            return after == null
                    ? null
                    : sql.all(
                            row -> new User(row.getString(1), row.getString(2)),
                            "SELECT id, name FROM users WHERE id > ? ORDER BY id LIMIT ?",
                            after,
                            PEOPLE_AT_A_TIME);
        });
        if (some == null) {
            return false;
        }
        List<SearchIndex.SearchedName> names = some.stream()
                .map(user -> new SearchIndex.SearchedName(user, Folding.of(user.name())))
                .toList();
        String last = some.isEmpty() ? null : some.get(some.size() - 1).id();
        writing.write(writer -> SearchIndex.foldPeople(writer.sql(), names, last));
        return true;
    }

    /** Follows all rooms in the order of time, so that the newest entry has the highest id. */
    private boolean follow(Writing writing) throws IOException {
        if (behind.isEmpty()) {
            behind.addAll(reading.read(SearchIndexer::behind));
            if (behind.isEmpty()) {
                return writing.write(SearchIndex::isComplete);
            }
        }
        Queue<SearchStep> steps = new ArrayDeque<>();
        for (RawEntry raw : reading.read(this::next)) {
            List<String> words = raw.json() == null ? null : words(raw.roomId(), raw.json());
            List<String> before = raw.sourceJson() == null ? List.of() : words(raw.roomId(), raw.sourceJson());
            long target = raw.kind() == EntryKind.EDITED.code() ? target(raw.json()) : raw.seq();
            steps.add(SearchStep.following(raw.roomId(), raw.seq(), target, words, raw.source(), before));
        }
        while (!steps.isEmpty()) {
            writing.write(writer -> SearchIndex.slice(writer, steps, false));
        }
        return true;
    }

    private static List<Backlog> behind(Statements sql) throws SQLException {
        return sql.all(row -> new Backlog(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)), BEHIND);
    }

    private List<RawEntry> next(Statements sql) throws SQLException {
        List<RawEntry> read = new ArrayList<>();
        long bytes = 0;
        while (!behind.isEmpty() && read.size() < ENTRIES_AT_A_TIME && bytes < BYTES_AT_A_TIME) {
            bytes += next(sql, behind.poll(), read, BYTES_AT_A_TIME - bytes);
        }
        return read;
    }

    /** Reads what this room has before any other room's next entry; returns the number of bytes. */
    private long next(Statements sql, Backlog room, List<RawEntry> read, long maxBytes) throws SQLException {
        long until = behind.isEmpty() ? Long.MAX_VALUE : behind.peek().atMillis();
        RoomReading part = new RoomReading(sql, room, read, maxBytes, until);
        sql.each(
                part,
                "SELECT seq, at_ms, kind, json FROM entries WHERE room_id = ? AND seq >= ? AND seq <= ? ORDER BY seq",
                room.roomId(),
                room.next(),
                room.to());
        if (part.rest == null) {
            read.add(new RawEntry(room.roomId(), room.to(), EntryKind.OTHER.code(), null, 0, null));
        } else {
            behind.add(part.rest);
        }
        return part.bytes;
    }

    /** Reads on in a room until there is enough, or another room comes first. */
    private final class RoomReading implements Statements.RowVisitor {
        private final Statements sql;
        private final Backlog room;
        private final List<RawEntry> read;
        private final long maxBytes;
        private final long untilMillis;
        private boolean any;
        private long bytes;
        private Backlog rest; // null: none

        RoomReading(Statements sql, Backlog room, List<RawEntry> read, long maxBytes, long untilMillis) {
            this.sql = sql;
            this.room = room;
            this.read = read;
            this.maxBytes = maxBytes;
            this.untilMillis = untilMillis;
        }

        @Override
        public boolean take(ResultSet row) throws SQLException {
            boolean enough = read.size() >= ENTRIES_AT_A_TIME || bytes >= maxBytes || row.getLong(2) > untilMillis;
            if (enough && any) {
                rest = new Backlog(room.roomId(), row.getLong(1), room.to(), row.getLong(2));
                return false;
            }
            any = true;
            RawEntry raw = raw(sql, room.roomId(), row.getLong(1), row.getInt(3), row.getBytes(4));
            bytes += raw.json() == null ? 0 : raw.json().length;
            read.add(raw);
            return true;
        }
    }

    private RawEntry raw(Statements sql, long roomId, long seq, int kind, byte[] json) throws SQLException {
        if (kind == EntryKind.MESSAGE.code()) {
            return new RawEntry(roomId, seq, kind, json, 0, null);
        }
        if (kind != EntryKind.EDITED.code()) {
            return new RawEntry(roomId, seq, kind, null, 0, null);
        }
        RawEntry edit = sql.one(
                row -> new RawEntry(roomId, seq, kind, json, row.getLong(1), row.getBytes(2)),
                "SELECT s.source, e.json FROM searchable s JOIN entries e ON e.room_id = s.room_id AND e.seq = s.source"
                        + " WHERE s.room_id = ? AND s.seq = ? AND s.words > 0 AND s.json IS NULL",
                roomId,
                target(json));
        return edit == null ? new RawEntry(roomId, seq, kind, json, 0, null) : edit;
    }

    private long target(byte[] edit) {
        return codec.header(edit).target();
    }

    /** The words of an entry, always the same in the same order, so that they can be removed again; the first one identifies the room. */
    private List<String> words(long roomId, byte[] json) {
        List<String> words = new ArrayList<>();
        words.add(SqliteSearch.word(roomId));
        words.addAll(SearchText.indexed(codec.header(json).text()));
        return words;
    }
}
