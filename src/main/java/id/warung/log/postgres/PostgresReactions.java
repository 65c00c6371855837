package id.warung.log.postgres;

import id.warung.log.command.ReactionCounts;
import id.warung.protocol.Limits;
import id.warung.protocol.Reactions;
import id.warung.protocol.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The reactions to messages of one room, as the rows of its queries say. For one thread. */
final class PostgresReactions {
    /** Of a character, who reacts with it first, in the order of seq, and whether the caller does. */
    private static final String KINDS = """
             SELECT k.target, k.emoji, k.count, k.first, u.ids, u.names, u.seqs,
               EXISTS (SELECT FROM {s}.reactions m WHERE m.room_id = k.room_id AND m.target = k.target AND m.emoji = k.emoji
                 AND m.user_id = %s)
             FROM (SELECT x.room_id, x.target, x.emoji, count(*) AS count, min(x.seq) AS first FROM {s}.reactions x WHERE x.emoji IS NOT NULL
               AND %s GROUP BY x.room_id, x.target, x.emoji) k
             CROSS JOIN LATERAL (SELECT array_agg(f.user_id ORDER BY f.seq) AS ids, array_agg(coalesce(w.name, f.user_id) ORDER BY f.seq)
               AS names, array_agg(f.seq ORDER BY f.seq) AS seqs FROM (SELECT y.user_id, y.seq FROM {s}.reactions y WHERE y.room_id = k.room_id AND y.target = k.target
               AND y.emoji = k.emoji ORDER BY y.seq LIMIT %d) f LEFT JOIN {s}.users w ON w.id = f.user_id) u
             ORDER BY k.target, k.first
            """;
    /** Follows a query with the name {@code page}. Its parameter is the caller's id, or null. */
    static final String OF_PAGE = KINDS.formatted(
            "?::text",
            "x.room_id = (SELECT id FROM room) AND x.target BETWEEN (SELECT min(seq) FROM page) AND (SELECT max(seq) FROM page)",
            Limits.MAX_REACTING_USERS);
    /** Its parameters are the room, the messages and the caller's id, or null. */
    static final String OF_MESSAGES =
            KINDS.formatted("?3::text", "x.room_id = ?1 AND x.target = ANY (?2)", Limits.MAX_REACTING_USERS);

    /** Of several messages ({@code k}, with a room's id and a seq), how many users react with what; see {@link ReactionCounts}. */
    static final String COUNTS = """
             CROSS JOIN LATERAL (WITH RECURSIVE kinds (emoji) AS (
               SELECT min(x.emoji) FROM {s}.reactions x WHERE x.room_id = r.id AND x.target = k.seq AND x.emoji IS NOT NULL
               UNION ALL SELECT (SELECT min(x.emoji) FROM {s}.reactions x WHERE x.room_id = r.id AND x.target = k.seq
                 AND x.emoji IS NOT NULL AND x.emoji > kinds.emoji) FROM kinds WHERE kinds.emoji IS NOT NULL)
               SELECT emoji, (SELECT count(*) FROM (SELECT FROM {s}.reactions x WHERE x.room_id = r.id AND x.target = k.seq
                 AND x.emoji = kinds.emoji LIMIT %d) y) AS count FROM kinds WHERE emoji IS NOT NULL) c
            """.formatted(ReactionCounts.MOST);

    private final String room;
    private final Map<Long, List<Reactions.Kind>> kinds = new TreeMap<>();

    PostgresReactions(String room) {
        this.room = room;
    }

    void addAll(ResultSet rows) throws SQLException {
        while (rows.next()) {
            add(rows);
        }
    }

    /** Adds what one row says; returns the seq of its message. */
    long add(ResultSet row) throws SQLException {
        String[] ids = (String[]) row.getArray(5).getArray();
        String[] names = (String[]) row.getArray(6).getArray();
        Long[] seqs = (Long[]) row.getArray(7).getArray();
        List<User> users = new ArrayList<>();
        for (int i = 0; i < ids.length; i++) {
            users.add(new User(ids[i], names[i]));
        }
        kinds.computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
                .add(new Reactions.Kind(row.getString(2), row.getLong(3), users, List.of(seqs), row.getBoolean(8)));
        return row.getLong(1);
    }

    Map<Long, Reactions> byMessage() {
        Map<Long, Reactions> all = new TreeMap<>();
        kinds.forEach((seq, of) -> all.put(seq, new Reactions(room, seq, of)));
        return all;
    }
}
