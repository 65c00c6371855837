package id.warung.bench;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The bare database: Warung's tables, WAL, {@code synchronous=FULL}, one transaction per group. It writes the rows and
 * moves the room's head, and does nothing else: no look-up of ids, no encoding, no notification.
 */
final class RawDatabase {
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement moveHead;
    private long seq;

    private RawDatabase(Connection connection) throws Exception {
        this.connection = connection;
        try (Statement make = connection.createStatement()) {
            make.executeUpdate(schema());
            make.executeUpdate("INSERT INTO rooms (id, name) VALUES (1, 'bench')");
        }
        connection.setAutoCommit(false);
        insert = connection.prepareStatement(
                "INSERT INTO entries (room_id, seq, at_ms, author, post_id, json) VALUES (?, ?, ?, ?, ?, ?)");
        moveHead = connection.prepareStatement("UPDATE rooms SET head = ? WHERE id = 1");
    }

    /** Arguments: the folder, the messages per group, the seconds. */
    @SuppressWarnings("SystemOut")
    public static void main(String... args) throws Exception {
        Path file = Path.of(args[0], "raw-database.db");
        int messages = Integer.parseInt(args[1]);
        Files.createDirectories(file.getParent());
        delete(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setGetGeneratedKeys(false); // otherwise the driver asks for a key after each row
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try (Connection connection = source.getConnection()) {
            RawDatabase database = new RawDatabase(connection);
            Times times = Times.of(Double.parseDouble(args[2]), () -> database.write(messages));
            System.out.println(times.json("database", messages));
        } finally {
            delete(file);
        }
    }

    private void write(int messages) throws Exception {
        for (int i = 0; i < messages; i++) {
            seq++;
            String id = String.format("~~%012x%016x", seq % 8, seq);
            String json = "{\"type\":\"message\",\"room\":\"bench\",\"seq\":" + seq
                    + ",\"at\":\"2026-11-23T19:31:32.123Z\",\"from\":{\"id\":\"u-4f2k9q\",\"name\":\"u1\"},\"id\":\""
                    + id
                    + "\",\"text\":\"the quick brown fox jumps over the lazy dog the quick brown fox \"}";
            insert.setLong(1, 1);
            insert.setLong(2, seq);
            insert.setLong(3, seq);
            insert.setString(4, "u-4f2k9q");
            insert.setString(5, id);
            insert.setBytes(6, json.getBytes(StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
        moveHead.setLong(1, seq);
        moveHead.executeUpdate();
        connection.commit();
    }

    private static String schema() throws Exception {
        try (var migration = RawDatabase.class.getResourceAsStream("/db/migration/V1__log.sql")) {
            return new String(migration.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void delete(Path file) throws Exception {
        for (String part : new String[] {"", "-wal", "-shm"}) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
        }
    }
}
