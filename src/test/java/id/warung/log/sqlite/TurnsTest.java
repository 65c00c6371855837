package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Figures;
import id.warung.kit.ManualExecutor;
import id.warung.kit.Scale;
import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Committer;
import id.warung.log.Entry;
import id.warung.log.MessageLog;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.log.command.HandlersEntries;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Read;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** No author waits for expensive work of others: it is done in parts of a few milliseconds. */
class TurnsTest {
    private static final int EDITS = Scale.of(2_000, 150_000);
    private static final int TEXTS = Scale.of(60, 400);
    private static final int LONG_MESSAGES = Scale.of(300, 20_000);

    private final EntryCodec codec = new EntryCodec();
    private final ExecutorService writing = Executors.newSingleThreadExecutor();

    @TempDir
    private Path data;

    private SqliteLog open() throws IOException {
        return SqliteLog.open(data, codec, Clock.systemUTC());
    }

    /** How long an author waits for acks while something else is done, in ms, sorted. */
    private long[] waits(Committer committer, BooleanSupplier going) throws InterruptedException {
        List<Long> waits = new ArrayList<>();
        while (going.getAsBoolean() && waits.size() < 100_000) {
            CountDownLatch acked = new CountDownLatch(1);
            long begin = System.nanoTime();
            committer.offer(new AppendRequest(
                    new Command.Post("lobby", null, "hi"),
                    Posted.anybody(Posted.user("budi")),
                    List.of(),
                    result -> acked::countDown));
            assertThat(acked.await(60, TimeUnit.SECONDS)).isTrue();
            waits.add((System.nanoTime() - begin) / 1_000_000);
        }
        return waits.stream().mapToLong(Long::longValue).sorted().toArray();
    }

    /** An author writes again as soon as they have their ack: before the next group, however late other threads are. Adds their waits in ms. */
    private static void writesOn(Committer committer, BooleanSupplier going, List<Long> waits) {
        long begin = System.nanoTime();
        Command.Post post = new Command.Post("lobby", null, "hi");
        committer.offer(new AppendRequest(post, Posted.anybody(Posted.user("budi")), List.of(), result -> {
            waits.add((System.nanoTime() - begin) / 1_000_000);
            if (going.getAsBoolean()) {
                writesOn(committer, going, waits);
            }
            return AppendCallback.NOTHING;
        }));
    }

    private static String told(long[] waits) {
        return waits.length + " acks, median " + waits[waits.length / 2] + " ms, p99 " + waits[waits.length * 99 / 100]
                + " ms, longest " + waits[waits.length - 1] + " ms";
    }

    @Test
    void aMessageOfOlderDataWithManyEditsIsErasedInPartsWhileOthersWrite() throws Exception {
        try (SqliteLog log = open()) {
            log.append(List.of(Posted.saying("lobby", "ZANZIBAR").request()));
        }
        editDirectly();
        try (SqliteLog log = open()) {
            while (log.index(Runnable::run)) {
                // so that the last edit is in the index
            }
            Committer committer = new Committer(log, List.of(), writing);
            Posted delete = Posted.of("ana", new Command.Delete("lobby", "c-1", 1));
            committer.offer(delete.request());
            List<Long> all = new ArrayList<>();
            writesOn(committer, () -> delete.heard().isEmpty(), all);
            assertThat(committer.awaitIdle(Duration.ofMinutes(10))).isTrue();
            long[] waits = all.stream().mapToLong(Long::longValue).sorted().toArray();
            Figures.say("deleting " + EDITS + " edits", told(waits));

            assertThat(((AppendResult.Committed) delete.result()).written())
                    .as("in the last part")
                    .hasSizeLessThanOrEqualTo(102);
            assertThat(waits).as("others in between").hasSizeGreaterThan(EDITS / 100 - 3);
            if (Scale.FULL) { // the machine has no other work
                assertThat(waits[waits.length * 99 / 100]).isLessThan(100);
            }
            List<Entry> left = log.read("lobby", 0, EDITS + 1).entries();
            assertThat(left).allMatch(entry -> new String(entry.json(), StandardCharsets.UTF_8).contains("\"erased\""));
        } finally {
            writing.shutdownNow();
        }
        String file = new String(Files.readAllBytes(data.resolve("warung.db")), StandardCharsets.ISO_8859_1);
        assertThat(file.contains("ZANZIBAR") || file.contains("zanzibar")).isFalse();
    }

    /** After a kill in between, the message has its text, and can be deleted. */
    @Test
    void aPartlyErasedMessageHasItsTextAfterAKill() throws Exception {
        try (SqliteLog log = open()) {
            log.append(List.of(Posted.saying("lobby", "original").request()));
        }
        editDirectly();
        Posted delete = Posted.of("ana", new Command.Delete("lobby", "c-1", 1));
        try (SqliteLog log = open()) {
            assertThat(log.append(List.of(delete.request())).get(0)).isInstanceOf(AppendResult.Unfinished.class);
        }
        try (SqliteLog log = open()) {
            MessageLog.Page page = log.read("lobby", 0, 1);
            assertThat(codec.textOf(page.entries().get(0).json())).isEqualTo("original");
            assertThat(codec.read(page.amendments().get(0).json())).containsEntry("text", "ZANZIBAR" + EDITS);
            AppendResult result = log.append(List.of(delete.request())).get(0);
            while (result instanceof AppendResult.Unfinished) {
                result = log.append(List.of(delete.request())).get(0);
            }
            assertThat(((AppendResult.Committed) result).seq()).isEqualTo(EDITS + 2);
            assertThat(log.append(List.of(delete.request())))
                    .containsExactly(new AppendResult.Duplicate(EDITS + 2, log.state("lobby")));
        }
    }

