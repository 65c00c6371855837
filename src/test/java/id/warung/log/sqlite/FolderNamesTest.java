package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Posted;
import id.warung.protocol.EntryCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Administrators choose the folder's name; for SQLite's driver it is a part of a URL. */
class FolderNamesTest {
    @TempDir
    private Path above;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "what?",
                "x?mode=memory",
                "file:x",
                "100%",
                "%41",
                "#1",
                "ü 房 ☕",
                "a;b=c&d",
                "'a'\"b\"",
                "~",
                "[x]"
            })
    void everythingIsInTheFolderThatIsNamed(String name) throws IOException {
        Path folder = above.resolve(name);
        try (SqliteLog log = SqliteLog.open(folder, new EntryCodec(), Clock.systemUTC())) {
            log.append(List.of(Posted.saying("lobby", "here").request()));
            Maintenance.backup(folder, above.resolve(name + " copy"));
        }
        try (SqliteLog log = SqliteLog.open(above.resolve(name + " copy"), new EntryCodec(), Clock.systemUTC())) {
            assertThat(log.state("lobby").head().seq()).isEqualTo(1);
        }
        try (Stream<Path> all = Files.list(above)) {
            assertThat(all.map(Path::getFileName).map(Path::toString)).containsExactlyInAnyOrder(name, name + " copy");
        }
        assertThat(folder.resolve("warung.db")).isNotEmptyFile();
    }
}
