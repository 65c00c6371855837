package id.warung.log.postgres;

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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directory in the shared database; each answer is read in one snapshot, in at most four round trips. Thread-safe. */
final class PostgresDirectory implements Directory {
    /**
     * What is listed of room {@code r}: how far the user has read it, and how many messages beyond that are their own. There is an index
     * for each of the two counts of those.
     */
    private static final String SELECT = """
            SELECT r.id, r.name, r.access, r.topic, r.archived, r.head, r.n, r.at_ms, r.owner, m.user_id, d.user_id, d.seq, d.n,
              CASE WHEN coalesce(m.user_id, d.user_id) IS NULL OR r.n <= coalesce(d.n, 0) THEN 0 ELSE
                (SELECT count(*) FROM {s}.entries e WHERE e.room_id = r.id AND e.author = ?1 AND e.seq > coalesce(d.seq, 0)
                  AND e.post_id IS NOT NULL AND e.kind = 0)
                + (SELECT count(*) FROM {s}.entries e WHERE e.room_id = r.id AND e.author = ?1 AND e.seq > coalesce(d.seq, 0)
                  AND e.post_id IS NULL AND e.kind IN (0, 3)) END,
              (SELECT count(*) FROM {s}.mentions c WHERE c.user_id = ?1 AND c.room_id = r.id AND c.seq > coalesce(d.seq, 0))
              + CASE WHEN coalesce(m.user_id, d.user_id) IS NULL THEN 0 ELSE
                (SELECT count(*) FROM {s}.room_calls c WHERE c.room_id = r.id AND c.author <> ?1 AND c.seq > coalesce(d.seq, 0)
                  AND NOT EXISTS (SELECT 1 FROM {s}.mentions x WHERE x.user_id = ?1 AND x.room_id = r.id AND x.seq = c.seq)) END,
              r.moderators, r.title, s.user_id
            """;

    private static final String JOINS = """
            LEFT JOIN {s}.members m ON m.room_id = r.id AND m.user_id = ?1
            LEFT JOIN {s}.reads d ON d.room_id = r.id AND d.user_id = ?1
            LEFT JOIN {s}.stars s ON s.room_id = r.id AND s.user_id = ?1
            """;
    private static final String IN_ORDER = " ORDER BY r.at_ms DESC, r.id DESC";
    /** Selects the wanted rooms first and then their details, because a user may be in very many. */
    private static final String OWN_ROOMS =
            """
            WITH wanted AS MATERIALIZED (
              SELECT r.id FROM {s}.rooms r
              WHERE r.id IN (
                SELECT room_id FROM {s}.members WHERE user_id = ?1
                UNION ALL SELECT room_id FROM {s}.reads WHERE user_id = ?1
                UNION ALL SELECT room_id FROM {s}.stars WHERE user_id = ?1
                UNION ALL SELECT room_id FROM {s}.mentions WHERE user_id = ?1)
                AND (r.access = 'public'
                  OR EXISTS (SELECT 1 FROM {s}.members m WHERE m.room_id = r.id AND m.user_id = ?1))
                AND (r.at_ms, r.id) < (?3, ?4)
              ORDER BY r.at_ms DESC, r.id DESC LIMIT ?2)
            """ + SELECT + "FROM wanted JOIN {s}.rooms r ON r.id = wanted.id " + JOINS + IN_ORDER;

    private static final String OTHERS = """
            r.access = 'public' AND NOT r.archived AND (r.at_ms, r.id) < (?3, ?4) AND r.at_10s <= ?3 / 10000
              AND r.id NOT IN (
                SELECT room_id FROM {s}.members WHERE user_id = ?1
                UNION ALL SELECT room_id FROM {s}.reads WHERE user_id = ?1
                UNION ALL SELECT room_id FROM {s}.stars WHERE user_id = ?1
                UNION ALL SELECT room_id FROM {s}.mentions WHERE user_id = ?1)
            """;
    /**
     * The index has rooms in the order of the ten seconds in which they were written, so that most writes leave it alone. The wanted rooms are
     * not older than the ten seconds of the last of as many in this order.
     */
    private static final String PUBLIC_ROOMS =
            """
            WITH least AS MATERIALIZED (
              SELECT min(at_10s) AS at_10s FROM (
                SELECT r.at_10s FROM {s}.rooms r WHERE %s ORDER BY r.at_10s DESC LIMIT ?2) latest),
            wanted AS MATERIALIZED (
              SELECT r.id FROM {s}.rooms r WHERE %s AND r.at_10s >= (SELECT at_10s FROM least)
              ORDER BY r.at_ms DESC, r.id DESC LIMIT ?2)
            """.formatted(OTHERS, OTHERS) + SELECT + "FROM wanted JOIN {s}.rooms r ON r.id = wanted.id " + JOINS
                    + IN_ORDER;

