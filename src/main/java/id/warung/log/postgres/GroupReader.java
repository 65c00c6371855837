package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.log.AppendResult;
import id.warung.log.RoomState;
import id.warung.log.command.EditAt;
import id.warung.log.command.EntryKind;
import id.warung.log.command.LogReader;
import id.warung.log.command.Needs;
import id.warung.log.command.Needs.InRoom;
import id.warung.log.command.Needs.Mentions;
import id.warung.log.command.Needs.Place;
import id.warung.log.command.ReactionCounts;
import id.warung.log.command.RequestKey;
import id.warung.log.command.StoredEntry;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The facts for one group, read in its transaction: makes the rows of missing rooms, locks the rooms that the group writes, and reads what the
 * group needs after that, when nobody else writes there; all in one round trip. Rooms are locked by name, inboxes after them, so that no two
 * groups wait for each other. For one thread. Throws {@link PostgresException}, also if a lock takes longer than it may.
 */
final class GroupReader implements LogReader {
    private static final String BEGIN = "BEGIN";
    /** Nodes that are at work have a room for some milliseconds. One that has stopped in the middle holds its rooms for two seconds. */
    static final String LIMITS = "SELECT set_config('lock_timeout', '100ms', true),"
            + " set_config('idle_in_transaction_session_timeout', '2s', true)";

    private final Connection connection;
    private final Schema schema;
    private final EntryCodec codec;
    private final boolean keepsInboxes;
    private final GroupRooms rooms;
    private boolean begun;
    private final Map<RequestKey, RequestKey.Executed> executed = new HashMap<>();
    private final Map<Place, StoredEntry> entries = new HashMap<>();
    private final Map<Place, StoredEntry> firsts = new HashMap<>();
    private final Map<Place, List<EditAt>> edits = new HashMap<>();
    private final GroupReactions reactions = new GroupReactions();
    private final Map<String, User> users = new HashMap<>();
    private final Map<InRoom, AppendResult.ReadMarked> marks = new HashMap<>();
    private final Map<String, Set<String>> stars = new HashMap<>();
    private final Map<Mentions, Integer> mentions = new HashMap<>();
    private final Set<Object> asked = new HashSet<>(); // whatever was looked for, also if there was nothing

    GroupReader(
            Connection connection,
            Schema schema,
            EntryCodec codec,
            String epoch,
            MemberCache members,
            KnownRooms knownRooms) {
        this.connection = connection;
        this.schema = schema;
        this.codec = codec;
        this.keepsInboxes = schema.logged();
        this.rooms = new GroupRooms(schema, epoch, members, knownRooms);
    }

    /** Asks for everything that is not known yet; for nothing, if all is known. */
    @Override
    public void prepare(Needs needs) {
        Pipeline pipeline = new Pipeline(schema);
        if (!begun) {
            pipeline.run(BEGIN).query(rows -> {}, LIMITS);
        }
        boolean any = rooms.lock(needs, pipeline);
        any |= rooms.look(needs, pipeline);
        any |= readRequests(needs, pipeline);
        any |= readEntries(needs, pipeline);
        any |= reactions.read(needs, pipeline);
        any |= readPeople(needs, pipeline);
        any |= readStars(needs, pipeline);
        if (!any) {
            return;
        }
        begun = true;
        try {
            pipeline.on(connection);
            rooms.checkLocked(needs);
        } catch (SQLException e) {
            throw new PostgresException(e);
        }
    }

    /**
     * One look-up by its whole key for each request. As a plain join, a plan that was made while the table was empty would read all entries of
     * the room for each of them, and a connection keeps such a plan until the table's statistics are there.
     */
    private boolean readRequests(Needs needs, Pipeline pipeline) {
        List<RequestKey> keys = needs.requestKeys().stream().filter(asked::add).toList();
        if (keys.isEmpty()) {
            return false;
        }
        Object[] values = {
            texts(keys.stream().map(RequestKey::room).toList()),
            texts(keys.stream().map(RequestKey::author).toList()),
            texts(keys.stream().map(RequestKey::id).toList())
        };
        String of = " FROM unnest(?::text[], ?::text[], ?::text[]) WITH ORDINALITY AS k (room, author, id, i)"
                + " JOIN {s}.rooms r ON r.name = k.room CROSS JOIN LATERAL ";
        Pipeline.Rows reader = rows -> {
            while (rows.next()) {
                byte[] json = rows.getBytes(4);
                byte[] hash = json == null ? rows.getBytes(3) : RequestKey.hashOfBody(codec.bodyOf(json));
                executed.putIfAbsent(keys.get(rows.getInt(1) - 1), new RequestKey.Executed(rows.getLong(2), hash));
            }
        };
        pipeline.query(
                reader,
                "SELECT k.i, e.seq, e.request_hash, e.json" + of
                        + "(SELECT seq, request_hash, CASE WHEN request_hash IS NULL THEN json END AS json"
                        + " FROM {s}.entries WHERE room_id = r.id AND author = k.author AND post_id = k.id LIMIT 1) e",
                values);
        pipeline.query(
                reader,
                "SELECT k.i, t.seq, t.text_hash, NULL::bytea" + of
                        + "(SELECT seq, text_hash FROM {s}.tombstones"
                        + " WHERE room_id = r.id AND author = k.author AND post_id = k.id LIMIT 1) t WHERE r.buried",
                values);
        return true;
    }

