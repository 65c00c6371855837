package id.warung.log.sqlite;

import id.warung.protocol.EndSignIns;
import id.warung.protocol.Folding;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.User;
import java.sql.SQLException;

/** Writes what is known of users: their names, and which of their sign-ins have ended. Static, stateless; for the writing thread. */
final class SqliteUsers {
    /** So many sign-ins of a user that were ended one by one are remembered. */
    private static final int MAX_ENDED = 100;

    private SqliteUsers() {}

    /** Stores a user's name; no guest may have that of a person who has signed in. */
    static void upsert(Statements sql, User user) throws SQLException {
        sql.update(
                "INSERT INTO users (id, name, folded) VALUES (?, ?, ?)"
                        + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded"
                        + " WHERE name <> excluded.name",
                user.id(),
                user.name(),
                Folding.of(user.name()));
        if (user.isSignedIn()) {
            sql.update("DELETE FROM name_keys WHERE user_id = ?", user.id());
            for (String key : LookAlikes.keys(user.name())) {
                sql.update("INSERT INTO name_keys (key, user_id) VALUES (?, ?)", key, user.id());
            }
        }
    }

    /**
     * Ends some sign-ins of the user, or all. Those that were ended one by one stay so in any case: their issuer may go on to give out
     * tokens of them. Of too many, the one that would be forgotten first is.
     */
    static void endSignIns(Statements sql, String userId, EndSignIns ended) throws SQLException {
        sql.update("DELETE FROM ended_sign_ins WHERE until_s < ?", ended.atSeconds());
        if (ended.signIns().isEmpty()) {
            sql.update(
                    "UPDATE users SET not_before = max(not_before, ?), version = version + 1 WHERE id = ?",
                    ended.atSeconds() + 1, // a token of this very second may be older
                    userId);
        }
        for (String signIn : ended.signIns()) {
            sql.update(
                    "INSERT OR REPLACE INTO ended_sign_ins (user_id, sign_in, until_s) VALUES (?, ?, ?)",
                    userId,
                    signIn,
                    ended.untilSeconds());
        }
        sql.update(
                "DELETE FROM ended_sign_ins WHERE user_id = ?1 AND sign_in NOT IN (SELECT sign_in FROM ended_sign_ins"
                        + " WHERE user_id = ?1 ORDER BY until_s DESC LIMIT ?2)",
                userId,
                MAX_ENDED);
    }
}
