package id.warung.log.sqlite;

import id.warung.log.Directory;
import id.warung.log.Permissions;
import id.warung.log.Principal;
import id.warung.log.RoomListPlace;
import id.warung.log.RoomListPlace.Row;
import id.warung.log.RoomSearch;
import id.warung.protocol.Access;
import id.warung.protocol.Folding;
import id.warung.protocol.RoomName;
import id.warung.protocol.User;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The directory in the database; each answer is read in one snapshot. Thread-safe. */
final class SqliteDirectory implements Directory {
    /** A read in one snapshot. */
    interface Reading {
        <T> T read(SqliteDatabase.Work<T> work) throws IOException;
    }

    private static final String COLUMNS =
            "SELECT r.id, r.name, r.access, r.topic, r.archived, r.head, r.n, r.at_ms, r.owner, m.user_id, d.seq, d.n, r.moderators, r.title, s.user_id";
    private static final String JOINS = """

            LEFT JOIN members m ON m.room_id = r.id AND m.user_id = ?1
            LEFT JOIN reads d ON d.room_id = r.id AND d.user_id = ?1
            LEFT JOIN stars s ON s.room_id = r.id AND s.user_id = ?1
            """;
    private static final String SELECT = COLUMNS + " FROM rooms r" + JOINS + "WHERE ";
    /** Selects the wanted rooms first and then their details, because a user may be in very many. */
    private static final String OWN_ROOMS =
            """
            WITH own AS MATERIALIZED (
              SELECT o.id FROM rooms o
              WHERE o.id IN (
                SELECT room_id FROM members WHERE user_id = ?1
                UNION ALL SELECT room_id FROM reads WHERE user_id = ?1
                UNION ALL SELECT room_id FROM stars WHERE user_id = ?1
                UNION ALL SELECT room_id FROM mentions WHERE user_id = ?1)
                AND (o.access = 'public' OR EXISTS (SELECT 1 FROM members i WHERE i.room_id = o.id AND i.user_id = ?1))
                AND (o.at_ms, o.id) < (?3, ?4)
              ORDER BY o.at_ms DESC, o.id DESC LIMIT ?2)
            """ + COLUMNS + " FROM own JOIN rooms r ON r.id = own.id" + JOINS + "ORDER BY r.at_ms DESC, r.id DESC";
    /** There is an index in this order. */
    static final String PUBLIC_ROOMS = SELECT + """
            r.access = 'public' AND r.archived = 0 AND m.user_id IS NULL AND d.user_id IS NULL AND s.user_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM mentions c WHERE c.user_id = ?1 AND c.room_id = r.id)
            AND (r.at_ms, r.id) < (?3, ?4) ORDER BY r.at_ms DESC, r.id DESC LIMIT ?2
            """;

    private static final String ONE = SELECT + "r.name = ?2";

    private static final String HEADS = """
            SELECT r.name, r.head, r.at_ms FROM rooms r
            WHERE r.id IN (SELECT room_id FROM members WHERE user_id = ?1 UNION SELECT room_id FROM reads WHERE user_id = ?1)
            ORDER BY r.at_ms DESC LIMIT ?2
            """;
    /** The names are a list in JSON. */
    private static final String THOSE = SELECT + "r.name IN (SELECT value FROM json_each(?2))"
            + " AND (m.user_id IS NOT NULL OR (d.user_id IS NOT NULL AND r.access = 'public'))";

    private static final String USERS_AFTER = " AND (u.folded, u.id) > (?3, ?4) ORDER BY u.folded, u.id LIMIT ?2";
    private static final String MEMBERS = "SELECT u.id, u.name FROM members m JOIN users u ON u.id = m.user_id"
            + " WHERE m.room_id = (SELECT id FROM rooms WHERE name = ?1)" + USERS_AFTER;
    static final String PEOPLE = "SELECT u.id, u.name FROM users u WHERE u.folded < ?1" + USERS_AFTER;

    /** All queries that read more than one row, for tests of the query plans. */
    static final List<String> STATEMENTS = List.of(OWN_ROOMS, PUBLIC_ROOMS, ONE, HEADS, THOSE, MEMBERS, PEOPLE);

    /** There is an index for each of the two conditions. */
    private static final String OWN_BEYOND =
            "SELECT count(*) FROM entries WHERE room_id = ? AND author = ? AND seq > ? AND ";