    private boolean readEntries(Needs needs, Pipeline pipeline) {
        boolean any =
                readEntries(needs.entries().stream().filter(asked::add).toList(), "e.seq = k.seq", entries, pipeline);
        List<Place> from = needs.firsts().stream()
                .filter(place -> asked.add(List.of("from", place)))
                .toList();
        any |= readEntries(from, "e.seq >= k.seq ORDER BY e.seq LIMIT 1", firsts, pipeline);
        Map<Place, Integer> amended = new LinkedHashMap<>(needs.edits());
        amended.keySet().removeIf(place -> !asked.add(List.of("edits", place)));
        if (!amended.isEmpty()) {
            List<Place> places = List.copyOf(amended.keySet());
            places.forEach(place -> edits.put(place, new ArrayList<>()));
            pipeline.query(
                    rows -> {
                        while (rows.next()) {
                            edits.get(places.get(rows.getInt(1) - 1)).add(new EditAt(rows.getLong(2), rows.getInt(3)));
                        }
                    },
                    "SELECT k.i, x.seq, x.bytes FROM unnest(?::text[], ?::bigint[], ?::bigint[]) WITH ORDINALITY"
                            + " AS k (room, seq, most, i) JOIN {s}.rooms r ON r.name = k.room"
                            + " CROSS JOIN LATERAL (SELECT d.seq, length(e.json) AS bytes FROM {s}.edits d"
                            + " JOIN {s}.entries e ON e.room_id = d.room_id AND e.seq = d.seq"
                            + " WHERE d.room_id = r.id AND d.target = k.seq ORDER BY d.seq LIMIT k.most) x"
                            + " ORDER BY k.i, x.seq",
                    texts(places.stream().map(Place::room).toList()),
                    numbers(places.stream().map(Place::seq).toList()),
                    numbers(amended.values().stream().map(Integer::longValue).toList()));
        }
        return any || !amended.isEmpty();
    }

    private boolean readEntries(List<Place> places, String which, Map<Place, StoredEntry> into, Pipeline pipeline) {
        if (places.isEmpty()) {
            return false;
        }
        pipeline.query(
                rows -> {
                    while (rows.next()) {
                        into.put(
                                places.get(rows.getInt(1) - 1),
                                new StoredEntry(
                                        rows.getLong(2),
                                        EntryKind.of(rows.getInt(3)),
                                        rows.getString(4),
                                        rows.getBytes(5)));
                    }
                },
                "SELECT k.i, x.seq, x.kind, x.author, x.json FROM unnest(?::text[], ?::bigint[]) WITH ORDINALITY"
                        + " AS k (room, seq, i) JOIN {s}.rooms r ON r.name = k.room"
                        + " CROSS JOIN LATERAL (SELECT e.seq, e.kind, e.author, e.json FROM {s}.entries e"
                        + " WHERE e.room_id = r.id AND " + which + ") x",
                texts(places.stream().map(Place::room).toList()),
                numbers(places.stream().map(Place::seq).toList()));
        return true;
    }

