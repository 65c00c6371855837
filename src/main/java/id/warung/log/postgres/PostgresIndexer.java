package id.warung.log.postgres;

import id.warung.log.CommittedEntry;
import id.warung.log.Committer;
import id.warung.log.SearchText;
import id.warung.log.command.EntryKind;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the search index up to date, shortly behind the log. Any node may do so, one at a time: each part of the work is a transaction
 * that holds {@link #lock the lock of the jobs}. A node indexes the rooms in which it has written itself, and now and then looks at
 * all, for those that another node has left. The work is for one thread; the listener for any.
 */
final class PostgresIndexer implements Committer.Listener {
    private static final Duration LOOK_AT_ALL = Duration.ofMinutes(1);
    private static final int ENTRIES_AT_A_TIME = 500;
    private static final int ROOMS_AT_A_TIME = 200;
    /** With more rooms than this it is cheaper to look at all. */
    private static final int MANY_ROOMS = 5_000;

    static final String VERSION = "search-version";

    private static final String BEHIND = """
            SELECT r.id, r.name, greatest(r.first - 1, i.seq), r.head FROM {s}.rooms r LEFT JOIN {s}.indexed i ON i.room_id = r.id
            WHERE r.head > greatest(r.first - 1, i.seq)""";
    private static final String NEXT = """
            SELECT r.id, e.seq, e.kind, e.json
            FROM unnest(?1::bigint[], ?2::bigint[], ?3::bigint[]) WITH ORDINALITY r (id, after, head, nth)
            CROSS JOIN LATERAL (SELECT seq, kind, json FROM {s}.entries
              WHERE room_id = r.id AND seq > r.after AND seq <= r.head ORDER BY seq LIMIT ?4) e
            ORDER BY r.nth, e.seq LIMIT ?4
            """;
    /** Of a message that is there: one that is trimmed or erased has no words. */
    private static final String PUT = """
            INSERT INTO {s}.search (room_id, seq, words)
            SELECT e.room_id, e.seq, array_to_tsvector(string_to_array(w.words, ' '))
            FROM unnest(?1::bigint[], ?2::bigint[], ?3::text[]) w (room_id, seq, words)
              JOIN {s}.entries e ON e.room_id = w.room_id AND e.seq = w.seq AND e.kind = 0
            ORDER BY e.room_id, e.seq
            ON CONFLICT (room_id, seq) DO UPDATE SET words = excluded.words
            """;

    private static final String PROGRESS = """
            INSERT INTO {s}.indexed (room_id, seq) SELECT * FROM unnest(?1::bigint[], ?2::bigint[])
            ON CONFLICT (room_id) DO UPDATE SET seq = excluded.seq
            """;

    /** A room that is not completely indexed: its head, and after which entry to go on. */
    private record Backlog(long id, String name, long after, long head) {}

    private record Message(long room, long seq) {}

    private final Transactions database;
    private final EntryCodec codec;
    private final Clock clock;
    private final Set<String> written = ConcurrentHashMap.newKeySet(); // by this node, since it looked
    private long allAtMillis = Long.MIN_VALUE;

    PostgresIndexer(Transactions database, EntryCodec codec, Clock clock) {
        this.database = database;
        this.codec = codec;
        this.clock = clock;
    }

    @Override
    public void onCommitted(CommittedEntry entry) {
        written.add(entry.room());
    }

    @Override
    public void onGroupCommitted() {
        // it reads in its own time
    }

    /** Waits until no other node runs a part of such a job, for half a second at most; held until the end of the transaction. */
    static void lock(Statements sql) throws SQLException {
        sql.one(row -> true, "SELECT pg_advisory_xact_lock(hashtext('{s}.jobs'))");
    }

    /** Indexes some entries; returns whether there may be more. Does nothing where nothing was written. */
    boolean work() throws IOException {
        boolean all = clock.millis() - LOOK_AT_ALL.toMillis() >= allAtMillis || written.size() > MANY_ROOMS;
        List<String> some =
                all ? List.of() : written.stream().limit(ROOMS_AT_A_TIME).toList();
        if (!all && some.isEmpty()) {
            return false;
        }
        List<String> looked = all ? List.copyOf(written) : some;
        looked.forEach(written::remove); // before it looks: later entries are seen next time
        boolean done = false;
        try {
            boolean more = database.write(sql -> index(sql, all ? null : some));
            if (all && !more) {
                allAtMillis = clock.millis();
            }
            done = !more;
            return more || (!all && !written.isEmpty());
        } finally {
            if (!done) {
                written.addAll(looked);
            }
        }
    }

    /** {@code names}: null for all rooms. */
    private boolean index(Statements sql, List<String> names) throws SQLException {
        lock(sql);
        if (names == null && !isOfThisVersion(sql)) {
            return false;
        }
        List<Backlog> behind = names == null
                ? sql.all(PostgresIndexer::backlog, BEHIND + " ORDER BY r.at_ms DESC LIMIT " + ROOMS_AT_A_TIME)
                : sql.all(PostgresIndexer::backlog, BEHIND + " AND r.name = ANY (?)", (Object)
                        names.toArray(String[]::new));
        if (behind.isEmpty()) {
            return false;
        }
        Map<Message, byte[]> texts = new LinkedHashMap<>(); // of a message, what it says after its last edit of these
        Map<Long, Long> reached = new LinkedHashMap<>(); // by room
        int read = 0;
        for (Object unused : sql.all(
                row -> take(row.getLong(1), row.getLong(2), row.getInt(3), row.getBytes(4), texts, reached),
                NEXT,
                behind.stream().map(Backlog::id).toArray(Long[]::new),
                behind.stream().map(Backlog::after).toArray(Long[]::new),
                behind.stream().map(Backlog::head).toArray(Long[]::new),
                ENTRIES_AT_A_TIME)) {
            read++;
        }
        put(sql, texts);
        boolean more = read == ENTRIES_AT_A_TIME;
        if (!more) { // then every room was read up to its head, also one of which nothing is kept
            behind.forEach(room -> reached.put(room.id(), room.head()));
        }
        sql.update(
                PROGRESS,
                reached.keySet().toArray(Long[]::new),
                reached.values().toArray(Long[]::new));
        return more || (names == null && behind.size() == ROOMS_AT_A_TIME);
    }

    private static Backlog backlog(java.sql.ResultSet row) throws SQLException {
        return new Backlog(row.getLong(1), row.getString(2), row.getLong(3), row.getLong(4));
    }

    private Object take(
            long room, long seq, int kind, byte[] json, Map<Message, byte[]> texts, Map<Long, Long> reached) {
        if (kind == EntryKind.MESSAGE.code()) {
            texts.put(new Message(room, seq), json);
        } else if (kind == EntryKind.EDITED.code()) {
            texts.put(new Message(room, codec.header(json).target()), json);
        }
        return reached.put(room, seq);
    }

    private void put(Statements sql, Map<Message, byte[]> texts) throws SQLException {
        List<Long> rooms = new ArrayList<>();
        List<Long> seqs = new ArrayList<>();
        List<String> words = new ArrayList<>();
        texts.forEach((message, json) -> {
            rooms.add(message.room());
            seqs.add(message.seq());
            words.add(String.join(
                    " ", SearchWords.of(message.room(), codec.header(json).text())));
        });
        if (!rooms.isEmpty()) {
            sql.update(PUT, rooms.toArray(Long[]::new), seqs.toArray(Long[]::new), words.toArray(String[]::new));
        }
    }

    /**
     * Begins anew where words of an older version would not be found any more. A node of an older version leaves the index to the others.
     */
    private static boolean isOfThisVersion(Statements sql) throws SQLException {
        String version = sql.one(row -> row.getString(1), "SELECT value FROM {s}.meta WHERE key = ?", VERSION);
        int there = version == null ? 0 : Integer.parseInt(version);
        if (there < SearchText.VERSION) {
            sql.execute("DELETE FROM {s}.search; DELETE FROM {s}.indexed");
            sql.update(
                    "INSERT INTO {s}.meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    VERSION,
                    Integer.toString(SearchText.VERSION));
        }
        return there <= SearchText.VERSION;
    }
}
