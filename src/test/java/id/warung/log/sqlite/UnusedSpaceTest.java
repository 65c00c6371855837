package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendRequest;
import id.warung.log.Posted;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** Remains of SQLite between the rows of a page are found and overwritten, and nothing else is. */
class UnusedSpaceTest {
    private static final String LEFT = "ZANZIBARTREASURE";
    private static final int ROWS = 12_000;

    @TempDir
    private Path folder;

    private static SQLiteDataSource source(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toUri());
        return source;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> texts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT word, text FROM words ORDER BY word")) {
            List<String> texts = new ArrayList<>();
            while (row.next()) {
                texts.add(row.getString(1) + row.getString(2));
            }
            return texts;
        }
    }

    private static String word(int i) {
        return "word-" + (10_000 + i) + "-";
    }

    private static String textOf(Path file) throws IOException {
        return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "";
    }

    private static void assertIntact(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA integrity_check")) {
            assertThat(row.getString(1)).isEqualTo("ok");
        }
    }

    /** Rows in another order than their own push others from page to page, for all page sizes. */
    @ParameterizedTest
    @ValueSource(ints = {512, 4_096, 65_536})
    void remainsOfMovedRowsAreFoundAndOverwritten(int pageBytes) throws IOException, SQLException {
        Path file = folder.resolve("words.db");
        Random random = new Random(7);
        List<Integer> order = new ArrayList<>(IntStream.range(0, ROWS).boxed().toList());
        Collections.shuffle(order, random);
        List<String> kept;
        try (Connection connection = source(file).getConnection();
                UnusedSpace unused = UnusedSpace.of(file)) {
            execute(connection, "PRAGMA page_size = " + pageBytes);
            execute(connection, "CREATE TABLE words (word TEXT PRIMARY KEY, text TEXT) WITHOUT ROWID");
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO words VALUES (?, ?)");
                    PreparedStatement delete = connection.prepareStatement("DELETE FROM words WHERE word = ?")) {
                for (int i : order) {
                    insert.setString(1, word(i));
                    insert.setString(2, "x".repeat(random.nextInt(60)));
                    insert.executeUpdate();
                }
                for (int i : order.subList(0, ROWS / 2)) {
                    delete.setString(1, word(i));
                    delete.executeUpdate();
                }
            }
            connection.commit();
            kept = texts(connection);
            connection.commit();
            assertThat(unused.dirty()).as("SQLite leaves something").isNotEmpty();

            unused.clear(unused.dirty());

            assertThat(unused.dirty()).isEmpty();
        }
        Set<String> left = Pattern.compile("word-[0-9]{5}-")
                .matcher(textOf(file))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
        assertThat(order.subList(0, ROWS / 2)).noneMatch(i -> left.contains(word(i)));
        try (Connection connection = source(file).getConnection()) {
            assertIntact(connection);
            assertThat(texts(connection)).isEqualTo(kept).hasSize(ROWS / 2);
        }
    }

    /** Warung does not use it, but anybody with a shell can change it. Some of its pages look like others. */
    @Test
    void aDatabaseThatShrinksByItselfIsLeftAlone() throws IOException, SQLException {
        Path file = folder.resolve("words.db");
        try (Connection connection = source(file).getConnection();
                UnusedSpace unused = UnusedSpace.of(file)) {
            execute(connection, "PRAGMA page_size = 2048");
            execute(connection, "PRAGMA auto_vacuum = FULL");
            execute(connection, "CREATE TABLE words (word INTEGER PRIMARY KEY, text TEXT)");
            execute(
                    connection,
                    "INSERT INTO words WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)"
                            + " SELECT i, printf('%200d', i) FROM n");
            for (int page = 0; page < unused.bytes() / 2_048; page++) {
                unused.clear(page);
            }
        }
        try (Connection connection = source(file).getConnection()) {
            assertIntact(connection);
        }
    }

    @Test
    void aFileThatIsNoDatabaseYetHasNone() throws IOException {
        Path file = Files.write(folder.resolve("new.db"), new byte[0]);
        try (UnusedSpace unused = UnusedSpace.of(file)) {
            assertThat(unused.dirty()).isEmpty();
            unused.clear(0, 5);
        }
        assertThat(file).isEmptyFile();
    }

    /** Leaves remains in all pages with unused space; returns their number. */
    private static int leave(Path file) throws IOException {
        int pages = 0;
        byte[] left = LEFT.getBytes(StandardCharsets.ISO_8859_1);
        try (RandomAccessFile database = new RandomAccessFile(file.toFile(), "rw")) {
            ByteBuffer all = ByteBuffer.wrap(Files.readAllBytes(file));
            int pageBytes = all.getShort(16) & 0xffff;
            for (int page = 1; page < all.capacity() / pageBytes; page++) {
                int at = page * pageBytes;
                boolean leaf = all.get(at) == 13 || all.get(at) == 10;
                int begin = 8 + 2 * (all.getShort(at + 3) & 0xffff);
                int end = all.getShort(at + 5) & 0xffff;
                if (leaf && end - begin > 1_000) {
                    database.seek(at + (begin + end) / 2);
                    database.write(left);
                    pages++;
                }
            }
        }
        return pages;
    }

    private static void post(SqliteLog log, String text) throws IOException {
        log.append(List.of(Posted.saying("lobby", text).request()));
    }

    /** The writer keeps pages in memory: what is overwritten in the file only would come back with the next row. */
    @Test
    void overwrittenTextDoesNotComeBackWithTheNextMessage() throws IOException, SQLException {
        Path file = folder.resolve(SqliteDatabase.FILE);
        Path writtenAhead = folder.resolve(SqliteDatabase.FILE + "-wal");
        EntryCodec codec = new EntryCodec();
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            post(log, "soto");
        }
        assertThat(leave(file)).isPositive();
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            post(log, "rendang");
            assertThat(textOf(writtenAhead)).contains(LEFT);
            log.append(List.of(
                    Posted.of("ana", new Command.Delete("lobby", null, 1)).request()));
            assertThat(log.sweep(Runnable::run)).isTrue();
            assertThat(textOf(file) + textOf(writtenAhead)).doesNotContain(LEFT);

            post(log, "gado-gado");

            assertThat(textOf(writtenAhead)).contains("gado-gado").doesNotContain(LEFT);
        }
        try (Connection connection = source(file).getConnection()) {
            assertIntact(connection);
        }
    }

    /** The writing thread does both, in turns; others read all the while. */
    @Test
    void theDatabaseIsIntactHoweverOftenThatIsDoneBetweenWrites() throws Exception {
        Random random = new Random(11);
        int rounds = 60;
        ExecutorService writing = Executors.newSingleThreadExecutor();
        List<String> said = new ArrayList<>();
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            for (int round = 0; round < rounds; round++) {
                List<AppendRequest> group = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    said.add("n" + said.size() + "-" + "y".repeat(random.nextInt(300)));
                    group.add(Posted.saying("lobby", said.get(said.size() - 1)).request());
                }
                writing.execute(() -> append(log, group));
                int before = round * 20;
                if (before > 0) {
                    assertThat(log.read("lobby", 0, before).entries()).isNotEmpty();
                    AppendRequest deletion = Posted.of(
                                    "ana", new Command.Delete("lobby", null, 1 + random.nextInt(before)))
                            .request();
                    writing.execute(() -> append(log, List.of(deletion)));
                }
                log.index(writing);
                log.sweep(writing);
            }
        } finally {
            writing.shutdown();
        }
        try (Connection connection = source(folder.resolve(SqliteDatabase.FILE)).getConnection()) {
            assertIntact(connection);
        }
    }

    private static void append(SqliteLog log, List<AppendRequest> group) {
        try {
            log.append(group);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
