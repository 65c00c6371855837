package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.client.Person;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.User;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/**
 * A data folder of an older version: from before the fifth migration, which rebuilds the search index, and from the seventh, whose texts
 * and names are folded in another way. The room answers soon, and no kill does harm, whenever it comes.
 */
class UpgradeIT {
    private static final int ENTRIES = Scale.of(5_000, 1_000_000);
    private static final int PEOPLE = Scale.of(300, 20_000);
    private static final int KILLS_AT_FIRST = Scale.of(1, 3);
    private static final int KILLS_WHILE_IT_INDEXES = Scale.of(1, 6);
    private static final long BETWEEN_FIRST_KILLS_MS = Scale.of(10, 100);
    private static final Duration SOON = Duration.ofSeconds(Scale.of(30, 60));
    private static final Duration WHOLE = Duration.ofMinutes(Scale.of(1, 30));
    private static final int A_TRANSACTION = 10_000;
    private static final long ROOM = 1;
    private static final String WORD_OF_ROOM = "\uE000" + ROOM;
    private static final User ANA = new User("u-ana", "Ana");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private WarungProcess warung;
    private long most; // bytes in the folder

    @ParameterizedTest
    @ValueSource(ints = {7, 4})
    void theRoomAnswersSoonAndKillsCostNothing(int schema) throws Exception {
        warung = new WarungProcess(folder);
        Files.createDirectories(warung.data());
        makeOlderFolder(schema);
        long before = bytes();
        try {
            String starts = "";
            for (int kill = 1; kill <= KILLS_AT_FIRST; kill++) {
                starts += killWhenItHasWrittenFor((kill - 1) * BETWEEN_FIRST_KILLS_MS);
            }
            starts += start("it was left to itself");
            starts += killAndStart("at once");
            for (int kill = 1; kill <= KILLS_WHILE_IT_INDEXES; kill++) {
                long some = (long) ENTRIES * kill / (KILLS_WHILE_IT_INDEXES + 1);
                await().atMost(WHOLE)
                        .until(() -> indexed() >= some || !search("fox").containsKey("incomplete"));
                starts += killAndStart("with " + indexed() + " entries in the index");
            }
            try (Person ana = Person.in("lobby", warung.chat())) {
                ana.post("lobby", "said while the index is made");
            }
            long begun = System.nanoTime();
            await().atMost(WHOLE).pollInterval(Duration.ofMillis(100)).until(() -> !search("fox")
                    .containsKey("incomplete"));
            patiently().until(() -> hits("while") == 1); // the latest messages are indexed last
            System.out.printf(
                    "upgrade from schema %d: %d entries;%s index complete %.1f s after the last kill; at most %d MB on"
                            + " the disk, %d before%n",
                    schema, ENTRIES, starts, (System.nanoTime() - begun) / 1e9, most >> 20, before >> 20);
            for (int said : new int[] {1, ENTRIES / 3, ENTRIES / 2, ENTRIES}) {
                assertThat(hits("number" + said + " fox"))
                        .as("message %s", said)
                        .isEqualTo(1);
            }
            assertThat(hits("fox")).isEqualTo(20); // a page
            assertThat(hits("C%2B%2B")).isEqualTo(1);
            assertThat(hits("%F0%9F%8D%9C")).isEqualTo(1);
            assertThat(new History(warung).page("lobby", "limit=1").head()).isEqualTo(ENTRIES + 1);
        } finally {
            warung.stop();
        }
        System.out.printf("upgrade from schema %d: %d MB on the disk after an end%n", schema, bytes() >> 20);
        assertThat(number("SELECT count(*) FROM searchable WHERE words > 0")).isEqualTo(ENTRIES + 1);
        assertThat(number("SELECT count(*) FROM entries")).isEqualTo(ENTRIES + 1);
        assertThat(number("SELECT count(*) FROM users WHERE folded = 'rene ' || id"))
                .isEqualTo(PEOPLE);
        assertThat(Database.integrity(warung.database())).isEqualTo("ok");
    }

    /** Kills it while it migrates the tables or starts to rebuild the index, or right after. */
    private String killWhenItHasWrittenFor(long ms) throws SQLException {
        Path log = warung.data().resolve("warung.db-wal");
        long launched = System.currentTimeMillis();
        AtomicLong first = new AtomicLong();
        warung.launch("--port", "0", "--data", warung.data().toString());
        patiently().pollInterval(Duration.ofMillis(2)).until(() -> {
            long written = Files.exists(log) && Files.size(log) > 0
                    ? Files.getLastModifiedTime(log).toMillis()
                    : 0;
            if (written >= launched && first.get() == 0) {
                first.set(written);
            }
            return (first.get() > 0 && written - first.get() >= ms)
                    || warung.out().contains("http://");
        });
        boolean ready = warung.out().contains("http://");
        warung.kill();
        most = Math.max(most, bytes());
        return " killed " + (ready ? "when it was ready" : ms + " ms after it began to write") + " (schema "
                + number("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history") + ");";
    }

