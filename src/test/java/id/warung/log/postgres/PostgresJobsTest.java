package id.warung.log.postgres;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Postgres;
import id.warung.log.AppendResult;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.log.Storage;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.React;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the jobs of the shared storage do: index, trim, erase. Two storages are two nodes. */
class PostgresJobsTest {
    private final EntryCodec codec = new EntryCodec();
    private final Postgres.Database database = Postgres.database();
    private final Connections connections = Connections.to(database.url(), Postgres.USER, null, 8);
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-30T08:00:00Z"));
    private final List<String> trimmed = new ArrayList<>();

    private final Clock clock = new Clock() {
        @Override
        public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now.get();
        }
    };

    private RetentionPolicy policy = RetentionPolicy.EVERYTHING;

    @AfterEach
    void close() {
        connections.close();
    }

    private PostgresStorage.Background background() {
        return new PostgresStorage.Background(
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                room -> policy,
                (room, first) -> trimmed.add(room + " " + first),
                Runnable::run);
    }

    private PostgresStorage node() throws IOException {
        return PostgresStorage.open(connections, null, codec, clock, background());
    }

    private PostgresStorage ephemeral(int maxEntries, long maxBytes) throws IOException {
        return node().ephemeral(codec, clock, maxEntries, maxBytes, Duration.ofSeconds(1), background());
    }

    /** Runs all jobs until there is nothing left to do. */
    private static void work(Storage storage) throws IOException {
        for (boolean more = true; more; ) {
            more = false;
            for (var job : storage.jobs()) {
                more |= job.work().runSlice();
            }
        }
    }

    /** Nothing is erased while a session has an older snapshot: that of a backup takes a moment to end, and ANALYZE may come at any time. */
    private void workUntilErased(Storage storage) {
        patiently().until(() -> {
            work(storage);
            return "0".equals(database.query("SELECT count(*) FROM warung.erased"));
        });
    }

    private static String does(Storage storage, String author, Command.Durable command) throws IOException {
        AppendResult result = storage.log()
                .append(List.of(Posted.of(author, command).request()))
                .get(0);
        if (result instanceof AppendResult.Committed committed) {
            storage.listeners().forEach(listener -> committed.written().forEach(listener::onCommitted));
        }
        return result.getClass().getSimpleName();
    }

    private static void says(Storage storage, String room, String text) throws IOException {
        assertThat(does(storage, "ana", new Command.Post(room, null, text))).isEqualTo("Committed");
    }

    private static List<Long> found(Storage storage, String room, String query) throws IOException {
        return storage.log().search(room, query, Long.MAX_VALUE, 100).hits().stream()
                .map(hit -> hit.entry().seq())
                .toList();
    }

    @Test
    void whatOneNodeHasLeftAnotherIndexes() throws Exception {
        PostgresStorage one = node();
        PostgresStorage other = node();
        work(other);
        says(one, "lobby", "soto ayam");

        assertThat(found(other, "lobby", "soto")).isEmpty();
        work(other);
        assertThat(found(other, "lobby", "soto")).as("it has written nothing").isEmpty();
        now.set(now.get().plusSeconds(61));
        work(other);
        assertThat(found(one, "lobby", "soto")).containsExactly(1L);
        String writes = database.query(
                "SELECT pg_current_wal_insert_lsn()::text || (SELECT sum(n_tup_ins + n_tup_upd + n_tup_del)"
                        + " FROM pg_stat_user_tables)");
        assertThat(writes).isNotNull();
        work(one);
        work(other);
        assertThat(found(one, "lobby", "soto")).containsExactly(1L);
    }

    /** Of frequent words the latest are found at once, of rare ones all, and both with what is around. */
    @Test
    void wordsAreFoundHoweverManyMessagesHaveThem() throws Exception {
        PostgresStorage node = node();
        List<Posted> all = new ArrayList<>();
        for (int n = 1; n <= 3_000; n++) {
            all.add(Posted.saying("lobby", n % 1_000 == 7 ? "rare pearl" : "frequent sand " + n));
        }
        for (int from = 0; from < all.size(); from += 500) {
            node.log()
                    .append(all.subList(from, from + 500).stream()
                            .map(Posted::request)
                            .toList());
        }
        work(node);

        assertThat(found(node, "lobby", "pearl")).containsExactly(2_007L, 1_007L, 7L);
        assertThat(found(node, "lobby", "sand")).hasSize(100).startsWith(3_000L, 2_999L);
        MessageLog.Hits hits = node.log().search("lobby", "pearl", 2_000, 1);
        assertThat(hits.hits().get(0).around()).extracting(Entry::seq).containsExactly(1_006L, 1_008L);
        assertThat(hits.more()).isTrue();
        assertThat(hits.incomplete()).isFalse();
    }

    @Test
    void aRoomThatIsNotIndexedYetSaysThatItsSearchIsIncomplete() throws Exception {
        PostgresStorage node = node();
        for (int group = 0; group < 3; group++) {
            node.log()
                    .append(Stream.generate(() -> Posted.saying("lobby", "soto").request())
                            .limit(400)
                            .toList());
        }

        assertThat(node.log().search("lobby", "soto", Long.MAX_VALUE, 10).incomplete())
                .isTrue();
        work(node);
        assertThat(node.log().search("lobby", "soto", Long.MAX_VALUE, 10).incomplete())
                .isFalse();
    }

    /** A word of any length, and one that the database's own syntax would take for something else. */
    @Test
    void anyTextIsIndexedAndAnyQueryAnswered() throws Exception {
        PostgresStorage node = node();
        says(node, "lobby", "x".repeat(4_000));
        says(node, "lobby", "\ud83c\udf5c".repeat(900) + " it's a \\ 'quote' & | ! :* <-> C++");
        says(node, "lobby", "\u8c46\u6d46".repeat(800));
        work(node);

        assertThat(found(node, "lobby", "x".repeat(200))).containsExactly(1L);
        assertThat(found(node, "lobby", "C++")).containsExactly(2L);
        assertThat(found(node, "lobby", "\u6d46\u8c46")).containsExactly(3L);
        for (String query : List.of("'", "\\", "& | !", ":*", "<->", "a' | 'b", "\\' OR", "\u0001", "(", "it's")) {
            assertThat(node.log().search("lobby", query, Long.MAX_VALUE, 10).incomplete())
                    .as(query)
                    .isFalse();
        }
    }

    @Test
    void theOldestEntriesAreTrimmedOnceAndEveryNodeReadsWhereItsRoomBegins() throws Exception {
        PostgresStorage one = node();
        PostgresStorage other = node();
        for (int n = 1; n <= 700; n++) {
            one.log()
                    .append(List.of(
                            Posted.by("ana", "lobby", "c-" + n, "soto " + n).request()));
        }
        says(one, "garden", "hi");
        work(one);
        long version = other.versions(List.of("lobby")).get("lobby").version();
        policy = new RetentionPolicy(Duration.ZERO, 5);
        work(other);
        work(one);

        assertThat(trimmed).containsExactly("lobby 501", "lobby 696");
        assertThat(other.versions(List.of("lobby")).get("lobby").version()).isGreaterThan(version);
        MessageLog.Page page = one.log().read("lobby", 0, 100);
        assertThat(page.first()).isEqualTo(696);
        assertThat(page.entries()).extracting(Entry::seq).containsExactly(696L, 697L, 698L, 699L, 700L);
        assertThat(found(one, "lobby", "soto")).hasSize(5);
        assertThat(does(one, "ana", new Command.Post("lobby", "c-1", "soto 1"))).isEqualTo("Duplicate");
        assertThat(does(one, "ana", new Command.Post("lobby", "c-1", "other"))).isEqualTo("Conflict");

        now.set(now.get().plus(Duration.ofDays(31)));
        work(other);
        assertThat(database.query("SELECT count(*) FROM warung.tombstones")).isEqualTo("0");
        assertThat(does(one, "ana", new Command.Post("lobby", "c-1", "other"))).isEqualTo("Committed");
    }

    @Test
    void entriesAreTrimmedByTheirAge() throws Exception {
        PostgresStorage node = node();
        says(node, "lobby", "old");
        says(node, "lobby", "old too");
        now.set(now.get().plus(Duration.ofDays(3)));
        says(node, "lobby", "new");
        policy = new RetentionPolicy(Duration.ofDays(2), 0);
        work(node);

        assertThat(node.log().read("lobby", 0, 10).entries())
                .extracting(Entry::seq)
                .containsExactly(3L);
        now.set(now.get().plus(Duration.ofDays(3)));
        work(node);
        assertThat(node.log().read("lobby", 0, 10).first()).isEqualTo(4);
        says(node, "lobby", "newest");
        assertThat(node.log().state("lobby").head().seq()).isEqualTo(4);
    }

    /** Wherever the message is in its page: first, last, among others; with edits; its words too. */
    @Test
    void erasedTextIsInNoFileOfTheTables() throws Exception {
        PostgresStorage node = node();
        Random random = new Random(3);
        List<Long> secrets = new ArrayList<>();
        for (int n = 1; n <= 150; n++) {
            boolean secret = n % 37 == 1 || n >= 149;
            says(
                    node,
                    "lobby",
                    secret
                            ? "treasure" + n + " lies under the teak " + "y".repeat(random.nextInt(900))
                            : "sand " + "z".repeat(random.nextInt(700)));
            if (secret) {
                secrets.add((long) n);
            }
        }
        does(node, "ana", new Command.Edit("lobby", null, secrets.get(1), "treasureedited is elsewhere"));
        work(node);
        assertThat(found(node, "lobby", "treasure")).hasSize(secrets.size());
        database.execute("ANALYZE"); // as it comes by itself: what it notes of values is not erased with them
        database.execute("CHECKPOINT");
        assertThat(inFiles("treasure")).isNotEmpty();
        assertThat(inFiles("teak")).isNotEmpty();
        for (long seq : secrets) {
            assertThat(does(node, "ana", new Command.Delete("lobby", null, seq)))
                    .isEqualTo("Committed");
        }
        workUntilErased(node);
        database.execute("CHECKPOINT");

        assertThat(inFiles("treasure")).isEmpty();
        assertThat(inFiles("teak")).isEmpty();
        assertThat(inFiles("sand")).as("the others").isNotEmpty();
        assertThat(database.query("SELECT count(*) FROM warung.erased")).isEqualTo("0");
        assertThat(found(node, "lobby", "treasure")).isEmpty();
        assertThat(found(node, "lobby", "sand")).hasSize(100);
        assertThat(node.log().read("lobby", 0, 1_000).entries()).hasSize(151 + secrets.size());
    }

    @Test
    void reactionsAreErasedWithTheirMessage() throws Exception {
        PostgresStorage node = node();
        String held = "👩🏽‍🚀"; // by nobody else
        String takenBack = "🧑🏿‍🌾";
        says(node, "lobby", "soto");
        says(node, "lobby", "bakso");
        for (React react : List.of(
                new React("lobby", null, 1, held, true),
                new React("lobby", null, 1, takenBack, true),
                new React("lobby", null, 1, takenBack, false))) {
            assertThat(does(node, "ana", react)).isEqualTo("Committed");
        }
        work(node);
        database.execute("CHECKPOINT");
        assertThat(inFiles(inBytes(held))).anyMatch(file -> file.endsWith(" of entries"));
        database.execute("ANALYZE");
        assertThat(database.query("SELECT count(*) FROM pg_stats WHERE schemaname = 'warung'"
                        + " AND attname IN ('json', 'words', 'emoji')"))
                .as("columns of which values are noted elsewhere")
                .isEqualTo("0");
        assertThat(does(node, "ana", new Command.Delete("lobby", null, 1))).isEqualTo("Committed");
        workUntilErased(node);
        database.execute("CHECKPOINT");

        for (String emoji : List.of(held, takenBack)) {
            assertThat(inFiles(inBytes(emoji))).noneMatch(file -> file.endsWith(" of entries"));
            assertThat(database.query("SELECT count(*) FROM warung.entries WHERE convert_from(json, 'UTF8') LIKE '%"
                            + emoji + "%'"))
                    .isEqualTo("0");
        }
        assertThat(database.query("SELECT count(*) FROM warung.reactions")).isEqualTo("0");
    }

    private static String inBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** As long as somebody reads what was there before, as a backup does, it must stay; then it goes. */
    @Test
    void whatASnapshotStillShowsIsErasedAfterIt() throws Exception {
        PostgresStorage node = node();
        says(node, "lobby", "treasure under the teak");
        says(node, "lobby", "sand");
        work(node);
        try (Connection backup = database.connect();
                Statement reading = backup.createStatement()) {
            reading.execute("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1");
            does(node, "ana", new Command.Delete("lobby", null, 1));
            work(node);
            assertThat(database.query("SELECT count(*) FROM warung.erased")).isEqualTo("1");
        }
        workUntilErased(node);
        database.execute("CHECKPOINT");
        assertThat(inFiles("treasure")).isEmpty();
    }

    /** An erased message that the indexer had read just before. */
    @Test
    void wordsThatComeAfterTheirMessageWasErasedGoToo() throws Exception {
        PostgresStorage node = node();
        says(node, "lobby", "treasure");
        does(node, "ana", new Command.Delete("lobby", null, 1));
        database.execute(
                "INSERT INTO warung.search SELECT id, 1, array_to_tsvector(ARRAY['treasure']) FROM warung.rooms WHERE name = 'lobby'");

        assertThat(found(node, "lobby", "treasure")).as("never shown").isEmpty();
        work(node);
        assertThat(database.query("SELECT count(*) FROM warung.search")).isEqualTo("0");
    }

    /** The number of a row is used up even if the row is taken back. */
    @Test
    void aReactionInAnEphemeralRoomMakesNoInbox() throws Exception {
        PostgresStorage node = ephemeral(20, 1_000_000);
        says(node, "tmp.tea", "soto");
        String numbers = "SELECT last_value FROM warung_ephemeral.rooms_id_seq";
        String before = database.query(numbers);

        assertThat(does(node, "budi", new React("tmp.tea", null, 1, "🍵", true)))
                .isEqualTo("Committed");
        assertThat(database.query(numbers)).isEqualTo(before);
        AppendResult inOneGroup = node.log()
                .append(List.of(
                        Posted.by("citra", "tmp.tea", null, "hi").request(),
                        Posted.of("budi", new React("tmp.tea", null, 3, "🍵", true))
                                .request()))
                .get(1);
        assertThat(inOneGroup).as("of a message of the same group").isInstanceOf(AppendResult.Committed.class);
    }

    @Test
    void anEphemeralRoomKeepsItsLimitsAndItsEpochAndIsForgottenWithItsReaders() throws Exception {
        PostgresStorage one = ephemeral(20, 1_000_000);
        PostgresStorage other = ephemeral(20, 1_000_000);
        for (int n = 1; n <= 30; n++) {
            does(one, "ana", new Command.Post("tmp.tea", "c-" + n, "soto " + n));
        }
        work(one);
        String epoch = one.log().state("tmp.tea").head().epoch();
        assertThat(other.log().state("tmp.tea").head().epoch()).isEqualTo(epoch);
        assertThat(other.log().read("tmp.tea", 0, 100).entries()).hasSize(20);
        assertThat(found(other, "tmp.tea", "soto")).hasSize(20);
        assertThat(database.query("SELECT count(*) FROM warung_ephemeral.tombstones"))
                .isEqualTo("0");

        sitsIn("tmp.tea");
        now.set(now.get().plusSeconds(120));
        work(other);
        assertThat(other.log().read("tmp.tea", 0, 100).entries())
                .as("somebody is there")
                .hasSize(20);
        database.execute("UPDATE warung.nodes SET expires_at = now() - interval '1 s'");
        work(other);
        assertThat(other.log().read("tmp.tea", 0, 100).entries()).isEmpty();
        assertThat(database.query("SELECT count(*) FROM warung_ephemeral.search"))
                .isEqualTo("0");
        assertThat(does(one, "ana", new Command.Post("tmp.tea", "c-1", "again")))
                .isEqualTo("Committed");
        assertThat(one.log().state("tmp.tea").head().epoch()).isNotEqualTo(epoch);
        assertThat(one.log().state("tmp.tea").head().seq()).isEqualTo(1);
    }

    private void sitsIn(String room) throws Exception {
        database.execute("INSERT INTO warung.nodes (node, expires_at) VALUES ('n', now() + interval '1 hour')");
        database.execute(
                "INSERT INTO warung.presence (key, node, version, text) VALUES ('" + room + "', 'n', 1, 'ana')");
    }

    @Test
    void ephemeralRoomsTogetherKeepTheirBytesAndTheLargestIsCutFirst() throws Exception {
        PostgresStorage node = ephemeral(1_000, 100_000);
        for (int n = 0; n < 120; n++) {
            does(node, "ana", new Command.Post("tmp.large", null, "x".repeat(600)));
        }
        says(node, "tmp.small", "hi");
        work(node);

        assertThat(node.log().read("tmp.small", 0, 10).entries()).hasSize(1);
        assertThat(node.log().read("tmp.large", 0, 1_000).entries()).hasSizeBetween(10, 75);
        assertThat(node.log().state("tmp.large").head().seq()).isEqualTo(120);
    }

    /** The names of the database's files with this text, outside the write-ahead log. */
    private List<String> inFiles(String text) throws Exception {
        Path folder = Path.of(
                database.query("SELECT current_setting('data_directory') || '/base/' || (SELECT oid FROM pg_database"
                        + " WHERE datname = current_database())"));
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                try {
                    if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                        found.add(file.getFileName() + " of "
                                + database.query("SELECT relname FROM pg_class WHERE relfilenode::text = '"
                                        + file.getFileName().toString().replaceAll("[._].*", "") + "'"));
                    }
                } catch (NoSuchFileException gone) {
                    assertThat(gone).as("a file that was rewritten").isNotNull();
                }
            }
        }
        return found;
    }
}
