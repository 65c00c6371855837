package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.memory.MemoryLog;
import id.warung.log.postgres.PostgresStorage;
import id.warung.log.sqlite.SqliteLog;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each query of the table, which also tests the page, finds the same of all its texts on disk, in memory, and in the shared database. */
class SearchTableTest {
    private static final Path TABLE = Path.of("src/test/resources/search.tsv");

    @TempDir
    private Path folder;

    private final EntryCodec codec = new EntryCodec();
    private final Clock clock = Clock.systemUTC();

    @Test
    void allLogsFindTheSame() throws IOException {
        List<String[]> rows = Files.readAllLines(TABLE, StandardCharsets.UTF_8).stream()
                .map(line -> line.split("\t"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(40).allSatisfy(row -> assertThat(row)
                .hasSize(3));
        PostgresStorage shared = PostgresStorage.open(PostgresTables.empty(), codec, clock);
        try (SqliteLog disk = SqliteLog.open(folder, codec, clock);
                MemoryLog memory = new MemoryLog(codec, clock, 10_000, Long.MAX_VALUE, (room, first) -> {})) {
            for (String[] row : rows) {
                disk.append(List.of(Posted.saying("lobby", row[0]).request()));
                memory.append(List.of(Posted.saying("lobby", row[0]).request()));
            }
            while (disk.index(Runnable::run)) {
                // all of it
            }
            for (String[] row : rows) {
                shared.log().append(List.of(Posted.saying("lobby", row[0]).request()));
            }
            while (shared.jobs().get(0).work().runSlice()) {
                // all of it
            }
            for (int i = 0; i < rows.size(); i++) {
                String query = rows.get(i)[1];
                List<Long> found = found(disk, query);
                assertThat(found(memory, query)).as(query).isEqualTo(found);
                assertThat(found(shared.log(), query)).as(query).isEqualTo(found);
                assertThat(found.contains(i + 1L)).as(query).isEqualTo(!rows.get(i)[2].equals("-"));
                assertThat(found)
                        .as(query)
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, rows.size())
                                .filter(text -> SearchText.hasAll(rows.get(text)[0], SearchText.wordsOf(query)))
                                .mapToObj(text -> text + 1L)
                                .toList());
            }
        }
    }

    private static List<Long> found(MessageLog log, String query) throws IOException {
        return log.search("lobby", query, Long.MAX_VALUE, 1_000).hits().stream()
                .map(hit -> hit.entry().seq())
                .toList();
    }
}
