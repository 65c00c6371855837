package id.warung.log.postgres;

import id.warung.log.Directory;
import id.warung.log.RoomListPlace;
import id.warung.log.RoomSearch;
import id.warung.log.RoomSearch.Candidate;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the rooms for a search in the directory, and the rooms that two users have in common. Static, stateless. */
final class PostgresRoomSearch {
    /** Nodes of an older version do not write it. There is an index in this order. */
    private static final String FOLDED = "coalesce(r.folded, r.name)";

    private static final String SELECT =
            "SELECT r.id, r.name, r.title, r.topic, r.at_ms, " + FOLDED + " FROM {s}.rooms r WHERE ";
    /** A user may be in very many. */
    private static final String OWN = """
            r.id IN (SELECT room_id FROM {s}.members WHERE user_id = ?1
              UNION ALL SELECT room_id FROM {s}.reads WHERE user_id = ?1
              UNION ALL SELECT room_id FROM {s}.stars WHERE user_id = ?1
              UNION ALL SELECT room_id FROM {s}.mentions WHERE user_id = ?1)
            AND (r.access = 'public' OR (r.access = 'members' AND NOT starts_with(r.name, 'direct.')
              AND EXISTS (SELECT 1 FROM {s}.members m WHERE m.room_id = r.id AND m.user_id = ?1))) AND""";

    private static final String PUBLIC = "r.access = 'public' AND NOT r.archived AND ";
    /** There is an index in the order of the ten seconds. */
    private static final String LATEST = " (r.at_ms, r.id) < (?2, ?3) AND r.at_10s <= ?2 / 10000"
            + " ORDER BY r.at_10s DESC, r.at_ms DESC, r.id DESC LIMIT ?4";

    private static final String BY_NAME = " (" + FOLDED + ", r.id) > (?2, ?3) ORDER BY " + FOLDED + ", r.id LIMIT ?4";
    /** A caller chooses any number, and must not learn where a room stands that they may not read. */
    private static final String FROM = "SELECT " + FOLDED + """
             FROM {s}.rooms r WHERE r.id = ?1 AND (r.access = 'public'
              OR EXISTS (SELECT 1 FROM {s}.members m WHERE m.room_id = r.id AND m.user_id = ?2))
            """;

    private static final String IN_COMMON = """
            SELECT r.name, r.title FROM {s}.rooms r WHERE r.id IN (
              SELECT a.room_id FROM {s}.members a JOIN {s}.members b ON b.room_id = a.room_id AND b.user_id = ?2
                WHERE a.user_id = ?1
              UNION ALL SELECT a.room_id FROM {s}.reads a JOIN {s}.reads b ON b.room_id = a.room_id AND b.user_id = ?2
                JOIN {s}.rooms p ON p.id = a.room_id AND p.access = 'public' WHERE a.user_id = ?1)
              AND NOT starts_with(r.name, 'direct.') ORDER BY r.at_ms DESC, r.id DESC LIMIT ?3
            """;

    private PostgresRoomSearch() {}

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
                            RoomRow.title(row.getString(3)),
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
                row -> new Directory.Common(row.getString(1), RoomRow.title(row.getString(2))),
                IN_COMMON,
                userId,
                otherId,
                limit);
    }
}
