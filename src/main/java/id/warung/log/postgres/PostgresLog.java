package id.warung.log.postgres;

import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.MessageLog;
import id.warung.log.RoomState;
import id.warung.log.SharedStorage;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reply;
import id.warung.protocol.RoomName;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.lang.System.Logger;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The log that several nodes share. Several threads may append at a time, each to other rooms. A group takes two round trips: one locks its
 * rooms and reads what its decisions need, the other writes all changes and commits.
 */
public final class PostgresLog implements MessageLog {
    private static final Logger LOG = System.getLogger(PostgresLog.class.getName());
    /** A node that has stopped in the middle of a group holds its rooms for two seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final LogConnections connections;
    private final Schema schema;
    private final Clock clock;
    private final PostgresEpoch epoch;
    private final Served served;
    private final GroupAppender appender;
    private final PageReader pages;
    private final PostgresSearch search;

    PostgresLog(Connections connections, Schema schema, PostgresEpoch epoch, EntryCodec codec, Clock clock) {
        this.connections = new LogConnections(connections, schema, epoch);
        this.schema = schema;
        this.epoch = epoch;
        this.clock = clock;
        this.served = new Served(schema, epoch);
        MemberCache members = new MemberCache();
        epoch.onChange(served::clear);
        epoch.onChange(members::clear);
        this.appender = new GroupAppender(this.connections, connections, schema, codec, clock, members, served);
        this.pages = new PageReader(this.connections, schema, codec, members, served);
        this.search = new PostgresSearch(new Transactions(connections, schema), codec);
    }

    /** The durable log in a database that has its tables; the connections stay its user's. Does not connect yet. */
    public static PostgresLog in(Connections connections, EntryCodec codec, Clock clock) {
        return new PostgresLog(connections, Schema.DURABLE, new PostgresEpoch(Schema.DURABLE), codec, clock);
    }

    /**
     * Tries again and again to write what is locked: who waits for a lock holds those that they have got, and others who need them would
     * wait as well.
     */
    @Override
    public List<AppendResult> append(List<AppendRequest> requests) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<AppendResult> results = new ArrayList<>(appendUnlocked(requests));
        List<AppendRequest> locked = locked(requests, results);
        while (!locked.isEmpty() && System.nanoTime() - end < 0) {
            try {
                Iterator<AppendResult> next = appendUnlocked(locked).iterator();
                results.replaceAll(result -> result instanceof AppendResult.Locked ? next.next() : result);
            } catch (IOException | RuntimeException | Error e) {
                if (locked.size() == requests.size()) {
                    throw e;
                }
                FatalErrors.report(e);
                LOG.log(Logger.Level.ERROR, "A part of a group could not be written", e); // but the rest was
                break;
            }
            locked = locked(requests, results);
        }
        if (!locked.isEmpty()) {
            results.replaceAll(result -> result instanceof AppendResult.Locked ? new AppendResult.Failed() : result);
            LOG.log(
                    Logger.Level.WARNING,
                    "Another node, or somebody at the database, has locked rooms for too long; what is posted there is"
                            + " refused: "
                            + locked.stream()
                                    .map(AppendRequest::room)
                                    .distinct()
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        return results;
    }

    private static List<AppendRequest> locked(List<AppendRequest> requests, List<AppendResult> results) {
        return IntStream.range(0, requests.size())
                .filter(i -> results.get(i) instanceof AppendResult.Locked)
                .mapToObj(requests::get)
                .toList();
    }

    @Override
    public List<AppendResult> appendUnlocked(List<AppendRequest> requests) throws IOException {
        return appender.append(requests);
    }

    /** Asks whether this is still the log that it was. */
    void checkEpoch() throws IOException {
        epoch.doubt();
        connections.reading(connection -> null);
    }

    @Override
    public void check() throws IOException {
        connections.reading(connection -> {
            new Pipeline(schema)
                    .run("BEGIN")
                    .run(
                            "INSERT INTO {s}.meta (key, value) VALUES ('checked', ?) ON CONFLICT (key)"
                                    + " DO UPDATE SET value = excluded.value",
                            clock.instant().toString())
                    .run("COMMIT")
                    .on(connection);
            return null;
        });
    }

    @Override
    public Page read(String room, long after, int limit, int maxBytes) throws IOException {
        return pages.read(room, after, limit, maxBytes);
    }

    @Override
    public Page readAfter(PageRequest page, long after) throws IOException {
        return pages.readAfter(page, after);
    }

    @Override
    public Page readBefore(PageRequest page, long before) throws IOException {
        return pages.readBefore(page, before);
    }

    @Override
    public Hits search(PageRequest page, String query, long before) throws IOException {
        RoomState state = state(page.room()); // also checks that the room is not put back
        return search.search(state, page, query, before);
    }

    @Override
    public RoomState state(String room) throws IOException {
        return pages.state(room);
    }

    /** See {@link SharedStorage#versions}. */
    Map<String, SharedStorage.Version> versions(Collection<String> rooms) throws IOException {
        return connections.reading(connection -> {
            Served.Before before = served.before(rooms);
            Map<String, SharedStorage.Version> versions = new HashMap<>();
            new Pipeline(schema)
                    .query(
                            rows -> {
                                while (rows.next()) {
                                    versions.put(
                                            rows.getString(1),
                                            new SharedStorage.Version(rows.getLong(2), rows.getLong(3)));
                                }
                            },
                            "SELECT name, head, version FROM {s}.rooms WHERE name = ANY (?)",
                            Pipeline.texts(rooms))
                    .on(connection);
            for (String room : rooms) {
                SharedStorage.Version version = versions.get(room);
                served.check(connection, room, before, version == null ? 0 : version.head());
            }
            return versions;
        });
    }

    /** See {@link SharedStorage#readsSince}. */
    Map<String, List<Reply.Reads.Mark>> readsSince(Map<String, Long> versions) throws IOException {
        return connections.reading(connection -> {
            Map<String, List<Reply.Reads.Mark>> marks = new HashMap<>();
            List<String> inboxes = List.copyOf(versions.keySet());
            new Pipeline(schema)
                    .query(
                            rows -> {
                                while (rows.next()) {
                                    marks.computeIfAbsent(
                                                    RoomName.inboxOf(rows.getString(1)), inbox -> new ArrayList<>())
                                            .add(new Reply.Reads.Mark(
                                                    rows.getString(2),
                                                    rows.getLong(3),
                                                    rows.getLong(4),
                                                    rows.getBoolean(5)));
                                }
                            },
                            "SELECT m.user_id, r.name, m.seq, m.n, m.back FROM unnest(?::text[], ?::bigint[]) AS x (who, version)"
                                    + " CROSS JOIN LATERAL ("
                                    + "SELECT user_id, room_id, seq, n, back, version FROM {s}.reads WHERE user_id = x.who"
                                    + " UNION ALL SELECT user_id, room_id, 0, 0, false, version FROM {s}.forgotten_reads"
                                    + " WHERE user_id = x.who) m"
                                    + " JOIN {s}.rooms r ON r.id = m.room_id"
                                    + " WHERE m.version > x.version ORDER BY m.version",
                            Pipeline.texts(
                                    inboxes.stream().map(RoomName::ownerOf).toList()),
                            Pipeline.numbers(inboxes.stream().map(versions::get).toList()))
                    .on(connection);
            return marks;
        });
    }

    @Override
    public void roomClosed(String room) {
        served.forget(room);
    }

    /** The connections belong to the storage. */
    @Override
    public void close() {
        // nothing of its own
    }
}