    private String killAndStart(String when) {
        warung.kill();
        return start("killed " + when);
    }

    /** Starts, and waits until the room answers; returns how long that took. */
    private String start(String when) {
        long begun = System.nanoTime();
        warung.start();
        assertThat(new History(warung).page("lobby", "limit=1").head()).isEqualTo(ENTRIES);
        long ms = (System.nanoTime() - begun) / 1_000_000;
        most = Math.max(most, bytes());
        assertThat(Duration.ofMillis(ms)).as(when).isLessThan(SOON);
        return " " + when + ", it answers after " + ms + " ms;";
    }

    private JsonObject search(String words) {
        HttpResponse<String> response =
                new History(warung).get("lobby", "q=" + words.replace(' ', '+') + "&limit=20", null);
        assertThat(response.statusCode()).isEqualTo(200);
        most = Math.max(most, bytes());
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    private int hits(String words) {
        return search(words).getJsonArray("hits").size();
    }

    private long indexed() throws SQLException {
        return number("SELECT indexed FROM rooms WHERE id = " + ROOM);
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = Database.open(warung.database());
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long bytes() {
        try (Stream<Path> files = Files.list(warung.data())) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a folder as that version did, with its index. */
    private void makeOlderFolder(int schema) throws SQLException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + warung.database());
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .target(Integer.toString(schema))
                .load()
                .migrate();
        EntryCodec codec = new EntryCodec();
        long from = Instant.now().minus(Duration.ofDays(30)).toEpochMilli();
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute("PRAGMA journal_mode = WAL");
            connection.setAutoCommit(false);
            sql.executeUpdate("INSERT INTO users (id, name, folded) VALUES ('u-ana', 'Ana', 'ana')");
            sql.executeUpdate("WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " + PEOPLE
                    + ") INSERT INTO users (id, name, folded) SELECT 'u' || i, 'Ren\u00e9 U' || i, 'ren\u00e9"
                    + " u' || i FROM n");
            sql.executeUpdate("INSERT INTO rooms (id, name, owner) VALUES (" + ROOM + ", 'lobby', 'u-ana')");
            try (PreparedStatement entry = connection.prepareStatement(
                            "INSERT INTO entries (room_id, seq, at_ms, author, post_id, json) VALUES (1, ?, ?,"
                                    + " 'u-ana', ?, ?)");
                    PreparedStatement search =
                            connection.prepareStatement("INSERT INTO search (rowid, words) VALUES (?, ?)");
                    PreparedStatement searchable = connection.prepareStatement(
                            schema < 5
                                    ? "SELECT ?"
                                    : "INSERT INTO searchable (id, room_id, seq, source, words) VALUES (?1, 1, ?1, ?1,"
                                            + " 11)")) {
                for (int seq = 1; seq <= ENTRIES; seq++) {
                    String text = "the quick brown fox jumps over the lazy dog number" + seq;
                    String withSigns = seq == ENTRIES / 2 ? text + " C++ \uD83C\uDF5C" : text;
                    EntryCodec.Heading heading = new EntryCodec.Heading(
                            "lobby", seq, seq, Instant.ofEpochMilli(from + seq), ANA, "c-" + seq);
                    entry.setInt(1, seq);
                    entry.setLong(2, from + seq);
                    entry.setString(3, "c-" + seq);
                    entry.setBytes(4, codec.message(heading, new Command.Post("lobby", "c-" + seq, withSigns)));
                    entry.executeUpdate();
                    search.setLong(1, schema < 5 ? ROOM << 40 | seq : seq);
                    search.setString(2, schema < 5 ? text : WORD_OF_ROOM + " " + text);
                    search.executeUpdate();
                    searchable.setLong(1, seq);
                    searchable.execute();
                    if (seq % A_TRANSACTION == 0 || seq == ENTRIES) {
                        sql.executeUpdate("UPDATE rooms SET head = " + seq + ", n = " + seq + ", indexed = " + seq
                                + ", at_ms = " + (from + seq));
                        connection.commit();
                    }
                }
            }
            if (schema >= 5) {
                sql.executeUpdate("INSERT INTO meta (key, value) VALUES ('search-version', '1')");
                connection.commit();
            }
        }
    }
}
