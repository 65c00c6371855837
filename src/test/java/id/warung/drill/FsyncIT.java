package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Traces the system calls: an ack comes after the disk has confirmed, not only the kernel. */
class FsyncIT {
    private static final int POSTS = Scale.of(50, 1_000);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void eachGroupIsSyncedBeforeItIsAcknowledged() {
        Program.assume("strace");
        Path trace = folder.resolve("trace");
        try (WarungProcess warung = new WarungProcess(folder)
                .with("WARUNG_EPHEMERAL_ROOMS", "game-*")
                .with("WARUNG_INDEX_INTERVAL_MS", "3600000") // the search index has its own syncs
                .under("strace", "-D", "-f", "-y", "-e", "trace=fsync,fdatasync", "-o", trace.toString())
                .start()) {
            try (Person ana = Person.in("lobby", warung.chat());
                    Person budi = Person.in("game-1", warung.chat())) {
                for (int i = 1; i <= POSTS; i++) {
                    long before = syncs(trace);
                    ana.say(Person.postFrame("lobby", "alone in its group", "\"id\":\"c-" + i + "\""));
                    ana.nextInAnyOrder("ack", "message");
                    assertThat(syncs(trace)).as("syncs before ack %s", i).isGreaterThan(before);
                }
                long before = syncs(trace);
                for (int i = 1; i <= POSTS; i++) {
                    budi.say(Person.postFrame("game-1", "kept nowhere", "\"id\":\"c-" + i + "\""));
                    budi.nextInAnyOrder("ack", "message");
                }
                assertThat(syncs(trace)).as("syncs for what is not stored").isEqualTo(before);
            }
        }
    }

    /** The number of completed syncs of the database's files. */
    private static long syncs(Path trace) {
        try (Stream<String> calls = Files.lines(trace)) {
            return calls.filter(call -> call.endsWith("= 0") && call.contains("sync"))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
