package id.warung.log.postgres;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.MessageLog.PageRequest;
import id.warung.log.PageBytes;
import id.warung.log.RoomState;
import id.warung.log.SearchText;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reactions;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds messages by their words, which {@link PostgresIndexer} has put into the index. Thread-safe; blocks. */
final class PostgresSearch {
    private static final Duration LONGEST_SEARCH = Duration.ofSeconds(2);
    /** So many of the latest messages are looked at one by one: in them, frequent words are found often enough. */
    private static final int LATEST = 2_000;
    /** The search is incomplete in a room whose last so many entries, and more, are not indexed yet: others are so in a moment. */
    private static final int BEHIND = 1_000;

    private static final String AMONG_LATEST = """
            SELECT s.seq FROM (SELECT seq, words FROM {s}.search WHERE room_id = ?1 AND seq < ?2 ORDER BY seq DESC LIMIT %d) s
              JOIN {s}.entries e ON e.room_id = ?1 AND e.seq = s.seq AND e.kind = 0
            WHERE s.words @@ ?3::tsquery ORDER BY s.seq DESC LIMIT ?4
            """.formatted(LATEST);
    /** Sorts by what no index has, so that the words are looked up and not the room read from end to end. */
    private static final String AMONG_ALL = """
            SELECT s.seq FROM {s}.search s JOIN {s}.entries e ON e.room_id = ?1 AND e.seq = s.seq AND e.kind = 0
            WHERE s.room_id = ?1 AND s.seq < ?2 AND s.words @@ ?3::tsquery ORDER BY s.seq + 0 DESC LIMIT ?4
            """;

    private static final String WITH_NEIGHBOURS = """
            SELECT h.seq, e.seq, e.author, e.json FROM unnest(?2::bigint[]) h (seq) CROSS JOIN LATERAL (
              (SELECT seq, author, json FROM {s}.entries WHERE room_id = ?1 AND seq = h.seq)
              UNION ALL (SELECT seq, author, json FROM {s}.entries WHERE room_id = ?1 AND seq < h.seq AND kind = 0 ORDER BY seq DESC LIMIT 1)
              UNION ALL (SELECT seq, author, json FROM {s}.entries WHERE room_id = ?1 AND seq > h.seq AND kind = 0 ORDER BY seq LIMIT 1)) e
            ORDER BY h.seq DESC, e.seq
            """;
    private static final String LAST_EDITS = """
            SELECT DISTINCT ON (d.target) d.target, e.seq, e.author, e.json
            FROM {s}.edits d JOIN {s}.entries e ON e.room_id = d.room_id AND e.seq = d.seq
            WHERE d.room_id = ?1 AND d.target = ANY (?2) ORDER BY d.target, d.seq DESC
            """;

    private final Transactions database;
    private final EntryCodec codec;

    PostgresSearch(Transactions database, EntryCodec codec) {
        this.database = database;
        this.codec = codec;
    }

    /** As {@link MessageLog#search}; the state may be a moment older than the hits. */
    MessageLog.Hits search(RoomState state, PageRequest page, String query, long before) throws IOException {
        List<String> words = SearchText.wordsOf(query);
        try {
            return database.read(LONGEST_SEARCH, sql -> {
                Long id = id(sql, state.room());
                List<Long> seqs =
                        words.isEmpty() || id == null ? List.of() : find(sql, id, words, before, page.limit());
                return seqs.isEmpty()
                        ? new MessageLog.Hits(state, List.of(), List.of(), List.of(), false, isIncomplete(sql, id))
                        : hits(sql, state, page, id, seqs);
            });
        } catch (SQLException e) {
            if (!Transactions.isTooLate(e)) {
                throw PostgresFailure.of(e);
            }
            return new MessageLog.Hits(state, List.of(), List.of(), List.of(), false, true);
        }
    }

    private static Long id(Statements sql, String room) throws SQLException {
        return sql.one(row -> row.getLong(1), "SELECT id FROM {s}.rooms WHERE name = ?", room);
    }

    /** The seqs of the latest messages before {@code before} that contain all words, newest first. */
    private static List<Long> find(Statements sql, long room, List<String> words, long before, int limit)
            throws SQLException {
        String query = SearchWords.query(room, words);
        List<Long> latest = sql.all(row -> row.getLong(1), AMONG_LATEST, room, before, query, limit);
        return latest.size() == limit ? latest : sql.all(row -> row.getLong(1), AMONG_ALL, room, before, query, limit);
    }

    private static boolean isIncomplete(Statements sql, Long room) throws SQLException {
        return room != null
                && sql.one(
                        row -> row.getBoolean(1),
                        "SELECT r.head - greatest(r.first - 1, (SELECT seq FROM {s}.indexed WHERE room_id = r.id)) > "
                                + BEHIND + " FROM {s}.rooms r WHERE r.id = ?",
                        room);
    }

    private MessageLog.Hits hits(Statements sql, RoomState state, PageRequest asked, long room, List<Long> seqs)
            throws SQLException {
        Map<Long, List<Entry>> shown = new HashMap<>(); // by hit: it and its neighbours
        sql.all(
                row -> shown.computeIfAbsent(row.getLong(1), hit -> new ArrayList<>())
                        .add(entry(row)),
                WITH_NEIGHBOURS,
                room,
                seqs.toArray(Long[]::new));
        Long[] all = shown.values().stream()
                .flatMap(List::stream)
                .map(Entry::seq)
                .distinct()
                .toArray(Long[]::new);
        Map<Long, Entry> edits = new HashMap<>(); // by what they amend
        sql.all(row -> edits.put(row.getLong(1), entry(row)), LAST_EDITS, room, all);
        PostgresReactions reactions = new PostgresReactions(state.room());
        sql.all(row -> reactions.add(row), PostgresReactions.OF_MESSAGES, room, all, asked.userId());
        Map<Long, Reactions> reacted = reactions.byMessage();
        Map<Long, Reactions> taken = new TreeMap<>();
        PageBytes page = new PageBytes(asked.maxBytes());
        List<MessageLog.Hit> hits = new ArrayList<>();
        Map<Long, Entry> amendments = new TreeMap<>(); // by what they amend
        for (long seq : seqs) {
            List<Entry> context = shown.get(seq);
            Set<Long> amended = new HashSet<>(context.stream().map(Entry::seq).toList());
            amended.retainAll(edits.keySet());
            Stream<Entry> added = amended.stream()
                    .filter(target -> !amendments.containsKey(target))
                    .map(edits::get);
            Map<Long, Reactions> more = new HashMap<>(reacted);
            more.keySet().retainAll(context.stream().map(Entry::seq).toList());
            more.keySet().removeAll(taken.keySet());
            if (!page.takes(PageBytes.of(Stream.concat(context.stream(), added).toList())
                    + more.values().stream().mapToLong(Reactions::weightBytes).sum())) {
                break;
            }
            Entry hit = context.stream()
                    .filter(entry -> entry.seq() == seq)
                    .findFirst()
                    .orElseThrow();
            hits.add(new MessageLog.Hit(
                    hit, context.stream().filter(entry -> entry.seq() != seq).toList()));
            amended.forEach(target -> amendments.put(target, edits.get(target)));
            taken.putAll(more);
        }
        return new MessageLog.Hits(
                state,
                hits,
                List.copyOf(amendments.values()),
                List.copyOf(taken.values()),
                hits.size() < seqs.size() || hits.size() == asked.limit(),
                isIncomplete(sql, room));
    }

    private Entry entry(ResultSet row) throws SQLException {
        byte[] json = row.getBytes(4);
        codec.check(json);
        return new Entry(row.getLong(2), row.getString(3), json);
    }
}
