package id.warung.log.postgres;

import id.warung.log.Leases;
import id.warung.protocol.Folding;
import id.warung.protocol.LookAlikes;
import id.warung.protocol.User;
import java.io.IOException;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The names that a node has claimed for its users, which hold while its lease does; see {@link Leases}. Thread-safe; blocks. */
final class NameClaims {
    private static final int ATTEMPTS = 8;
    private static final String BEYOND = "\uDBFF\uDFFF"; // sorts behind all letters

    /** Whether somebody on a live node has the name <code>n</code>. */
    static final String LIVE =
            "EXISTS (SELECT 1 FROM {s}.nodes l WHERE l.node = ANY (n.nodes)" + " AND l.expires_at > clock_timestamp())";

    private static final String CLAIMED =
            " ON CONFLICT (key) DO UPDATE SET user_id = excluded.user_id, name = excluded.name,"
                    + " folded = excluded.folded, nodes = CASE WHEN n.user_id = excluded.user_id"
                    + " THEN array_remove(n.nodes, excluded.nodes[1]) || excluded.nodes ELSE excluded.nodes END"
                    + " WHERE n.user_id = excluded.user_id OR NOT " + LIVE;

    private final LeaseStatements statements;
    private final String node;

    NameClaims(LeaseStatements statements, String node) {
        this.statements = statements;
        this.node = node;
    }