    private static final String MENTIONS =
            "SELECT count(*) FROM mentions WHERE room_id = ? AND user_id = ? AND seq > ?";
    /** An entry that mentions the user as well counts once. */
    private static final String CALLS = "SELECT count(*) FROM room_calls c WHERE c.room_id = ?1 AND c.author <> ?2"
            + " AND c.seq > ?3 AND NOT EXISTS (SELECT 1 FROM mentions m"
            + " WHERE m.user_id = ?2 AND m.room_id = c.room_id AND m.seq = c.seq)";

    private final Reading reading;

    SqliteDirectory(Reading reading) {
        this.reading = reading;
    }

    @Override
    public Page<Listed> rooms(String userId, String after, int limit) throws IOException {
        RoomListPlace place = RoomListPlace.of(userId, after);
        return reading.read(sql -> {
            Page<Row> page = place.page(
                    limit,
                    (from, most) -> rows(
                            sql,
                            from.own() ? OWN_ROOMS : PUBLIC_ROOMS,
                            from.own(),
                            userId,
                            most,
                            from.atMillis(),
                            from.id()));
            return page.with(page.items().stream().map(Row::room).toList());
        });
    }

    @Override
    public Page<Listed> find(RoomSearch search, String userId, String after, int limit) throws IOException {
        return reading.read(sql -> {
            RoomSearch.Part part = SqliteRoomSearch.find(sql, search, userId, after, limit);
            List<Listed> rooms = new ArrayList<>();
            for (RoomSearch.Candidate room : part.rooms()) {
                rows(sql, ONE, false, userId, room.name()).forEach(row -> rooms.add(row.room()));
            }
            return new Page<>(rooms, part.next());
        });
    }

    @Override
    public List<Common> inCommon(String userId, String otherId, int limit) throws IOException {
        return reading.read(sql -> SqliteRoomSearch.inCommon(sql, userId, otherId, limit));
    }

    @Override
    public Map<String, Long> heads(Collection<String> userIds, int limit) throws IOException {
        record Head(String room, long seq, long atMillis) {}
        return reading.read(sql -> {
            Set<Head> heads = new HashSet<>();
            for (String userId : userIds) {
                heads.addAll(sql.all(
                        row -> new Head(row.getString(1), row.getLong(2), row.getLong(3)), HEADS, userId, limit));
            }
            return heads.stream()
                    .sorted(Comparator.comparingLong(Head::atMillis).reversed())
                    .limit(limit)
                    .collect(Collectors.toMap(Head::room, Head::seq));
        });
    }

    @Override
    public Map<String, List<Listed>> rooms(Map<String, ? extends Collection<String>> rooms) throws IOException {
        return reading.read(sql -> {
            Map<String, List<Listed>> found = new HashMap<>();
            for (Map.Entry<String, ? extends Collection<String>> asked : rooms.entrySet()) {
                String names = asked.getValue().stream()
                        .collect(Collectors.joining("\",\"", "[\"", "\"]")); // which need no escapes
                List<Listed> its = rows(sql, THOSE, false, asked.getKey(), names).stream()
                        .map(Row::room)
                        .toList();
                found.put(asked.getKey(), its);
            }
            return found;
        });
    }

    @Override
    public Listed room(Principal who, String room) throws IOException {
        return reading.read(sql -> rows(sql, ONE, false, who.id(), room).stream()
                .findFirst()
                .map(Row::room)
                .filter(listed -> Permissions.mayRead(who, listed.room(), listed.access(), listed.member()))
                .orElse(null));
    }

    @Override
    public Page<User> members(String room, String after, int limit) throws IOException {
        return users(MEMBERS, room, "", after, limit);
    }

    @Override
    public Page<User> people(String prefix, String after, int limit) throws IOException {
        String folded = Folding.of(prefix);
        return users(PEOPLE, folded + Character.toString(Character.MAX_CODE_POINT), folded, after, limit);
    }

    /** {@code after} is the id of the last user of the previous part. */
    private Page<User> users(String select, String about, String first, String after, int limit) throws IOException {
        return reading.read(sql -> {
            String folded = after == null ? first : folded(sql, after);
            List<User> users = users(sql, select, about, limit + 1, folded, after == null ? "" : after);
            return Page.of(users, limit, User::id);
        });
    }