    @Test
    void longEditsAreErasedInPartsToo() throws Exception {
        try (SqliteLog log = open()) {
            log.append(List.of(Posted.saying("lobby", "original").request()));
            String text = "x".repeat(15_000);
            for (int n = 0; n < 30; n++) {
                log.append(List.of(Posted.of("ana", new Command.Edit("lobby", null, 1, text))
                        .request()));
            }
            Posted delete = Posted.of("ana", new Command.Delete("lobby", null, 1));
            List<Integer> parts = new ArrayList<>();
            AppendResult result = log.append(List.of(delete.request())).get(0);
            while (result instanceof AppendResult.Unfinished part) {
                parts.add(part.written().size());
                assertThat(log.read("lobby", 0, 1).amendments())
                        .as("the last one stands")
                        .extracting(Entry::seq)
                        .containsExactly(31L);
                result = log.append(List.of(delete.request())).get(0);
            }
            assertThat(parts).containsExactly(9, 9, 9);
            assertThat(((AppendResult.Committed) result).written())
                    .as("it, the message and three edits")
                    .hasSize(5);
        }
    }

    static Stream<Command.Durable> forgetting() {
        return Stream.of(new Read("team", 2_000), new Read("team", 0), new Command.Remove("team", null, "u-ana"));
    }