    private boolean readPeople(Needs needs, Pipeline pipeline) {
        List<String> ids = Stream.concat(needs.users().stream(), needs.named().stream())
                .filter(id -> asked.add(List.of("user", id)))
                .toList();
        if (!ids.isEmpty()) {
            pipeline.query(
                    rows -> {
                        while (rows.next()) {
                            users.put(rows.getString(1), new User(rows.getString(1), rows.getString(2)));
                        }
                    },
                    "SELECT id, name FROM {s}.users WHERE id = ANY (?)",
                    texts(ids));
        }
        List<InRoom> read = needs.marks().stream().filter(asked::add).toList();
        if (!read.isEmpty()) {
            pipeline.query(
                    rows -> {
                        while (rows.next()) {
                            marks.put(
                                    read.get(rows.getInt(1) - 1),
                                    new AppendResult.ReadMarked(rows.getLong(2), rows.getLong(3), rows.getBoolean(4)));
                        }
                    },
                    "SELECT k.i, m.seq, m.n, m.back FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS k (room, who, i)"
                            + " JOIN {s}.rooms r ON r.name = k.room JOIN {s}.reads m ON m.user_id = k.who AND m.room_id = r.id",
                    texts(read.stream().map(InRoom::room).toList()),
                    texts(read.stream().map(InRoom::userId).toList()));
        }
        Map<Mentions, Integer> counted = new LinkedHashMap<>(needs.mentions());
        counted.keySet().removeIf(its -> !asked.add(its));
        if (!counted.isEmpty()) {
            List<Mentions> its = List.copyOf(counted.keySet());
            pipeline.query(
                    rows -> {
                        while (rows.next()) {
                            mentions.put(its.get(rows.getInt(1) - 1), rows.getInt(2));
                        }
                    },
                    "SELECT k.i, x.count FROM unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[]) WITH ORDINALITY"
                            + " AS k (room, who, up_to, most, i) JOIN {s}.rooms r ON r.name = k.room"
                            + " CROSS JOIN LATERAL (SELECT count(*) AS count FROM (SELECT FROM {s}.mentions m WHERE"
                            + " m.user_id = k.who AND m.room_id = r.id AND m.seq <= k.up_to LIMIT k.most) y) x",
                    texts(its.stream().map(Mentions::room).toList()),
                    texts(its.stream().map(Mentions::userId).toList()),
                    numbers(its.stream().map(Mentions::upTo).toList()),
                    numbers(counted.values().stream().map(Integer::longValue).toList()));
        }
        return !ids.isEmpty() || !read.isEmpty() || !counted.isEmpty();
    }

    private boolean readStars(Needs needs, Pipeline pipeline) {
        List<String> users = needs.stars().stream()
                .filter(user -> asked.add(List.of("stars", user)))
                .toList();
        if (users.isEmpty()) {
            return false;
        }
        pipeline.query(
                rows -> {
                    while (rows.next()) {
                        stars.computeIfAbsent(rows.getString(1), user -> new HashSet<>())
                                .add(rows.getString(2));
                    }
                },
                "SELECT t.user_id, r.name FROM {s}.stars t JOIN {s}.rooms r ON r.id = t.room_id"
                        + " WHERE t.user_id = ANY (?)",
                texts(users));
        return true;
    }

    /** The rooms of the group. */
    GroupRooms rooms() {
        return rooms;
    }

    @Override
    public boolean keepsInboxes() {
        return keepsInboxes;
    }

    @Override
    public boolean detectsDuplicates() {
        return false;
    }

    @Override
    public RoomState room(String name) {
        return rooms.state(name);
    }

    @Override
    public RequestKey.Executed findByRequest(RequestKey requestKey) {
        return executed.get(requestKey);
    }

    @Override
    public RequestKey.Executed findTombstone(RequestKey requestKey) {
        return executed.get(requestKey);
    }

    @Override
    public StoredEntry entry(String room, long seq) {
        return entries.get(new Place(room, seq));
    }

    @Override
    public StoredEntry firstFrom(String room, long seq) {
        return firsts.get(new Place(room, seq));
    }

    @Override
    public List<EditAt> edits(String room, long target, int most) {
        return edits.getOrDefault(new Place(room, target), List.of());
    }

    @Override
    public ReactionCounts reactions(String room, long target) {
        return reactions.counts(room, target);
    }

    @Override
    public boolean reacts(String room, long target, String emoji, String userId) {
        return reactions.reacts(room, target, emoji, userId);
    }

    @Override
    public List<Long> reactionEntries(String room, long target, int most) {
        return reactions.entries(room, target);
    }

    @Override
    public User user(String id) {
        return users.get(id);
    }

    @Override
    public AppendResult.ReadMarked mark(String room, String userId) {
        return marks.get(new InRoom(room, userId));
    }

    @Override
    public Set<String> stars(String userId) {
        return stars.getOrDefault(userId, Set.of());
    }

    @Override
    public int mentions(String room, String userId, long upTo, int most) {
        return mentions.getOrDefault(new Mentions(room, userId, upTo), 0);
    }
}