    String claim(String userId, List<String> names) throws IOException {
        List<Long> choices = new ArrayList<>(); // from 1, of each key
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (String key : LookAlikes.keys(names.get(i))) {
                choices.add(i + 1L);
                keys.add(key);
            }
        }
        String[] folded = names.stream().map(Folding::of).toArray(String[]::new);
        for (int attempt = 0;
                attempt < ATTEMPTS;
                attempt++) { // another one only if somebody claims one of them meanwhile
            long[] choiceAndKeys = statements.ask(
                    LeaseStatements.QUICK + "wanted AS (SELECT * FROM unnest(?, ?) AS w (choice, key)),"
                            + " taken AS (SELECT w.choice FROM wanted w JOIN {s}.names n USING (key)"
                            + " WHERE n.user_id <> ? AND " + LIVE + "),"
                            + " best AS (SELECT min(choice) AS choice FROM wanted WHERE choice NOT IN"
                            + " (SELECT choice FROM taken)),"
                            + " before AS (DELETE FROM {s}.names WHERE user_id = ? AND nodes <@ ARRAY[?]::text[]"
                            + " AND (SELECT choice FROM best) IS NOT NULL"
                            + " AND key NOT IN (SELECT key FROM wanted JOIN best USING (choice))),"
                            + " made AS (INSERT INTO {s}.names AS n (key, user_id, name, folded, nodes)"
                            + " SELECT key, ?, (?::text[])[choice], (?::text[])[choice], ARRAY[?]::text[]"
                            + " FROM wanted JOIN best USING (choice) ORDER BY key" + CLAIMED + " RETURNING 1)"
                            + " SELECT (SELECT choice FROM best), (SELECT count(*) FROM made) FROM quick",
                    rows -> {
                        rows.next();
                        return new long[] {rows.getLong(1), rows.getLong(2)};
                    },
                    choices.toArray(new Long[0]),
                    LeaseStatements.texts(keys),
                    userId,
                    userId,
                    node,
                    userId,
                    LeaseStatements.texts(names),
                    folded,
                    node);
            int choice = (int) choiceAndKeys[0];
            if (choice == 0) {
                return null;
            }
            String name = names.get(choice - 1);
            if (choiceAndKeys[1] == LookAlikes.keys(name).size()) {
                return name;
            }
        }
        return null;
    }

    /** Users and the keys of their names, in the order of keys: who is signed in comes first. */
    private static final class Wanted {
        private final Map<String, User> byKey = new TreeMap<>();

        Wanted(Collection<User> users) {
            users.forEach(user -> LookAlikes.keys(user.name()).forEach(key -> byKey.merge(key, user, Wanted::first)));
        }

        private static User first(User one, User other) {
            return one.isGuest() && !other.isGuest() ? other : one;
        }

        String[] of(Function<User, String> value) {
            return byKey.values().stream().map(value).toArray(String[]::new);
        }
    }

    Set<String> claim(Collection<User> users) throws IOException {
        Wanted wanted = new Wanted(users);
        Map<String, Set<String>> made = statements.ask(
                LeaseStatements.QUICK
                        + "wanted AS (SELECT * FROM unnest(?, ?, ?, ?) AS w (key, user_id, name, folded)),"
                        + " evicted AS (SELECT n.nodes FROM {s}.names n JOIN wanted w USING (key)"
                        + " WHERE n.user_id LIKE 'u-%' AND w.user_id NOT LIKE 'u-%'),"
                        + " told AS (UPDATE {s}.nodes SET lost = lost + 1"
                        + " WHERE node IN (SELECT unnest(nodes) FROM evicted)),"
                        + " made AS (INSERT INTO {s}.names AS n (key, user_id, name, folded, nodes)"
                        + " SELECT key, user_id, name, folded, ARRAY[?]::text[] FROM wanted" + CLAIMED
                        + " OR (n.user_id LIKE 'u-%' AND excluded.user_id NOT LIKE 'u-%') RETURNING key, user_id)"
                        + " SELECT key, user_id FROM quick, made",
                rows -> {
                    Map<String, Set<String>> keys = new HashMap<>();
                    while (rows.next()) {
                        keys.computeIfAbsent(rows.getString(2), id -> new HashSet<>())
                                .add(rows.getString(1));
                    }
                    return keys;
                },
                LeaseStatements.texts(wanted.byKey.keySet()),
                wanted.of(User::id),
                wanted.of(User::name),
                wanted.of(user -> Folding.of(user.name())),
                node);
        Set<String> without = new HashSet<>();
        for (User user : users) {
            if (user.isGuest() && !made.getOrDefault(user.id(), Set.of()).containsAll(LookAlikes.keys(user.name()))) {
                without.add(user.id());
            }
        }
        return without;
    }

    Set<String> lost(Collection<User> guests) throws IOException {
        Wanted wanted = new Wanted(guests);
        return statements.ask(
                "SELECT w.user_id FROM unnest(?, ?) AS w (key, user_id) LEFT JOIN {s}.names n USING (key)"
                        + " WHERE n.user_id IS DISTINCT FROM w.user_id",
                rows -> {
                    Set<String> lost = new HashSet<>();
                    while (rows.next()) {
                        lost.add(rows.getString(1));
                    }
                    return lost;
                },
                LeaseStatements.texts(wanted.byKey.keySet()),
                wanted.of(User::id));
    }

    void release(Collection<String> userIds) throws IOException {
        String[] ids = LeaseStatements.texts(userIds);
        boolean unused = statements.ask(
                LeaseStatements.QUICK
                        + "mine AS (DELETE FROM {s}.names WHERE user_id = ANY (?) AND nodes <@ ARRAY[?]::text[]),"
                        + " shared AS (UPDATE {s}.names SET nodes = array_remove(nodes, ?) WHERE user_id = ANY (?)"
                        + " AND ? = ANY (nodes) AND NOT nodes <@ ARRAY[?]::text[]) SELECT 1 FROM quick",
                ResultSet::next,
                ids,
                node,
                node,
                ids,
                node,
                node);
    }

    User user(String id) throws IOException {
        return statements.ask(
                "SELECT n.name FROM {s}.names n WHERE n.user_id = ? AND " + LIVE + " LIMIT 1",
                rows -> rows.next() ? new User(id, rows.getString(1)) : null,
                id);
    }

    List<User> startingWith(String folded, int limit) throws IOException {
        return statements.ask(
                "SELECT DISTINCT n.folded, n.user_id, n.name FROM {s}.names n WHERE n.folded >= ? AND n.folded < ?"
                        + " AND " + LIVE + " ORDER BY n.folded, n.user_id LIMIT ?",
                rows -> {
                    List<User> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(new User(rows.getString(2), rows.getString(3)));
                    }
                    return found;
                },
                folded,
                folded + BEYOND,
                limit);
    }
}
