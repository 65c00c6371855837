package id.warung.log.postgres;

import static id.warung.log.postgres.Pipeline.numbers;
import static id.warung.log.postgres.Pipeline.texts;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.command.Decider;
import id.warung.log.command.Needs;
import id.warung.log.command.Needs.Place;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/**
 * Appends groups, each in two round trips: one locks its rooms and reads what its decisions need, the other writes all changes and commits.
 * Thread-safe.
 */
final class GroupAppender {
    /**
     * For how long the answer to a commit is waited for, and looked for if it is lost: then the requests fail, and may be sent again with their
     * ids. Others wait for it as well. Longer than the driver waits for an answer.
     */
    private static final long LONGEST_SEARCH_NANOS = Duration.ofSeconds(7).toNanos();

    private final LogConnections log;
    private final Connections connections;
    private final Schema schema;
    private final EntryCodec codec;
    private final Clock clock;
    private final Decider decider;
    private final MemberCache members;
    private final Served served;
    private final KnownRooms knownRooms = new KnownRooms();

    GroupAppender(
            LogConnections log,
            Connections connections,
            Schema schema,
            EntryCodec codec,
            Clock clock,
            MemberCache members,
            Served served) {
        this.log = log;
        this.connections = connections;
        this.schema = schema;
        this.codec = codec;
        this.clock = clock;
        this.decider = new Decider(codec, clock);
        this.members = members;
        this.served = served;
    }

    /** A group whose commit was sent, and nobody knows what became of it. */
    private static final class UnansweredException extends SQLException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("serial")
        private final transient Attempt attempt;