    private static final String ONE = SELECT + "FROM {s}.rooms r " + JOINS + "WHERE r.name = ?2";

    private static final String THESE = SELECT + "FROM {s}.rooms r " + JOINS + "WHERE r.id = ANY (?2)";

    private static final String HEADS = """
            SELECT r.name, r.head FROM {s}.rooms r
            WHERE r.id IN (SELECT room_id FROM {s}.members WHERE user_id = ANY (?1) UNION SELECT room_id FROM {s}.reads WHERE user_id = ANY (?1))
            ORDER BY r.at_ms DESC LIMIT ?2
            """;
    private static final String OF_EACH = SELECT.replace("?1", "p.who")
            + ", p.who FROM unnest(?1::text[], ?2::text[]) AS p (who, room) JOIN {s}.rooms r ON r.name = p.room "
            + JOINS.replace("?1", "p.who")
            + "WHERE m.user_id IS NOT NULL OR (d.user_id IS NOT NULL AND r.access = 'public')";

    private static final String USERS_AFTER = " AND (u.folded, u.id) > (?3, ?4) ORDER BY u.folded, u.id LIMIT ?2";
    private static final String MEMBERS = "SELECT u.id, u.name FROM {s}.members m JOIN {s}.users u ON u.id = m.user_id"
            + " WHERE m.room_id = (SELECT id FROM {s}.rooms WHERE name = ?1)" + USERS_AFTER;
    private static final String PEOPLE = "SELECT u.id, u.name FROM {s}.users u WHERE u.folded < ?1" + USERS_AFTER;

    private final Transactions database;

    PostgresDirectory(Transactions database) {
        this.database = database;
    }

    @Override
    public Page<Listed> rooms(String userId, String after, int limit) throws IOException {
        RoomListPlace place = RoomListPlace.of(userId, after);
        return database.read(sql -> {
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
            return page.with(withOthers(sql, userId, page.items()));
        });
    }

    @Override
    public Page<Listed> find(RoomSearch search, String userId, String after, int limit) throws IOException {
        return database.read(sql -> {
            RoomSearch.Part part = PostgresRoomSearch.find(sql, search, userId, after, limit);
            Long[] ids = part.rooms().stream().map(RoomSearch.Candidate::id).toArray(Long[]::new);
            Map<Long, Row> rows = new HashMap<>();
            if (ids.length > 0) {
                rows(sql, THESE, false, userId, ids)
                        .forEach(row -> rows.put(row.place().id(), row));
            }
            List<Row> found =
                    Stream.of(ids).map(rows::get).filter(Objects::nonNull).toList();
            return new Page<>(withOthers(sql, userId, found), part.next());
        });
    }

    @Override
    public List<Common> inCommon(String userId, String otherId, int limit) throws IOException {
        return database.read(sql -> PostgresRoomSearch.inCommon(sql, userId, otherId, limit));
    }

