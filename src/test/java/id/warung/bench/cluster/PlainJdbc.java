package id.warung.bench.cluster;

import id.warung.kit.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The bare database: tables like Warung's with all their indexes, and groups of the size that Warung wrote. It locks rooms by moving their
 * heads, writes the rows as one batch and commits, and does nothing else: no look-up of ids, no encoding, no notification.
 */
final class PlainJdbc {
    /** What a transaction writes on average: messages, in so many rooms. */
    record Group(double messages, double rooms) {}

    private static final String MOVE =
            "UPDATE plain.rooms SET head = head + ?, n = n + ?, at_ms = ? WHERE id = ? RETURNING head";
    private static final String INSERT =
            "INSERT INTO plain.entries (room_id, seq, at_ms, author, post_id, request_hash, json) VALUES (?, ?, ?, ?, ?, ?, ?)";
    private static final byte[] HASH = new byte[16];

    private final PostgresServer postgres;
    private final int connections;
    private long run;

    PlainJdbc(PostgresServer postgres, int connections) {
        this.postgres = postgres;
        this.connections = connections;
        postgres.query("CREATE SCHEMA plain; CREATE TABLE plain.rooms (LIKE warung.rooms INCLUDING ALL);"
                + "CREATE TABLE plain.entries (LIKE warung.entries INCLUDING ALL)");
        postgres.query("ALTER TABLE plain.rooms SET (fillfactor = 50)");
    }

    /** Writes for so many seconds; returns messages a second. With one room, all connections write to it; else each has rooms of its own. */
    double perSecond(Group group, boolean oneRoom, double seconds) throws Exception {
        run++;
        int roomsOfEach = oneRoom ? 1 : 16;
        postgres.query("INSERT INTO plain.rooms (id, name) SELECT i, 'plain-" + run + "-' || i FROM generate_series("
                + firstRoom() + ", " + (firstRoom() + (long) connections * roomsOfEach - 1) + ") i");
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        try {
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            List<Callable<Long>> writers = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                int writer = i;
                long first = oneRoom ? firstRoom() : firstRoom() + (long) i * roomsOfEach;
                writers.add(() -> write(writer, group, first, roomsOfEach, end));
            }
            long written = 0;
            for (Future<Long> one : threads.invokeAll(writers)) {
                written += one.get();
            }
            return written * 1e9 / (System.nanoTime() - begin);
        } finally {
            threads.shutdown();
        }
    }

    private long firstRoom() {
        return run * 100_000L;
    }

    private long write(int writer, Group group, long firstRoom, int rooms, long end) throws SQLException {
        long written = 0;
        try (Connection connection = postgres.open()) {
            connection.setAutoCommit(false);
            try (Statement set = connection.createStatement();
                    PreparedStatement move = connection.prepareStatement(MOVE);
                    PreparedStatement insert = connection.prepareStatement(INSERT)) {
                set.execute("SET lock_timeout = '5s'");
                connection.commit();
                double owedMessages = 0;
                double owedRooms = 0;
                int next = 0;
                while (System.nanoTime() < end) {
                    owedMessages += group.messages();
                    owedRooms += group.rooms();
                    int messages = Math.max(1, (int) owedMessages);
                    int inRooms = Math.max(1, Math.min(Math.min(rooms, messages), (int) owedRooms));
                    owedMessages -= messages;
                    owedRooms -= inRooms;
                    for (int i = 0; i < inRooms; i++) {
                        int here = messages / inRooms + (i < messages % inRooms ? 1 : 0);
                        room(writer, firstRoom + (next + i) % rooms, here, move, insert);
                    }
                    next += inRooms;
                    insert.executeBatch();
                    connection.commit();
                    written += messages;
                }
            }
        }
        return written;
    }

    private static void room(int writer, long room, int messages, PreparedStatement move, PreparedStatement insert)
            throws SQLException {
        long now = System.currentTimeMillis();
        move.setLong(1, messages);
        move.setLong(2, messages);
        move.setLong(3, now);
        move.setLong(4, room);
        long head;
        try (ResultSet moved = move.executeQuery()) {
            moved.next();
            head = moved.getLong(1);
        }
        for (long seq = head - messages + 1; seq <= head; seq++) {
            String id = String.format("~~%012x%016x", writer, seq);
            String json = "{\"type\":\"message\",\"room\":\"bench\",\"seq\":" + seq + ",\"n\":" + seq
                    + ",\"at\":\"2026-11-23T19:31:32.123Z\",\"from\":{\"id\":\"u-4f2k9q\",\"name\":\"u1\"},\"id\":\""
                    + id
                    + "\",\"text\":\"the quick brown fox jumps over the lazy dog the quick brown fox \"}";
            insert.setLong(1, room);
            insert.setLong(2, seq);
            insert.setLong(3, now);
            insert.setString(4, "u-4f2k9q");
            insert.setString(5, id);
            insert.setBytes(6, HASH);
            insert.setBytes(7, json.getBytes(StandardCharsets.UTF_8));
            insert.addBatch();
        }
    }
}