        UnansweredException(Attempt attempt, SQLException reason) {
            super(reason.getMessage(), reason.getSQLState(), reason);
            this.attempt = attempt;
        }
    }

    /**
     * An attempt to write a group.
     *
     * @param id is in all its entries
     * @param last the last of these entries in each room, which is trimmed last
     */
    private record Attempt(long id, List<EntryKey> last, List<AppendResult> results) {}

    /**
     * See {@link id.warung.log.MessageLog#appendUnlocked}.
     */
    List<AppendResult> append(List<AppendRequest> requests) throws IOException {
        List<AppendResult> results = tryToAppend(requests);
        if (results != null) {
            return results;
        }
        Set<String> lockedRooms = lockedRooms(requests);
        List<AppendRequest> others = requests.stream()
                .filter(request -> !lockedRooms.contains(request.room()))
                .toList();
        results = others.isEmpty() ? null : tryToAppend(others);
        if (results == null) { // all are locked, or somebody else has locked another one meanwhile
            return Collections.nCopies(requests.size(), new AppendResult.Locked());
        }
        Iterator<AppendResult> next = results.iterator();
        return requests.stream()
                .map(request -> lockedRooms.contains(request.room()) ? new AppendResult.Locked() : next.next())
                .toList();
    }

    /** The rooms of requests that need a room which somebody else has locked, or is just making. */
    private Set<String> lockedRooms(List<AppendRequest> requests) throws IOException {
        Map<String, Set<String>> toLock = new HashMap<>(); // by the request's room
        Set<Place> messages = new HashSet<>(); // whose authors' inboxes are to be locked too
        for (AppendRequest request : requests) {
            Needs needs = decider.needs(request);
            toLock.computeIfAbsent(request.room(), room -> new HashSet<>())
                    .addAll(GroupRooms.toLock(needs, schema.logged()));
            messages.addAll(schema.logged() ? needs.authors() : Set.of());
        }
        Set<String> there = new HashSet<>();
        Set<String> free = new HashSet<>();
        try {
            log.once(connection -> {
                new Pipeline(schema)
                        .run("BEGIN")
                        .query(rows -> {}, GroupReader.LIMITS)
                        .query(
                                rows -> {
                                    while (rows.next()) {
                                        toLock.get(rows.getString(1)).add(rows.getString(2));
                                    }
                                },
                                "SELECT k.room, " + GroupRooms.AUTHORS_INBOX,
                                texts(messages, Place::room),
                                numbers(messages, Place::seq))
                        .on(connection);
                Object all = texts(all(toLock));
                new Pipeline(schema)
                        .query(rows -> readNames(rows, there), "SELECT name FROM {s}.rooms WHERE name = ANY (?)", all)
                        .query(
                                rows -> readNames(rows, free),
                                "SELECT name FROM {s}.rooms WHERE name = ANY (?) FOR NO KEY UPDATE SKIP LOCKED",
                                all)
                        .run("ROLLBACK")
                        .on(connection);
                return null;
            });
        } catch (SQLException e) {
            if (!PostgresFailure.isLocked(e)) {
                throw PostgresFailure.of(e);
            } // the whole table
        }
        Set<String> all = all(toLock);
        Set<String> locked = new HashSet<>(there.isEmpty() ? all : there);
        locked.removeAll(free);
        if (locked.isEmpty()) {
            locked.addAll(all);
            locked.removeAll(there);
        }
        toLock.values().removeIf(its -> Collections.disjoint(its, locked));
        return toLock.keySet();
    }

    private static Set<String> all(Map<String, Set<String>> names) {
        return names.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
    }

    private static void readNames(ResultSet rows, Set<String> into) throws SQLException {
        while (rows.next()) {
            into.add(rows.getString(1));
        }
    }

    /** Returns null when somebody else has locked a room for too long: then nothing is written. */
    private List<AppendResult> tryToAppend(List<AppendRequest> requests) throws IOException {
        List<Attempt> unanswered = new ArrayList<>();
        long until = 0;
        for (int tries = 1; ; tries++) {
            long begin = System.nanoTime();
            try {
                return log.once(connection -> append(requests, unanswered, connection));
            } catch (UnansweredException e) {
                until = unanswered.isEmpty() ? begin + LONGEST_SEARCH_NANOS : until;
                unanswered.add(e.attempt);
            } catch (SQLException e) {
                if (unanswered.isEmpty() && PostgresFailure.isLocked(e)) {
                    return null;
                }
                boolean search = !unanswered.isEmpty() && System.nanoTime() - until < 0;
                if (!search && !LogConnections.isWorthAnotherTry(e, tries)) {
                    throw PostgresFailure.of(e);
                }
                if (search) {
                    connections.awaitBack();
                }
            }
            if (!unanswered.isEmpty() && System.nanoTime() - until >= 0) {
                throw new IOException("The database does not answer");
            }
        }
    }

    /**
     * Writes the group, unless it turns out that an unanswered attempt has done so. That is certain only when its rooms are locked: until
     * then the database may still be at it.
     */
    private List<AppendResult> append(List<AppendRequest> requests, List<Attempt> unanswered, Connection connection)
            throws SQLException {
        GroupReader facts = new GroupReader(connection, schema, codec, log.epochNow(), members, knownRooms);
        GroupWriter changes = new GroupWriter(facts, codec, clock);
        List<AppendResult> results = decider.append(requests, facts, changes, true);
        Attempt done = written(connection, unanswered);
        if (done != null || changes.isEmpty()) {
            new Pipeline(schema).run("ROLLBACK").on(connection);
            return done != null ? done.results() : results;
        }
        commit(
                connection,
                changes,
                new Attempt(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE), changes.lastEntries(), results));
        return results;
    }

    private void commit(Connection connection, GroupWriter changes, Attempt attempt) throws SQLException {
        Pipeline pipeline = new Pipeline(schema);
        changes.writeTo(pipeline, attempt.id());
        try {
            pipeline.run("COMMIT").on(connection);
        } catch (SQLException e) {
            if (PostgresFailure.isConnectionLost(e)) {
                throw new UnansweredException(attempt, e);
            }
            throw e;
        }
        for (RoomRow row : changes.changedRooms()) {
            knownRooms.add(row.name());
            served.reaches(row.name(), row.head());
        }
    }

    /**
     * The attempt that was written. A group is written as a whole: an entry of it says that it was, and one of somebody else in its place
     * that it was not.
     *
     * @throws SQLException when that cannot be known, because there is nothing in the place of any of its entries any more
     */
    private Attempt written(Connection connection, List<Attempt> unanswered) throws SQLException {
        for (Attempt attempt : unanswered) {
            List<Boolean> found = new ArrayList<>(); // null: it is trimmed
            new Pipeline(schema)
                    .query(
                            rows -> {
                                while (rows.next()) {
                                    found.add((Boolean) rows.getObject(1));
                                }
                            },
                            "SELECT CASE WHEN e.seq IS NOT NULL THEN e.internal_id = ? WHEN r.first <= x.seq THEN false END"
                                    + " FROM unnest(?::bigint[], ?::bigint[]) AS x (room_id, seq)"
                                    + " JOIN {s}.rooms r ON r.id = x.room_id"
                                    + " LEFT JOIN {s}.entries e ON e.room_id = x.room_id AND e.seq = x.seq",
                            attempt.id(),
                            numbers(attempt.last(), EntryKey::roomId),
                            numbers(attempt.last(), EntryKey::seq))
                    .on(connection);
            if (found.contains(true)) {
                return attempt;
            }
            if (!found.isEmpty() && !found.contains(false)) {
                throw new SQLException("Nobody knows whether a group was written: its entries would be trimmed by now");
            }
        }
        return null;
    }
}
