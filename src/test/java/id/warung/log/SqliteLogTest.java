package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
            head = log.head("lobby");
        }
        try (SqliteLog log = openIn(data)) {
            assertThat(log.head("lobby")).isEqualTo(head);
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

            assertThat(log.trim(Duration.ZERO, 1)).isEqualTo(2);
            assertThat(log.trim(Duration.ZERO, 1)).isZero();
            assertThat(log.read("lobby", 0, 10).first()).isEqualTo(3);
            assertThat(seqs(log.read("lobby", 0, 10))).containsExactly(3L);
            assertThat(append(log, Posted.saying("lobby", "d"))).containsExactly("4");
        }
    }

    @Test
    void theIdOfATrimmedPostIsRemembered(@TempDir Path data) throws IOException {
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.by("ana", "lobby", "c-1", "hi"), Posted.saying("lobby", "x"));
            log.trim(Duration.ZERO, 1);

            assertThat(append(
                            log,
                            Posted.by("ana", "lobby", "c-1", "hi"),
                            Posted.by("ana", "lobby", "c-1", "ho"),
                            Posted.saying("lobby", "y")))
                    .containsExactly("again 1", "conflict", "3");
        }
    }

    @Test
    void aBackupThatIsOpenedBeginsANewEpochWithTheSameEntries(@TempDir Path data) throws IOException {
        Path copy = data.resolveSibling(data.getFileName() + "-copy");
        Position head;
        try (SqliteLog log = openIn(data)) {
            append(log, Posted.saying("lobby", "hi"));
            head = log.head("lobby");
            Maintenance.backup(data, copy); // while it runs
        }
        String restored;
        try (SqliteLog log = openIn(copy)) {
            restored = log.head("lobby").epoch();
            assertThat(restored).isNotEqualTo(head.epoch());
            assertThat(texts(log, "lobby")).containsExactly("hi");
        }
        try (SqliteLog log = openIn(copy)) {
            assertThat(log.head("lobby").epoch()).isEqualTo(restored);
        }
    }
}