    private static String folded(Statements sql, String id) throws SQLException {
        String folded = sql.one(row -> row.getString(1), "SELECT folded FROM users WHERE id = ?", id);
        if (folded == null) {
            throw RoomListPlace.noSuchPlace();
        }
        return folded;
    }

    @Override
    public User person(String id) throws IOException {
        return reading.read(sql -> users(sql, "SELECT id, name FROM users WHERE id = ?", id).stream()
                .findFirst()
                .orElse(null));
    }

    @Override
    public Account account(String id) throws IOException {
        return reading.read(sql -> {
            Set<String> ended = new HashSet<>(
                    sql.all(row -> row.getString(1), "SELECT sign_in FROM ended_sign_ins WHERE user_id = ?", id));
            return sql.one(
                    row -> new Account(new User(row.getString(1), row.getString(2)), row.getLong(3), ended),
                    "SELECT id, name, not_before FROM users WHERE id = ?",
                    id);
        });
    }

    @Override
    public Set<String> takenKeys(Collection<String> keys) throws IOException {
        return reading.read(sql -> {
            Set<String> taken = new HashSet<>();
            for (String key : keys) {
                if (sql.one(row -> row.getLong(1), "SELECT 1 FROM name_keys WHERE key = ? LIMIT 1", key) != null) {
                    taken.add(key);
                }
            }
            return taken;
        });
    }

    private static List<User> users(Statements sql, String select, Object... parameters) throws SQLException {
        return sql.all(row -> new User(row.getString(1), row.getString(2)), select, parameters);
    }

    /** The first parameter is the user's id. */
    private static List<Row> rows(Statements sql, String select, boolean own, Object... parameters)
            throws SQLException {
        return sql.all(
                row -> {
                    RoomListPlace place = new RoomListPlace(own, row.getLong(8), row.getLong(1));
                    return new Row(listed(sql, (String) parameters[0], row), place);
                },
                select,
                parameters);
    }

    private static Listed listed(Statements sql, String userId, ResultSet row) throws SQLException {
        String name = row.getString(2);
        boolean member = row.getString(10) != null;
        boolean marked = row.getObject(11) != null;
        return new Listed(
                name,
                Access.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                SqliteRooms.title(row.getString(14)),
                row.getString(15) != null,
                row.getInt(5) != 0,
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                member,
                row.getString(9),
                RoomListPlace.moderators(row.getString(9), SqliteRooms.ids(row.getString(13))),
                member && RoomName.isDirect(name) ? other(sql, userId, name) : null,
                member || marked ? mark(sql, userId, row) : null,
                member || marked ? 0 : count(sql, MENTIONS, row.getLong(1), userId, 0));
    }

    private static User other(Statements sql, String userId, String direct) throws SQLException {
        String id = RoomName.otherThan(userId, direct);
        String name = sql.one(row -> row.getString(1), "SELECT name FROM users WHERE id = ?", id);
        return new User(id, name == null ? id : name);
    }

    /** Computes the messages beyond the mark from their numbers; only the user's own, which are subtracted, are counted one by one. */
    private static Mark mark(Statements sql, String userId, ResultSet row) throws SQLException {
        long roomId = row.getLong(1);
        long seq = row.getLong(11);
        long n = row.getLong(12);
        if (row.getLong(6) <= seq) {
            return new Mark(seq, n, 0, 0);
        }
        long beyond = row.getLong(7) - n;
        long own = beyond <= 0 ? 0 : own(sql, roomId, userId, seq);
        long mentions = count(sql, MENTIONS, roomId, userId, seq) + count(sql, CALLS, roomId, userId, seq);
        return new Mark(seq, n, Math.max(0, beyond - own), mentions);
    }

    private static long own(Statements sql, long roomId, String userId, long seq) throws SQLException {
        return count(sql, OWN_BEYOND + "post_id IS NOT NULL AND kind = 0", roomId, userId, seq)
                + count(sql, OWN_BEYOND + "post_id IS NULL AND kind IN (0, 3)", roomId, userId, seq);
    }

    private static long count(Statements sql, String select, Object... parameters) throws SQLException {
        return sql.one(row -> row.getLong(1), select, parameters);
    }
}
