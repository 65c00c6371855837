package id.warung.log.sqlite;

import id.warung.log.command.ReactionCounts;
import id.warung.protocol.Limits;
import id.warung.protocol.React;
import id.warung.protocol.Reactions;
import id.warung.protocol.User;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and writes the reactions to messages. Static, stateless. */
final class SqliteReactions {
    /** Goes from one character to the next, without reading all who react with it. */
    private static final String KINDS = "WITH RECURSIVE kinds (emoji) AS ("
            + "SELECT min(emoji) FROM reactions WHERE room_id = ?1 AND target = ?2 AND emoji IS NOT NULL"
            + " UNION ALL SELECT (SELECT min(emoji) FROM reactions WHERE room_id = ?1 AND target = ?2 AND emoji > kinds.emoji)"
            + " FROM kinds WHERE kinds.emoji IS NOT NULL)"
            + " SELECT emoji, (SELECT count(*) FROM (SELECT 1 FROM reactions"
            + " WHERE room_id = ?1 AND target = ?2 AND emoji = kinds.emoji LIMIT " + ReactionCounts.MOST + "))"
            + " FROM kinds WHERE emoji IS NOT NULL";

    private SqliteReactions() {}

    /** How many users react to one message with what, each counted up to {@link ReactionCounts#MOST}. */
    static ReactionCounts counts(Statements sql, long roomId, long target) throws SQLException {
        Map<String, Integer> counts = new HashMap<>();
        sql.each(
                row -> {
                    counts.put(row.getString(1), row.getInt(2));
                    return true;
                },
                KINDS,
                roomId,
                target);
        return new ReactionCounts(counts);
    }

    private record Kind(long target, String emoji, long count) {}

    /**
     * The reactions to the messages from {@code first} to {@code last}, in order of seq.
     *
     * @param userId of the caller; null: none
     * @param maxBytes after the message with which this is exceeded, the others are left out
     */
    static List<Reactions> of(Statements sql, RoomRow room, long first, long last, String userId, long maxBytes)
            throws SQLException {
        List<Kind> kinds = sql.all(
                row -> new Kind(row.getLong(1), row.getString(2), row.getLong(3)),
                "SELECT target, emoji, count(*) FROM reactions WHERE room_id = ? AND target BETWEEN ? AND ? AND emoji IS NOT NULL"
                        + " GROUP BY target, emoji ORDER BY target, min(seq)",
                room.id(),
                first,
                last);
        List<Reactions> all = new ArrayList<>();
        List<Reactions.Kind> of = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < kinds.size() && bytes <= maxBytes; i++) {
            Kind kind = kinds.get(i);
            of.add(kind(sql, room, kind, userId));
            if (i + 1 == kinds.size() || kinds.get(i + 1).target() != kind.target()) {
                Reactions its = new Reactions(room.name(), kind.target(), List.copyOf(of));
                all.add(its);
                bytes += its.weightBytes();
                of.clear();
            }
        }
        return all;
    }

    private static Reactions.Kind kind(Statements sql, RoomRow room, Kind kind, String userId) throws SQLException {
        List<Long> seqs = new ArrayList<>();
        List<User> users = sql.all(
                row -> {
                    seqs.add(row.getLong(3));
                    return new User(row.getString(1), row.getString(2));
                },
                "SELECT user_id, coalesce((SELECT name FROM users WHERE id = user_id), user_id), seq FROM reactions"
                        + " WHERE room_id = ? AND target = ? AND emoji = ? ORDER BY seq LIMIT "
                        + Limits.MAX_REACTING_USERS,
                room.id(),
                kind.target(),
                kind.emoji());
        boolean mine = users.stream().anyMatch(user -> user.id().equals(userId))
                || (kind.count() > users.size()
                        && userId != null
                        && reacts(sql, room.id(), kind.target(), kind.emoji(), userId));
        return new Reactions.Kind(kind.emoji(), kind.count(), users, seqs, mine);
    }

    static boolean reacts(Statements sql, long roomId, long target, String emoji, String userId) throws SQLException {
        return sql.one(
                        row -> true,
                        "SELECT 1 FROM reactions WHERE room_id = ? AND target = ? AND emoji = ? AND user_id = ?",
                        roomId,
                        target,
                        emoji,
                        userId)
                != null;
    }

    /** The first entries that are reactions to a message, or were taken back, at most {@code most}. */
    static List<Long> entries(Statements sql, long roomId, long target, int most) throws SQLException {
        return sql.all(
                row -> row.getLong(1),
                "SELECT seq FROM reactions WHERE room_id = ? AND target = ? ORDER BY seq LIMIT ?",
                roomId,
                target,
                most);
    }

    /** Records what the entry {@code seq} says. For the writing thread. */
    static void react(Statements sql, long roomId, React react, User user, long seq) throws SQLException {
        if (!react.on()) {
            sql.update(
                    "UPDATE reactions SET emoji = NULL, user_id = NULL"
                            + " WHERE room_id = ? AND target = ? AND emoji = ? AND user_id = ?",
                    roomId,
                    react.seq(),
                    react.emoji(),
                    user.id());
        }
        sql.update(
                "INSERT INTO reactions (room_id, target, seq, emoji, user_id) VALUES (?, ?, ?, ?, ?)",
                roomId,
                react.seq(),
                seq,
                react.on() ? react.emoji() : null,
                react.on() ? user.id() : null);
    }
}
