package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.kit.Scale;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.React;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteDataSource;

/** Deleted, trimmed and replaced texts are in no file of the data folder once the background work is done, even if nobody writes. */
class ErasureTest {
    private static final int ROOMS = 4;
    private static final int STEPS = 400;

    private final EntryCodec codec = new EntryCodec();

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.rangeClosed(1, Scale.of(4, 200));
    }

    /** Unique words, in the log with capitals and accents and in the index without. */
    private static final class Said {
        private final Map<String, Boolean> words = new LinkedHashMap<>(); // by word: whether its message is there
        private final Map<String, Boolean> latest = new LinkedHashMap<>(); // by word: whether it should be found

        private void kept(String word, boolean there, boolean found) {
            words.put(word, there);
            latest.put(word, there && found);
        }

        private static String folded(String word) {
            return word.toLowerCase(Locale.ROOT).replace("ä", "a");
        }

        /** The index may omit the beginning of a word: the word before may have the same. */
        private static boolean isLeft(String folded, String all) {
            return all.contains(folded.substring(0, 9)) || all.contains(folded.substring(5));
        }

        private void check(Path files, String when) throws IOException {
            String all = everythingIn(files);
            assertThat(words.entrySet().stream()
                            .filter(word -> !word.getValue())
                            .map(Map.Entry::getKey)
                            .filter(all::contains))
                    .as("%s: in the log", when)
                    .isEmpty();
            assertThat(latest.entrySet().stream()
                            .filter(word -> !word.getValue())
                            .map(word -> folded(word.getKey()))
                            .filter(word -> isLeft(word, all)))
                    .as("%s: in the index", when)
                    .isEmpty();
            assertThat(words.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey))
                    .as("%s: what is kept", when)
                    .allMatch(all::contains);
        }
    }

    private static String everythingIn(Path files) throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> each = Files.walk(files)) {
            for (Path file : each.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return new String(all.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
                .replace("Ã\u0084", "Ä");
    }

    /** A unique word, with its entry. */
    private record Word(String word, long seq) {}

    /** A room's messages as the test knows them: their words, by seq; the last is the current one. */
    private static final class Room {
        private final Map<Long, List<Word>> messages = new LinkedHashMap<>();
        private final List<Word> gone = new ArrayList<>();
        private final List<Word> notFound = new ArrayList<>();

        /** An edit is a later entry than its message, and kept for longer. */
        private void trim(long first) {
            notFound.stream().filter(word -> word.seq() < first).forEach(gone::add);
            notFound.removeAll(gone);
            for (long seq : List.copyOf(messages.keySet())) {
                if (seq < first) {
                    for (Word word : messages.remove(seq)) {
                        (word.seq() < first ? gone : notFound).add(word);
                    }
                }
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @MethodSource("seeds")
    void noErasedTextIsLeftAfterAnySequenceOfCommands(int seed) throws Exception {
        Random random = new Random(seed);
        List<Room> rooms = Stream.generate(Room::new).limit(ROOMS).toList();
        Path data = folder.resolve("data");
        Path killed = folder.resolve("killed");
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.systemUTC())) {
            for (int step = 0; step < STEPS; step++) {
                something(log, random, rooms);
            }
            comeToRest(log);
            Said said = said(rooms);
            said.check(data, "at rest");
            checkFound(log, rooms);

            for (int step = 0; step < STEPS / 4; step++) {
                something(log, random, rooms);
            }
            copyAsKilled(data, killed);
        }
        said(rooms).check(data, "after the end");
        Maintenance.backup(data, folder.resolve("copy"));
        said(rooms).check(folder.resolve("copy"), "in a backup");
        try (SqliteLog log = SqliteLog.open(killed, codec, Clock.systemUTC())) {
            comeToRest(log);
            said(rooms).check(killed, "after a kill");
            checkFound(log, rooms);
        }
    }

    private void something(SqliteLog log, Random random, List<Room> rooms) throws IOException {
        int which = random.nextInt(ROOMS);
        Room room = rooms.get(which);
        List<Long> there = List.copyOf(room.messages.keySet());
        long one = there.isEmpty() ? 0 : there.get(random.nextInt(there.size()));
        int what = random.nextInt(20);
        if (what < 10 || there.isEmpty()) {
            List<String> words = new ArrayList<>();
            String text = text(random, words);
            long seq = does(log, new Command.Post("room-" + which, id(random), text));
            room.messages.put(seq, new ArrayList<>(List.of(new Word(words.get(0), seq))));
        } else if (what < 13) {
            List<String> words = new ArrayList<>();
            long seq = does(log, new Command.Edit("room-" + which, id(random), one, text(random, words)));
            room.messages.get(one).add(new Word(words.get(0), seq));
        } else if (what < 16) {
            does(log, new Command.Delete("room-" + which, id(random), one));
            room.gone.addAll(room.messages.remove(one));
        } else if (what < 19) {
            log.index(Runnable::run);
        } else {
            long last = there.get(there.size() - 1);
            long head = log.state("room-" + which).head().seq();
            long keep = Math.max(1, head - last + 1 + random.nextInt(30));
            while (log.trim(
                            name -> name.equals("room-" + which)
                                    ? new RetentionPolicy(Duration.ZERO, keep)
                                    : RetentionPolicy.EVERYTHING,
                            Runnable::run,
                            Posted.NOBODY)
                    > 0) {
                // in small parts
            }
            room.trim(log.read("room-" + which, 0, 1).first());
        }
    }

    private static String id(Random random) {
        return random.nextBoolean() ? null : "c-" + random.nextLong();
    }

    /** One unique word, among some or many shared ones; some texts need several slices. */
    private static String text(Random random, List<String> words) {
        String own =
                random.ints(14, 'A', 'Z' + 1).mapToObj(Character::toString).collect(Collectors.joining("", "Ä", ""));
        words.add(own);
        int others = random.nextInt(12) == 0 ? 700 : random.nextInt(20);
        StringBuilder text = new StringBuilder(own);
        for (int i = 0; i < others; i++) {
            text.append(random.nextInt(5) == 0 ? " 豆浆咖啡" : " ").append("word").append(random.nextInt(3_000));
        }
        return text.toString();
    }

    private static long does(SqliteLog log, Command.Durable command) throws IOException {
        AppendResult result =
                log.append(List.of(Posted.of("ana", command).request())).get(0);
        return ((AppendResult.Committed) result).seq();
    }

    private static void comeToRest(SqliteLog log) throws IOException {
        while (log.index(Runnable::run)) {
            // in small parts
        }
        comeToBeSwept(log);
    }

    private static void comeToBeSwept(SqliteLog log) {
        await("nobody reads; after one that took long, the next sweep has to wait")
                .atMost(Duration.ofMinutes(2))
                .until(() -> log.sweep(Runnable::run));
    }

    private static Said said(List<Room> rooms) {
        Said said = new Said();
        for (Room room : rooms) {
            room.gone.forEach(word -> said.kept(word.word(), false, false));
            room.notFound.forEach(word -> said.kept(word.word(), true, false));
            room.messages
                    .values()
                    .forEach(words -> words.forEach(
                            word -> said.kept(word.word(), true, word.equals(words.get(words.size() - 1)))));
        }
        return said;
    }

    private static void checkFound(SqliteLog log, List<Room> rooms) throws IOException {
        for (int which = 0; which < ROOMS; which++) {
            for (Map.Entry<Long, List<Word>> message : rooms.get(which).messages.entrySet()) {
                String word =
                        message.getValue().get(message.getValue().size() - 1).word();
                assertThat(log.search("room-" + which, word, Long.MAX_VALUE, 5).hits())
                        .extracting(hit -> hit.entry().seq())
                        .containsExactly(message.getKey());
            }
            List<Long> found = log.search("room-" + which, "word", Long.MAX_VALUE, 50).hits().stream()
                    .map(hit -> hit.entry().seq())
                    .toList();
            assertThat(found).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        }
    }

    /** Copies the files as {@code kill -9} leaves them. */
    private static void copyAsKilled(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file : List.of("warung.db", "warung.db-wal")) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    /** All parts of this length of what matches: with thousands of words, the files are searched once. */
    private static Set<String> occurring(String all, String pattern, int length) {
        Set<String> found = new HashSet<>();
        for (Matcher run = Pattern.compile(pattern).matcher(all); run.find(); ) {
            for (int begin = run.start(); begin + length <= run.end(); begin++) {
                found.add(all.substring(begin, begin + length));
            }
        }
        return found;
    }

    /** Enough at once to be marked and merged, with other entries in between. */
    @Tag("slow")
    @Test
    void ofARoomThatIsTrimmedToItsLastMessagesNothingIsLeft() throws Exception {
        Random random = new Random(5);
        int messages = Scale.of(1_500, 50_000);
        List<String> own = new ArrayList<>();
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            for (int i = 0; i < messages; i += 100) {
                List<AppendRequest> group = new ArrayList<>();
                for (int j = 0; j < 100; j++) {
                    group.add(Posted.saying("lobby", text(random, own)).request());
                }
                log.append(group);
            }
            comeToRest(log);
            while (log.trim(name -> new RetentionPolicy(Duration.ZERO, 10), Runnable::run, Posted.NOBODY) > 0) {
                // in small parts
            }
            assertThat(log.search("lobby", own.get(5), Long.MAX_VALUE, 5).hits())
                    .isEmpty();
            comeToRest(log);
            String all = everythingIn(folder);
            Set<String> words = occurring(all, "Ä[A-Z]{14}", 15);
            Set<String> beginnings = occurring(all, "[a-z]{9,}", 9);
            Set<String> ends = occurring(all, "[a-z]{10,}", 10);
            assertThat(own.subList(0, messages - 10))
                    .noneMatch(word -> words.contains(word)
                            || beginnings.contains(Said.folded(word).substring(0, 9))
                            || ends.contains(Said.folded(word).substring(5)));
            assertThat(own.subList(messages - 10, messages)).allMatch(all::contains);
            does(log, new Command.Delete("lobby", null, messages - 2L));
            comeToRest(log);
            String deleted = own.get(messages - 3);
            assertThat(everythingIn(folder)).doesNotContain(deleted);
            assertThat(Said.isLeft(Said.folded(deleted), everythingIn(folder))).isFalse();
        }
    }

    /** Stopped right after a deletion and a sweep, before the search index was updated. */
    @Test
    void deletedTextIsGoneAfterAStopEvenIfItWasStillIndexed() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            does(log, new Command.Post("lobby", null, "ZANZIBARTREASURE"));
            comeToRest(log);
            does(log, new Command.Delete("lobby", null, 1));
            comeToBeSwept(log);
            assertThat(everythingIn(folder)).as("in the index").contains("zanzibartreasure");
        }
        assertThat(everythingIn(folder)).doesNotContain("ZANZIBARTREASURE", "zanzibartreasure");
    }

    /** Also those that were taken back, and so many that they are erased in parts. */
    @Test
    void reactionsAreGoneWithTheirMessage() throws Exception {
        String held = "👩🏽‍🚀"; // by nobody else
        String takenBack = "🧑🏿‍🌾";
        String toAnother = "🧑🏻‍🔧";
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            does(log, new Command.Post("lobby", null, "soto"));
            does(log, new Command.Post("lobby", null, "bakso"));
            does(log, new React("lobby", null, 1, held, true));
            does(log, new React("lobby", null, 1, takenBack, true));
            does(log, new React("lobby", null, 1, takenBack, false));
            does(log, new React("lobby", null, 2, toAnother, true));
            log.append(IntStream.range(0, 250)
                    .mapToObj(i -> Posted.of("user" + i, new React("lobby", null, 1, "🍵", true))
                            .request())
                    .toList());
            comeToRest(log);
            assertThat(everythingIn(folder)).contains(inBytes(held), inBytes(takenBack), inBytes(toAnother));

            AppendResult deleted;
            do {
                AppendRequest delete =
                        Posted.of("ana", new Command.Delete("lobby", null, 1)).request();
                deleted = log.append(List.of(delete)).get(0);
            } while (deleted instanceof AppendResult.Unfinished);
            assertThat(deleted).isInstanceOf(AppendResult.Committed.class);
            comeToRest(log);
            assertThat(everythingIn(folder))
                    .doesNotContain(inBytes(held), inBytes(takenBack))
                    .contains(inBytes(toAnother));
        }
        assertThat(everythingIn(folder)).doesNotContain(inBytes(held), inBytes(takenBack));
    }

    /** As {@link #everythingIn} shows a text. */
    private static String inBytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** A backup by other means holds a snapshot open: what it still sees cannot be overwritten. */
    @Test
    void whileAnotherProgramReadsItIsLateAndThenItIsDone() throws Exception {
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            does(log, new Command.Post("lobby", null, "ZANZIBARTREASURE"));
            comeToRest(log);
            SQLiteDataSource source = new SQLiteDataSource();
            source.setUrl("jdbc:sqlite:" + folder.resolve("warung.db"));
            does(log, new Command.Post("lobby", null, "another"));
            try (Connection foreign = source.getConnection();
                    Statement sql = foreign.createStatement()) {
                foreign.setAutoCommit(false);
                try (ResultSet row = sql.executeQuery("SELECT count(*) FROM entries")) {
                    row.next();
                }
                does(log, new Command.Delete("lobby", null, 1));
                while (log.index(Runnable::run)) {
                    // in small parts
                }
                assertThat(log.sweep(Runnable::run)).isFalse();
                assertThat(everythingIn(folder)).contains("ZANZIBARTREASURE");
                assertThat(does(log, new Command.Post("lobby", null, "nobody waits")))
                        .isEqualTo(4);
                foreign.rollback();
                comeToBeSwept(log);
            }
            assertThat(everythingIn(folder)).doesNotContain("ZANZIBARTREASURE", "zanzibartreasure");
        }
    }

    /** After a change of the folding, indexed words would neither be found nor removed: the index is rebuilt, and search says so. */
    @Test
    void anIndexOfAnotherVersionIsMadeAnewAndSaidToBeIncompleteMeanwhile() throws IOException, SQLException {
        Path killed = folder.resolve("killed");
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            for (int i = 0; i < 500; i++) {
                does(log, new Command.Post("room-" + i % 3, null, "soto number" + i));
            }
            comeToRest(log);
            assertThat(log.search("room-1", "soto", 1_000, 5).incomplete()).isFalse();
        }
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + folder.resolve("warung.db"));
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate("UPDATE meta SET value = '0' WHERE key = 'search-version'");
        }
        try (SqliteLog log = SqliteLog.open(folder, codec, Clock.systemUTC())) {
            assertThat(log.search("room-1", "soto", 1_000, 5).incomplete()).isTrue();
            log.index(Runnable::run);
            copyAsKilled(folder, killed); // not all of it
        }
        source.setUrl("jdbc:sqlite:" + killed.resolve("warung.db"));
        try (SqliteLog log = SqliteLog.open(killed, codec, Clock.systemUTC())) {
            assertThat(log.search("room-1", "soto", 1_000, 5).incomplete()).isTrue();
            comeToRest(log);
            assertThat(log.search("room-1", "soto", 1_000, 5).incomplete()).isFalse();
            assertThat(log.search("room-1", "number499", 1_000, 5).hits()).hasSize(1);
        }
        try (Connection connection = source.getConnection();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery(
                        "SELECT at_ms FROM searchable JOIN entries USING (room_id, seq) ORDER BY searchable.id")) {
            List<Long> times = new ArrayList<>();
            while (row.next()) {
                times.add(row.getLong(1));
            }
            assertThat(times)
                    .as("in the order in which it was said")
                    .hasSize(500)
                    .isSorted();
        }
    }
}
