package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.log.sqlite.Maintenance;
import id.warung.log.sqlite.SqliteLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteLogTest extends MessageLogContract {
    private static final Logger QUIET = Logger.getLogger("org.flywaydb");
    private static final List<Path> FOLDERS = new ArrayList<>();
    private static final RetentionPolicy LATEST_ONE = new RetentionPolicy(Duration.ZERO, 1);

    static {
        QUIET.setLevel(Level.WARNING);
    }

    @AfterAll
    @AfterContainer
    static void deleteFolders() throws IOException {
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        FOLDERS.clear();
    }

    /** Each in a folder of its own. */
    @Override
    protected MessageLog open() throws IOException {
        FOLDERS.add(Files.createTempDirectory("warung-log"));
        return openIn(FOLDERS.get(FOLDERS.size() - 1));
    }

    /** Fewer tries: each opens a database, and each group is on the disk before the next. */
    @Override
    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void aLogIsAListForEachRoom(@ForAll @Size(max = 25) List<@From("doings") Doing> doings) throws IOException {
        super.aLogIsAListForEachRoom(doings);
    }

    private SqliteLog openIn(Path data) throws IOException {
        return SqliteLog.open(data, codec, clock);
    }

    @Test
    void everythingIsThereAfterAnotherStart(@TempDir Path data) throws IOException {
        Position head;
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.by("ana", "lobby", "c-1", "hi"), Posted.saying("lobby", "ho"));
            head = log.state("lobby").head();
        }
        try (SqliteLog log = openIn(data)) {
            assertThat(log.state("lobby").head()).isEqualTo(head);
            assertThat(texts(log, "lobby")).containsExactly("hi", "ho");
            assertThat(append(log, Posted.by("ana", "lobby", "c-1", "hi"), Posted.saying("lobby", "x")))
                    .containsExactly("again 1", "3");
        }
    }

    @Test
    void twoNeverUseOneFolder(@TempDir Path data) throws IOException {
        try (SqliteLog first = openIn(data)) {
            assertThatThrownBy(() -> openIn(data))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("Another Warung uses the data folder " + data);
            assertThat(append(first, Posted.saying("lobby", "hi"))).containsExactly("1");
        }
    }

    @Test
    void aTrimmedRoomSaysWhereItBeginsAndCountsOn(@TempDir Path data) throws IOException {
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.saying("lobby", "a"), Posted.saying("lobby", "b"), Posted.saying("lobby", "c"));

            assertThat(log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY))
                    .isEqualTo(2);
            assertThat(log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY))
                    .isZero();
            assertThat(log.read("lobby", 0, 10).first()).isEqualTo(3);
            assertThat(seqs(log.read("lobby", 0, 10))).containsExactly(3L);
            assertThat(append(log, Posted.saying("lobby", "d"))).containsExactly("4");
        }
    }

    @Test
    void oldEntriesAreTrimmedOnlyInRoomsWithARetentionPolicy(@TempDir Path data) throws IOException {
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.saying("lobby", "a"), Posted.saying("legal", "b"), Posted.saying("game", "c"));
        }
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.offset(clock, Duration.ofDays(6)))) {
            append(log, Posted.saying("lobby", "d"), Posted.saying("game", "e"), Posted.saying("game", "f"));
        }
        Map<String, RetentionPolicy> kept = Map.of(
                "lobby",
                new RetentionPolicy(Duration.ofDays(7), 0),
                "game",
                new RetentionPolicy(Duration.ofDays(7), 1));
        Function<String, RetentionPolicy> keep = room -> kept.getOrDefault(room, RetentionPolicy.EVERYTHING);
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.offset(clock, Duration.ofDays(7)))) {
            assertThat(log.trim(keep, Runnable::run, Posted.NOBODY))
                    .as("of an age of seven days to the millisecond")
                    .isEqualTo(2);
            assertThat(texts(log, "lobby")).containsExactly("a", "d");
            assertThat(texts(log, "game")).containsExactly("f");
        }
        try (SqliteLog log = SqliteLog.open(
                data, codec, Clock.offset(clock, Duration.ofDays(7).plusMillis(1)))) {
            assertThat(log.trim(keep, Runnable::run, Posted.NOBODY)).isEqualTo(1);
            assertThat(texts(log, "lobby")).containsExactly("d");
            assertThat(texts(log, "legal")).containsExactly("b");
        }
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.offset(clock, Duration.ofDays(400)))) {
            assertThat(log.trim(keep, Runnable::run, Posted.NOBODY)).isEqualTo(2);
            assertThat(log.trim(keep, Runnable::run, Posted.NOBODY)).isZero();
            assertThat(log.read("lobby", 0, 10).entries()).isEmpty();
            assertThat(log.state("lobby").head().seq()).isEqualTo(2);
            assertThat(append(log, Posted.saying("lobby", "g"))).containsExactly("3");
            assertThat(texts(log, "legal")).containsExactly("b");
        }
    }

    /** All of it is overwritten in the transaction, however many reads that took. */
    @Test
    void longMessagesAreTrimmedByWhatTheyWeigh(@TempDir Path data) throws IOException {
        try (SqliteLog log = openIn(data)) {
            String text = "x".repeat(15_000);
            for (int n = 0; n < 6; n++) {
                append(
                        log,
                        Stream.generate(() -> Posted.saying("lobby", text))
                                .limit(10)
                                .toArray(Posted[]::new));
            }
            List<Long> firsts = new ArrayList<>(List.of(1L));
            while (log.trim(room -> LATEST_ONE, Runnable::run, (room, first) -> firsts.add(first)) > 0) {
                // in small parts
            }
            assertThat(firsts).endsWith(60L).hasSizeGreaterThan(3);
            for (int i = 1; i < firsts.size(); i++) {
                assertThat(firsts.get(i) - firsts.get(i - 1)).isBetween(1L, 18L);
            }
        }
    }

    /** A post in between would be read in a room that still has the trimmed entries. */
    @Test
    void aTrimIsReportedBeforeAnythingElseIsWritten(@TempDir Path data) throws IOException {
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.saying("lobby", "a"), Posted.saying("lobby", "b"));
            List<String> events = new ArrayList<>();
            int trimmed = log.trim(
                    room -> LATEST_ONE,
                    task -> {
                        task.run();
                        events.add("task, from " + firstIn(log));
                    },
                    (room, first) -> events.add(room + " " + first));

            assertThat(trimmed).isEqualTo(1);
            assertThat(events).startsWith("lobby 2", "task, from 2");
        }
    }

    private static long firstIn(SqliteLog log) {
        try {
            return log.read("lobby", 0, 1).first();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One long transaction would hold up posts. */
    @Test
    void aLongLogIsTrimmedALittleAtATime(@TempDir Path data) throws IOException {
        try (SqliteLog log = openIn(data)) {
            for (String room : List.of("one", "two")) {
                append(
                        log,
                        Stream.generate(() -> Posted.saying(room, "x"))
                                .limit(800)
                                .toArray(Posted[]::new));
            }
            List<Integer> trimmed = new ArrayList<>();
            do {
                trimmed.add(log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY));
            } while (trimmed.get(trimmed.size() - 1) > 0);

            assertThat(trimmed).hasSizeGreaterThan(3).allMatch(entries -> entries <= 500);
            assertThat(trimmed.stream().mapToInt(Integer::intValue).sum()).isEqualTo(2 * 799);
            assertThat(seqs(log.read("one", 0, 10))).containsExactly(800L);
            assertThat(seqs(log.read("two", 0, 10))).containsExactly(800L);
        }
    }

    @Test
    void aDamagedPartIsSaidAndTheOthersAreReadOn(@TempDir Path data) throws IOException {
        String text = "x".repeat(1_000);
        try (SqliteLog log = openIn(data)) {
            for (int n = 0; n < 20; n++) {
                append(
                        log,
                        Stream.generate(() -> Posted.saying("first", text))
                                .limit(20)
                                .toArray(Posted[]::new));
            }
            append(log, Posted.saying("second", "sound"));
            assertThat(log.damage()).isNull();
        }
        Path file = data.resolve("warung.db");
        try (FileChannel pages = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long middle = pages.size() / 4096 / 2;
            pages.write(ByteBuffer.wrap(new byte[3 * 4096]), middle * 4096);
        }
        try (SqliteLog log = openIn(data)) {
            assertThatThrownBy(() -> log.read("first", 0, 400))
                    .isInstanceOf(IOException.class)
                    .hasMessage("The database file is damaged.");
            assertThat(texts(log, "second")).containsExactly("sound");
            assertThat(append(log, Posted.saying("second", "and goes on"))).containsExactly("2");
            assertThat(log.damage()).isEqualTo("The database file is damaged.");
        }
    }

    @Test
    void theIdOfATrimmedPostIsRemembered(@TempDir Path data) throws IOException {
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.by("ana", "lobby", "c-1", "hi"), Posted.saying("lobby", "x"));
            log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY);

            assertThat(append(
                            log,
                            Posted.by("ana", "lobby", "c-1", "hi"),
                            Posted.by("ana", "lobby", "c-1", "ho"),
                            Posted.saying("lobby", "y")))
                    .containsExactly("again 1", "conflict", "3");
        }
    }

    @Test
    void theIdOfATrimmedPostIsForgottenAfterThirtyDays(@TempDir Path data) throws IOException {
        Posted post = Posted.by("ana", "lobby", "c-1", "hi");
        try (SqliteLog log = openIn(data)) {
            append(log, post, Posted.saying("lobby", "x"));
            log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY);
        }
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.offset(clock, Duration.ofDays(30)))) {
            assertThat(log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY))
                    .isZero();
            assertThat(append(log, post)).containsExactly("again 1");
        }
        try (SqliteLog log = SqliteLog.open(data, codec, Clock.offset(clock, Duration.ofDays(31)))) {
            assertThat(log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY))
                    .isEqualTo(1);
            assertThat(log.trim(room -> LATEST_ONE, Runnable::run, Posted.NOBODY))
                    .isZero();
            assertThat(append(log, post)).containsExactly("3");
        }
    }

    @Test
    void aBackupThatIsOpenedBeginsANewEpochWithTheSameEntries(@TempDir Path folder) throws IOException {
        Path data = folder.resolve("data");
        Path copy = folder.resolve("copy");
        Position head;
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.saying("lobby", "hi"));
            head = log.state("lobby").head();
            Maintenance.backup(data, copy); // while it runs
        }
        String restored;
        try (SqliteLog log = openIn(copy)) {
            restored = log.state("lobby").head().epoch();
            assertThat(restored).isNotEqualTo(head.epoch());
            assertThat(texts(log, "lobby")).containsExactly("hi");
        }
        try (SqliteLog log = openIn(copy)) {
            assertThat(log.state("lobby").head().epoch()).isEqualTo(restored);
        }
    }
}
