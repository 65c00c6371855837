package id.warung.log.postgres;

import id.warung.log.Leases;
import id.warung.protocol.User;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Leases as rows of UNLOGGED tables, each method one statement that nobody waits to have on disk; the database's clock decides. */
public final class PostgresLeases implements Leases {
    /** How long a node may be away before what it said is removed; if it comes back sooner, it does not make new rows. */
    private static final int LITTER_SECONDS = 60;

    private static final String LONG_GONE = " AND expires_at < clock_timestamp() - interval '" + LITTER_SECONDS + " s'";

    private final LeaseStatements statements;
    private final NameClaims names;
    private final String node = newNode();
    private volatile long renewedAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(LEASE_SECONDS);
    private volatile boolean lapsed; // and renewed again by a claim

    /**
     * Has a name that no other has.
     *
     * @param connections opens a connection for one statement, as from a pool
     * @param schema where the tables are
     */
    public PostgresLeases(PostgresHints.Connecting connections, String schema) {
        this.statements = new LeaseStatements(connections, schema);
        this.names = new NameClaims(statements, node);
    }

    private static String newNode() {
        return Long.toUnsignedString(new SecureRandom().nextLong(), 36);
    }

    @Override
    public String node() {
        return node;
    }

    @Override
    public boolean renew() throws IOException {
        boolean held = extend() && !lapsed;
        lapsed = false;
        return held;
    }

    /** Returns whether the lease was held. */
    private boolean extend() throws IOException {
        boolean[] heldAndLitter = statements.ask(
                LeaseStatements.QUICK + "renewed AS (INSERT INTO {s}.nodes AS n (node, expires_at) VALUES (?,"
                        + " clock_timestamp() + interval '" + LEASE_SECONDS + " s') ON CONFLICT (node)"
                        + " DO UPDATE SET expires_at = excluded.expires_at RETURNING 1)"
                        // as it was before the statement
                        + " SELECT EXISTS (SELECT 1 FROM {s}.nodes WHERE node = ? AND expires_at > clock_timestamp()),"
                        + " EXISTS (SELECT 1 FROM {s}.nodes WHERE node <> ?" + LONG_GONE + ") FROM quick",
                rows -> {
                    rows.next();
                    return new boolean[] {rows.getBoolean(1), rows.getBoolean(2)};
                },
                node,
                node,
                node);
        renewedAt = System.nanoTime();
        if (heldAndLitter[1]) {
            removeLitter();
        }
        return heldAndLitter[0];
    }

    /** What nodes said that are gone for long. */
    private void removeLitter() throws IOException {
        boolean unused = statements.ask(
                LeaseStatements.QUICK + "gone AS (DELETE FROM {s}.nodes WHERE node <> ?" + LONG_GONE
                        + " RETURNING node),"
                        + " said AS (DELETE FROM {s}.presence WHERE node IN (SELECT node FROM gone)),"
                        + " had AS (DELETE FROM {s}.names n WHERE NOT " + NameClaims.LIVE + ") SELECT 1 FROM quick",
                ResultSet::next,
                node);
    }

    @Override
    public void publish(long version, Map<String, String> texts) throws IOException {
        Map<String, String> sorted = new TreeMap<>(texts);
        String[] keys = LeaseStatements.texts(sorted.keySet());
        boolean unused = statements.ask(
                LeaseStatements.QUICK + "put AS (INSERT INTO {s}.presence (key, node, version, text)"
                        + " SELECT w.key, ?, ?, w.text FROM unnest(?, ?) AS w (key, text)"
                        + " ON CONFLICT (key, node) DO UPDATE SET version = excluded.version, text = excluded.text),"
                        + " forgotten AS (DELETE FROM {s}.presence WHERE node = ? AND text = '' AND version <= ?"
                        + " AND key <> ALL (?)), said AS (UPDATE {s}.nodes SET version = ? WHERE node = ?)"
                        + " SELECT 1 FROM quick",
                ResultSet::next,
                node,
                version,
                keys,
                LeaseStatements.texts(sorted.values()),
                node,
                version - REMEMBERED_VERSIONS,
                keys,
                version,
                node);
    }

    @Override
    public Standing standing() throws IOException {
        return statements.ask(
                "SELECT node, version, lost FROM {s}.nodes WHERE expires_at > clock_timestamp()", rows -> {
                    Map<String, Long> others = new HashMap<>();
                    long lost = 0;
                    while (rows.next()) {
                        if (rows.getString(1).equals(node)) {
                            lost = rows.getLong(3);
                        } else {
                            others.put(rows.getString(1), rows.getLong(2));
                        }
                    }
                    return new Standing(others, lost);
                });
    }

    @Override
    public List<Part> about(Collection<String> keys) throws IOException {
        return statements.ask(
                "SELECT p.key, p.node, p.text FROM {s}.presence p JOIN {s}.nodes l ON l.node = p.node"
                        + " WHERE p.key = ANY (?) AND p.node <> ? AND p.text <> '' AND l.expires_at > clock_timestamp()",
                PostgresLeases::parts,
                LeaseStatements.texts(keys),
                node);
    }

    @Override
    public List<Part> since(Map<String, Long> versions) throws IOException {
        return statements.ask(
                "SELECT p.key, p.node, p.text FROM unnest(?, ?) AS seen (node, version)"
                        + " JOIN {s}.presence p ON p.node = seen.node AND p.version > seen.version",
                PostgresLeases::parts,
                LeaseStatements.texts(versions.keySet()),
                versions.values().toArray(new Long[0]));
    }

    private static List<Part> parts(ResultSet rows) throws SQLException {
        List<Part> parts = new ArrayList<>();
        while (rows.next()) {
            parts.add(new Part(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
        return parts;
    }

    @Override
    public String claim(String userId, List<String> wanted) throws IOException {
        extendLapsed();
        return names.claim(userId, wanted);
    }

    @Override
    public Set<String> claim(Collection<User> users) throws IOException {
        extendLapsed();
        return names.claim(users);
    }

    /** Otherwise nobody would heed the claim. */
    private void extendLapsed() throws IOException {
        if (System.nanoTime() - renewedAt > TimeUnit.SECONDS.toNanos(LEASE_SECONDS - RENEWAL_SECONDS) && !extend()) {
            lapsed = true;
        }
    }

    @Override
    public Set<String> lost(Collection<User> guests) throws IOException {
        return names.lost(guests);
    }

    @Override
    public void release(Collection<String> userIds) throws IOException {
        names.release(userIds);
    }

    @Override
    public User user(String id) throws IOException {
        return names.user(id);
    }

    @Override
    public List<User> startingWith(String folded, int limit) throws IOException {
        return names.startingWith(folded, limit);
    }
}