    @Override
    public Map<String, Long> heads(Collection<String> userIds, int limit) throws IOException {
        List<Map.Entry<String, Long>> heads = database.read(sql -> sql.all(
                row -> Map.entry(row.getString(1), row.getLong(2)), HEADS, userIds.toArray(String[]::new), limit));
        return heads.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<String, List<Listed>> rooms(Map<String, ? extends Collection<String>> rooms) throws IOException {
        List<String> users = new ArrayList<>();
        List<String> names = new ArrayList<>();
        rooms.forEach((userId, its) -> its.forEach(room -> {
            users.add(userId);
            names.add(room);
        }));
        List<Map.Entry<String, Listed>> found = database.read(sql -> sql.all(
                row -> Map.entry(row.getString(19), listed(row)),
                OF_EACH,
                users.toArray(String[]::new),
                names.toArray(String[]::new)));
        return found.stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    @Override
    public Listed room(Principal who, String room) throws IOException {
        return database.read(sql -> withOthers(sql, who.id(), rows(sql, ONE, false, who.id(), room)).stream()
                .filter(listed -> Permissions.mayRead(who, listed.room(), listed.access(), listed.member()))
                .findFirst()
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
        return database.read(sql -> {
            String folded = after == null ? first : folded(sql, after);
            List<User> users =
                    sql.all(PostgresDirectory::user, select, about, limit + 1, folded, after == null ? "" : after);
            return Page.of(users, limit, User::id);
        });
    }

    private static String folded(Statements sql, String id) throws SQLException {
        String folded = sql.one(row -> row.getString(1), "SELECT folded FROM {s}.users WHERE id = ?", id);
        if (folded == null) {
            throw RoomListPlace.noSuchPlace();
        }
        return folded;
    }

    @Override
    public User person(String id) throws IOException {
        return database.read(
                sql -> sql.one(PostgresDirectory::user, "SELECT id, name FROM {s}.users WHERE id = ?", id));
    }

    @Override
    public Account account(String id) throws IOException {
        return accounts(List.of(id)).get(id);
    }

    @Override
    public Map<String, Account> accounts(Collection<String> ids) throws IOException {
        List<Account> found = database.read(sql -> sql.all(
                row -> new Account(user(row), row.getLong(3), Set.of((String[])
                        row.getArray(4).getArray())),
                "SELECT u.id, u.name, u.not_before, ARRAY (SELECT e.sign_in FROM {s}.ended_sign_ins e"
                        + " WHERE e.user_id = u.id) FROM {s}.users u WHERE u.id = ANY (?)",
                (Object) ids.toArray(String[]::new)));
        return found.stream().collect(Collectors.toMap(account -> account.user().id(), account -> account));
    }

    @Override
    public Set<String> takenKeys(Collection<String> keys) throws IOException {
        return database.read(sql -> new HashSet<>(
                sql.all(row -> row.getString(1), "SELECT DISTINCT key FROM {s}.name_keys WHERE key = ANY (?)", (Object)
                        keys.toArray(String[]::new))));
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(row.getString(1), row.getString(2));
    }

    /** The first parameter is the user's id. */
    private static List<Row> rows(Statements sql, String select, boolean own, Object... parameters)
            throws SQLException {
        return sql.all(
                row -> new Row(listed(row), new RoomListPlace(own, row.getLong("at_ms"), row.getLong("id"))),
                select,
                parameters);
    }

    private static Listed listed(ResultSet row) throws SQLException {
        boolean member = row.getString(10) != null;
        boolean marked = row.getString(11) != null;
        return new Listed(
                row.getString(2),
                Access.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                RoomRow.title(row.getString(17)),
                row.getString(18) != null,
                row.getBoolean(5),
                row.getLong(6),
                row.getLong(7),
                row.getLong(8),
                member,
                row.getString(9),
                RoomListPlace.moderators(row.getString(9), RoomRow.ids(row.getString(16))),
                null,
                member || marked ? mark(row) : null,
                member || marked ? 0 : row.getLong(15));
    }

    /** Computes the messages beyond the mark from their numbers; only the user's own, which are subtracted, are counted one by one. */
    private static Mark mark(ResultSet row) throws SQLException {
        long seq = row.getLong(12);
        long n = row.getLong(13);
        return row.getLong(6) <= seq
                ? new Mark(seq, n, 0, 0)
                : new Mark(seq, n, Math.max(0, row.getLong(7) - n - row.getLong(14)), row.getLong(15));
    }

    /** Adds what the other users of direct conversations are called. */
    private static List<Listed> withOthers(Statements sql, String userId, List<Row> rows) throws SQLException {
        String[] others = rows.stream()
                .map(Row::room)
                .filter(PostgresDirectory::isOfTwo)
                .map(room -> RoomName.otherThan(userId, room.room()))
                .toArray(String[]::new);
        Map<String, String> names = new HashMap<>();
        if (others.length > 0) {
            sql.all(PostgresDirectory::user, "SELECT id, name FROM {s}.users WHERE id = ANY (?)", (Object) others)
                    .forEach(user -> names.put(user.id(), user.name()));
        }
        return rows.stream()
                .map(Row::room)
                .map(room -> isOfTwo(room) ? with(room, RoomName.otherThan(userId, room.room()), names) : room)
                .toList();
    }

    private static boolean isOfTwo(Listed room) {
        return room.member() && RoomName.isDirect(room.room());
    }

    private static Listed with(Listed room, String other, Map<String, String> names) {
        return new Listed(
                room.room(),
                room.access(),
                room.topic(),
                room.title(),
                room.starred(),
                room.archived(),
                room.head(),
                room.n(),
                room.atMillis(),
                room.member(),
                room.owner(),
                room.moderators(),
                new User(other, names.getOrDefault(other, other)),
                room.mark(),
                room.mentions());
    }
}
