package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.texts;

import id.warung.protocol.EndSignIns;
import id.warung.protocol.Folding;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The users whose names a group changes, or whose sign-ins it ends. For one thread, and one group. */
final class UserChanges {
    /** So many sign-ins of a user that were ended one by one are remembered. */
    private static final int MAX_ENDED = 100;

    private final Map<String, User> users = new TreeMap<>();
    private final Map<String, List<EndSignIns>> endedSignIns = new TreeMap<>();

    /** The user has this name; {@code stored} is who is stored now, or null. */
    void upsert(User user, User stored) {
        if (stored == null || !stored.name().equals(user.name())) {
            users.put(user.id(), user);
        } else {
            users.remove(user.id());
        }
    }

    void endSignIns(User user, EndSignIns ended) {
        endedSignIns.computeIfAbsent(user.id(), id -> new ArrayList<>()).add(ended);
    }

    boolean isEmpty() {
        return users.isEmpty() && endedSignIns.isEmpty();
    }

    void writeTo(Pipeline pipeline) {
        writeUsers(pipeline);
        endedSignIns.forEach((userId, all) -> all.forEach(ended -> writeEnded(userId, ended, pipeline)));
    }

    private void writeUsers(Pipeline pipeline) {
        if (!users.isEmpty()) {
            Collection<User> all = users.values();
            pipeline.run(
                    "INSERT INTO {s}.users AS u (id, name, folded)"
                            + " SELECT * FROM unnest(?::text[], ?::text[], ?::text[]) AS x (id, name, folded) ORDER BY x.id"
                            + " ON CONFLICT (id) DO UPDATE SET name = excluded.name, folded = excluded.folded,"
                            + " version = u.version + 1 WHERE u.name <> excluded.name",
                    texts(all, User::id),
                    texts(all, User::name),
                    texts(all, user -> Folding.of(user.name())));
            List<String> keys = new ArrayList<>();
            List<String> holders = new ArrayList<>();
            List<String> signedIn = new ArrayList<>();
            all.stream().filter(User::isSignedIn).forEach(user -> {
                signedIn.add(user.id());
                LookAlikes.keys(user.name()).stream().sorted().forEach(key -> {
                    keys.add(key);
                    holders.add(user.id());
                });
            });
            if (!signedIn.isEmpty()) {
                pipeline.run(
                        "DELETE FROM {s}.name_keys k WHERE user_id = ANY (?) AND NOT EXISTS (SELECT FROM"
                                + " unnest(?::text[], ?::text[]) AS x (key, who) WHERE x.key = k.key AND x.who = k.user_id)",
                        texts(signedIn),
                        texts(keys),
                        texts(holders));
                pipeline.run(
                        "INSERT INTO {s}.name_keys (key, user_id) SELECT * FROM unnest(?::text[], ?::text[])"
                                + " ON CONFLICT DO NOTHING",
                        texts(keys),
                        texts(holders));
            }
        }
    }

    /** As in {@link id.warung.log.sqlite}: those that were ended one by one stay so in any case. */
    private static void writeEnded(String userId, EndSignIns ended, Pipeline pipeline) {
        pipeline.run("DELETE FROM {s}.ended_sign_ins WHERE user_id = ? AND until_s < ?", userId, ended.atSeconds());
        if (ended.signIns().isEmpty()) {
            pipeline.run(
                    "UPDATE {s}.users SET not_before = greatest(not_before, ?), version = version + 1 WHERE id = ?",
                    ended.atSeconds() + 1, // a token of this very second may be older
                    userId);
        }
        if (!ended.signIns().isEmpty()) {
            pipeline.run(
                    "INSERT INTO {s}.ended_sign_ins (user_id, sign_in, until_s) SELECT DISTINCT ?, x, ?::bigint"
                            + " FROM unnest(?::text[]) AS x ON CONFLICT (user_id, sign_in)"
                            + " DO UPDATE SET until_s = excluded.until_s",
                    userId,
                    ended.untilSeconds(),
                    texts(ended.signIns()));
            pipeline.run(
                    "DELETE FROM {s}.ended_sign_ins WHERE user_id = ? AND sign_in NOT IN (SELECT sign_in"
                            + " FROM {s}.ended_sign_ins WHERE user_id = ? ORDER BY until_s DESC, sign_in LIMIT ?)",
                    userId,
                    userId,
                    MAX_ENDED);
        }
    }
}
