package id.warung.log.postgres;

import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.MessageLog.Page;
import id.warung.log.MessageLog.PageRequest;
import id.warung.log.PageBytes;
import id.warung.log.RoomState;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reactions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Reads the state of rooms, and pages of their entries, each in one snapshot. Thread-safe; every method blocks. */
final class PageReader {
    private static final String AFTER = "e.seq > ? ORDER BY e.seq";
    /** Seqs have no holes, so that this skips no more reactions than it may. */
    private static final String BEFORE = "e.seq < ? AND e.seq >= greatest(r.first, least(?, r.head + 1) - "
            + MessageLog.SKIPPED_REACTIONS + ") AND (e.kind <> 5 OR e.seq = greatest(r.first, least(?, r.head + 1) - "
            + MessageLog.SKIPPED_REACTIONS + ")) ORDER BY e.seq DESC";

    private final LogConnections connections;
    private final Schema schema;
    private final EntryCodec codec;
    private final MemberCache members;
    private final Served served;

    PageReader(LogConnections connections, Schema schema, EntryCodec codec, MemberCache members, Served served) {
        this.connections = connections;
        this.schema = schema;
        this.codec = codec;
        this.members = members;
        this.served = served;
    }

    /** See {@link MessageLog#read}. */
    Page read(String room, long after, int limit, int maxBytes) throws IOException {
        return page(new PageRequest(room, null, limit, maxBytes), AFTER, after, false);
    }

    /** See {@link MessageLog#readAfter}. */
    Page readAfter(PageRequest page, long after) throws IOException {
        return page(page, AFTER, after, true);
    }

    /** See {@link MessageLog#readBefore}. */
    Page readBefore(PageRequest page, long before) throws IOException {
        return page(page, BEFORE, before, true);
    }

    /** See {@link MessageLog#state}. */
    RoomState state(String room) throws IOException {
        return connections.reading(connection -> {
            Served.Before before = served.before(List.of(room));
            List<RoomRow> rows = new ArrayList<>();
            inSnapshot(room, rows).run("COMMIT").on(connection);
            RoomState state = state(room, rows.isEmpty() ? null : rows.get(0));
            served.check(connection, room, before, state.head().seq());
            return state;
        });
    }

    /** What does not fit is read again with fewer entries, so that each page is of one snapshot. */
    private Page page(PageRequest asked, String range, long bound, boolean withReactions) throws IOException {
        for (int most = asked.limit(); ; ) {
            int some = most;
            Page page = read(asked.room(), connection -> onePage(connection, asked, range, bound, some, withReactions));
            PageBytes bytes = new PageBytes(asked.maxBytes());
            List<Entry> entries = new ArrayList<>(page.entries());
            if (range.equals(BEFORE)) {
                Collections.reverse(entries);
            }
            int fit = 0;
            while (fit < entries.size() && bytes.takes(entries.get(fit).json().length)) {
                fit++;
            }
            long beside = Math.max(
                    PageBytes.of(page.amendments()),
                    page.reactions().stream().mapToLong(Reactions::weightBytes).sum());
            if (fit == entries.size() && beside > asked.maxBytes() && fit > 1) {
                fit /= 2;
            }
            if (fit == entries.size()) {
                return page;
            }
            most = fit;
        }
    }

    private Page onePage(
            Connection connection, PageRequest asked, String range, long bound, int limit, boolean withReactions)
            throws SQLException {
        List<Entry> entries = new ArrayList<>();
        List<Entry> amendments = new ArrayList<>();
        List<RoomRow> rows = new ArrayList<>();
        Pipeline pipeline = inSnapshot(asked.room(), rows);
        Object[] values = range.equals(BEFORE)
                ? new Object[] {asked.room(), bound, bound, bound, (long) limit, asked.room()}
                : new Object[] {asked.room(), bound, (long) limit, asked.room()};
        String page = "WITH room AS (SELECT id, first, head FROM {s}.rooms WHERE name = ?), page AS ("
                + "SELECT e.room_id, e.seq, e.author, e.json FROM room r JOIN {s}.entries e ON e.room_id = r.id"
                + " WHERE " + range + " LIMIT ?)";
        pipeline.query(
                found -> {
                    while (found.next()) {
                        byte[] json = found.getBytes(4);
                        codec.check(json);
                        (found.getInt(1) == 0 ? entries : amendments)
                                .add(new Entry(found.getLong(2), found.getString(3), json));
                    }
                },
                page + " SELECT 0, seq, author, json FROM page UNION ALL"
                        + " (SELECT 1, e.seq, e.author, e.json FROM (SELECT d.room_id, max(d.seq) AS seq FROM {s}.edits d"
                        + " WHERE d.room_id = (SELECT id FROM {s}.rooms WHERE name = ?)"
                        + " AND d.target BETWEEN (SELECT min(seq) FROM page) AND (SELECT max(seq) FROM page)"
                        + " GROUP BY d.room_id, d.target HAVING max(d.seq) > (SELECT max(seq) FROM page)) x"
                        + " JOIN {s}.entries e ON e.room_id = x.room_id AND e.seq = x.seq) ORDER BY 1, 2",
                values);
        PostgresReactions reactions = new PostgresReactions(asked.room());
        if (withReactions) {
            Object[] more = Arrays.copyOf(values, values.length);
            more[values.length - 1] = asked.userId();
            pipeline.query(reactions::addAll, page + PostgresReactions.OF_PAGE, more);
        }
        pipeline.run("COMMIT").on(connection);
        RoomRow row = rows.isEmpty() ? null : rows.get(0);
        return new Page(
                state(asked.room(), row),
                row == null ? 1 : row.first(),
                entries,
                amendments,
                List.copyOf(reactions.byMessage().values()));
    }

    /** A pipeline that begins a snapshot, and reads the room's row with its members into {@code to}. */
    private Pipeline inSnapshot(String room, List<RoomRow> to) {
        List<RoomRow> found = new ArrayList<>();
        String now = connections.epochNow();
        Pipeline pipeline = new Pipeline(schema)
                .run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                .query(
                        rows -> {
                            while (rows.next()) {
                                found.add(RoomRow.of(rows, now));
                            }
                        },
                        "SELECT " + RoomRow.COLUMNS + " FROM {s}.rooms r WHERE name = ?",
                        room);
        RoomReader.withMembers(List.of(room), found, members, pipeline, to::add);
        return pipeline;
    }

    private RoomState state(String room, RoomRow row) {
        return row != null ? row.state() : RoomState.initial(room, connections.epochNow());
    }

    /** Reads a page of a room, which must not end before what this node has served of it. */
    private Page read(String room, LogConnections.Work<Page> work) throws IOException {
        return connections.reading(connection -> {
            Served.Before before = served.before(List.of(room));
            Page page = work.on(connection);
            served.check(connection, room, before, page.state().head().seq());
            return page;
        });
    }
}
