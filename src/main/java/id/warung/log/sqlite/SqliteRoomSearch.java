package id.warung.log.sqlite;

import id.warung.log.Directory;
import id.warung.log.RoomListPlace;
import id.warung.log.RoomSearch;
import id.warung.log.RoomSearch.Candidate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the rooms for a search in the directory, and the rooms that two users have in common. Static, stateless. */
final class SqliteRoomSearch {
    private static final String SELECT = "SELECT r.id, r.name, r.title, r.topic, r.at_ms, r.folded FROM ";
    /** A user may be in very many. */
    private static final String OWN = """
            (SELECT room_id FROM members WHERE user_id = ?1
              UNION SELECT room_id FROM reads WHERE user_id = ?1
              UNION SELECT room_id FROM stars WHERE user_id = ?1
              UNION SELECT room_id FROM mentions WHERE user_id = ?1) own CROSS JOIN rooms r ON r.id = own.room_id
            WHERE (r.access = 'public' OR (r.access = 'members' AND r.name NOT LIKE 'direct.%'
              AND EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id AND m.user_id = ?1))) AND""";

    private static final String PUBLIC = "rooms r WHERE r.access = 'public' AND r.archived = 0 AND ";
    private static final String LATEST = " (r.at_ms, r.id) < (?2, ?3) ORDER BY r.at_ms DESC, r.id DESC LIMIT ?4";
    private static final String BY_NAME = " (r.folded, r.id) > (?2, ?3) ORDER BY r.folded, r.id LIMIT ?4";
    static final String PUBLIC_BY_NAME = SELECT + PUBLIC + BY_NAME;
    static final String PUBLIC_LATEST = SELECT + PUBLIC + LATEST;
    /** A caller chooses any number, and must not learn where a room stands that they may not read. */
    private static final String FROM = """
            SELECT r.folded FROM rooms r WHERE r.id = ?1 AND (r.access = 'public'
              OR EXISTS (SELECT 1 FROM members m WHERE m.room_id = r.id AND m.user_id = ?2))
            """;

    private static final String IN_COMMON = """
            SELECT r.name, r.title FROM
              (SELECT a.room_id FROM members a JOIN members b ON b.room_id = a.room_id AND b.user_id = ?2 WHERE a.user_id = ?1
                UNION SELECT a.room_id FROM reads a JOIN reads b ON b.room_id = a.room_id AND b.user_id = ?2
                  JOIN rooms p ON p.id = a.room_id AND p.access = 'public' WHERE a.user_id = ?1) both
              CROSS JOIN rooms r ON r.id = both.room_id
            WHERE r.name NOT LIKE 'direct.%' ORDER BY r.at_ms DESC, r.id DESC LIMIT ?3
            """;

    /** All queries, for tests of the query plans. */
    static final List<String> STATEMENTS =
            List.of(SELECT + OWN + BY_NAME, SELECT + OWN + LATEST, PUBLIC_BY_NAME, PUBLIC_LATEST, IN_COMMON);

    private SqliteRoomSearch() {}

    static RoomSearch.Part find(Statements sql, RoomSearch search, String userId, String after, int limit)
            throws SQLException {
        RoomSearch.Place place = search.place(after);
        boolean first = after == null;
        Object from = place.atMillis();
        if (search.byName()) {
            from = first ? "" : sql.one(row -> row.getString(1), FROM, place.id(), userId);
            if (from == null) {
                throw RoomListPlace.noSuchPlace();
            }
        }
        long id = search.byName() && first ? 0 : place.id();
        String order = search.byName() ? BY_NAME : LATEST;
        List<List<Candidate>> lists = new ArrayList<>();
        for (String which : userId == null ? List.of(PUBLIC) : List.of(OWN, PUBLIC)) {
            lists.add(sql.all(
                    row -> new Candidate(
                            row.getLong(1),
                            row.getString(2),
                            SqliteRooms.title(row.getString(3)),
                            row.getString(4),
                            row.getLong(5),
                            row.getString(6)),
                    SELECT + which + order,
                    userId,
                    from,
                    id,
                    search.toRead(limit)));
        }
        return search.pick(lists, limit);
    }

    static List<Directory.Common> inCommon(Statements sql, String userId, String otherId, int limit)
            throws SQLException {
        return sql.all(
                row -> new Directory.Common(row.getString(1), SqliteRooms.title(row.getString(2))),
                IN_COMMON,
                userId,
                otherId,
                limit);
    }
}