    /** A user who was away for long and is mentioned in every message since. */
    @ParameterizedTest
    @MethodSource("forgetting")
    void mentionsAreForgottenInParts(Command.Durable forgetting) throws Exception {
        try (SqliteLog log = open()) {
            log.append(List.of(Posted.of("ana", new Command.Create("team", null, Access.MEMBERS, ""))
                    .request()));
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + data.resolve("warung.db"));
            try (Connection connection = source.getConnection();
                    PreparedStatement sql = connection.prepareStatement(
                            "WITH RECURSIVE n (seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < 1200)"
                                    + " INSERT INTO mentions SELECT 'u-ana', 1, seq FROM n")) {
                sql.executeUpdate();
            }
            try (Connection connection = source.getConnection();
                    PreparedStatement sql = connection.prepareStatement("UPDATE rooms SET head = 2000 WHERE id = 1")) {
                sql.executeUpdate();
            }
        }
        try (SqliteLog log = open()) {
            Posted posted = Posted.of("ana", forgetting);
            List<AppendResult> parts = new ArrayList<>();
            do {
                parts.addAll(log.append(List.of(posted.request())));
            } while (parts.get(parts.size() - 1) instanceof AppendResult.Unfinished);
            assertThat(parts).hasSize(3);
            assertThat(parts.get(2)).isNotInstanceOf(AppendResult.Denied.class);
        }
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + data.resolve("warung.db"));
        try (Connection connection = source.getConnection();
                PreparedStatement sql = connection.prepareStatement("SELECT 1 FROM mentions");
                var row = sql.executeQuery()) {
            assertThat(row.next()).isFalse();
        }
    }

    static Stream<Command.Durable> saidAfterwards() {
        return Stream.of(
                new Command.Post("team", null, "after it"),
                new Command.Remove("team", "c-4", "u-ana"),
                new Command.Edit("team", null, 2, "of what is deleted"),
                new Command.Delete("team", "c-3", 2));
    }

    /** All in one group: requests of an author after a deletion that takes several groups come after it. */
    @ParameterizedTest
    @MethodSource("saidAfterwards")
    void anAuthorsOrderStandsWhateverIsUnfinished(Command.Durable afterwards) throws Exception {
        try (SqliteLog log = open()) {
            log.append(List.of(
                    Posted.of("ana", new Command.Create("team", null, Access.MEMBERS, ""))
                            .request(),
                    Posted.by("ana", "team", "c-2", "original").request()));
            editDirectly(2, 250);
            ManualExecutor executor = new ManualExecutor();
            Committer committer = new Committer(log, List.of(), executor);
            Posted delete = Posted.of("ana", new Command.Delete("team", "c-3", 2));
            Posted after = Posted.of("ana", afterwards);
            Posted last = Posted.by("ana", "team", null, "the last");
            List.of(delete, after, last).forEach(posted -> committer.offer(posted.request()));
            executor.runAll();

            long deleted = ((AppendResult.Committed) delete.result()).seq();
            if (afterwards instanceof Command.Edit) {
                assertThat(after.result())
                        .isEqualTo(new AppendResult.Denied(
                                ErrorCode.NO_SUCH_MESSAGE, "There is no such message, or it was deleted.", 0));
            } else if (afterwards instanceof Command.Delete) {
                assertThat(((AppendResult.Duplicate) after.result()).seq()).isEqualTo(deleted);
            } else {
                assertThat(((AppendResult.Committed) after.result()).seq()).isGreaterThan(deleted);
            }
            assertThat(last.result() instanceof AppendResult.Denied)
                    .as("who is no member any more says nothing")
                    .isEqualTo(afterwards instanceof Command.Remove);
            assertThat(committer.isIdle()).isTrue();
        }
    }

    private void editDirectly() throws SQLException {
        editDirectly(1, EDITS);
    }

    /** As was possible before there was a limit. */
    private void editDirectly(long target, int edits) throws SQLException {
        SQLiteConfig asOurs = new SQLiteConfig();
        asOurs.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        SQLiteDataSource source = new SQLiteDataSource(asOurs);
        source.setUrl("jdbc:sqlite:" + data.resolve("warung.db"));
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement entry = connection.prepareStatement(
                            "INSERT INTO entries (room_id, seq, at_ms, author, post_id, kind, json) VALUES (1, ?, 1,"
                                    + " 'u-ana', ?, 1, ?)");
                    PreparedStatement edit =
                            connection.prepareStatement("INSERT INTO edits VALUES (1, " + target + ", ?)");
                    PreparedStatement head = connection.prepareStatement("UPDATE rooms SET head = ? WHERE id = 1")) {
                for (int n = 1; n <= edits; n++) {
                    EntryCodec.Heading heading = new EntryCodec.Heading(
                            "lobby", n + target, 1, Clock.systemUTC().instant(), Posted.user("ana"), "e-" + n);
                    entry.setLong(1, n + target);
                    entry.setString(2, "e-" + n);
                    entry.setBytes(
                            3,
                            HandlersEntries.edited(heading, new Command.Edit("lobby", null, target, "ZANZIBAR" + n)));
                    entry.executeUpdate();
                    edit.setLong(1, n + target);
                    edit.executeUpdate();
                }
                head.setLong(1, edits + target);
                head.executeUpdate();
            }
            connection.commit();
        }
    }

    /** Texts that are long when folded, and texts of thousands of words. */
    @Tag("slow")
    @Test
    void textsThatAreExpensiveToIndexDelayNobody() throws Exception {
        try (SqliteLog log = open()) {
            Committer committer = new Committer(log, List.of(), writing);
            int[] before = {200};
            long[] quiet = waits(committer, () -> before[0]-- > 0);
            for (int n = 0; n < TEXTS; n++) {
                StringBuilder manyWords = new StringBuilder();
                for (int i = 0; i < 4_000; i++) {
                    manyWords.appendCodePoint(0x4E00 + (i * 7919 + n * 104_729) % 20_000);
                }
                for (String text : List.of("\uFDFA".repeat(4_000), manyWords.toString())) {
                    committer.offer(Posted.saying("flood", text).request());
                }
            }
            ExecutorService indexing = Executors.newSingleThreadExecutor();
            var indexed = indexing.submit(() -> {
                while (log.index(writing)) {
                    // in small parts
                }
                return null;
            });
            long[] waits = waits(committer, () -> !indexed.isDone());
            indexed.get();
            indexing.shutdown();
            Figures.say("alone", told(quiet));
            Figures.say("while " + TEXTS + " texts are indexed", told(waits));
            assertThat(waits[waits.length / 2]).isLessThan(Math.max(100, 2 * quiet[quiet.length * 99 / 100]));
            if (Scale.FULL) { // the machine has no other work
                assertThat(waits[waits.length * 99 / 100]).isLessThan(100);
            }
            assertThat(log.search("flood", "صلى", Long.MAX_VALUE, 50).hits()).isNotEmpty();
        } finally {
            writing.shutdownNow();
        }
    }

    @Test
    void trimmingLongMessagesHoldsNobodyUp() throws Exception {
        try (SqliteLog log = open()) {
            char[] text = new char[15_000];
            Arrays.fill(text, 'x');
            for (int n = 0; n < LONG_MESSAGES; n++) {
                log.append(List.of(
                        Posted.by("ana", "old", "c-" + n, new String(text)).request()));
            }
            Committer committer = new Committer(log, List.of(), writing);
            ExecutorService trimming = Executors.newSingleThreadExecutor();
            var trimmed = trimming.submit(() -> {
                while (log.trim(
                                room -> room.equals("old")
                                        ? new RetentionPolicy(Duration.ZERO, 1)
                                        : RetentionPolicy.EVERYTHING,
                                writing,
                                Posted.NOBODY)
                        > 0) {
                    // in small parts
                }
                return null;
            });
            long[] waits = waits(committer, () -> !trimmed.isDone());
            trimmed.get();
            trimming.shutdown();
            Figures.say("while " + LONG_MESSAGES + " messages are trimmed", told(waits));
            assertThat(waits[waits.length / 2]).isLessThan(100);
            if (Scale.FULL) {
                assertThat(waits[waits.length * 99 / 100]).isLessThan(100);
            }
            assertThat(log.read("old", 0, 10).entries()).hasSize(1);
        } finally {
            writing.shutdownNow();
        }
    }
}
