package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders from which no program may be loaded, or that cannot be written: SQLite's library has to be loaded from somewhere. */
class NoexecIT {
    /** Mounts a file system of its own on the folder that is named first, and runs the rest. It ends with the process. */
    private static final String MOUNT = "mount -t tmpfs -o size=80m,$0 tmpfs \"$1\"; shift; exec \"$@\"";

    @TempDir
    private Path folder;

    private Path hard;

    @BeforeEach
    void aFolderThatIsMountedInAWayOfItsOwn() throws IOException {
        Program.assumeRoot();
        hard = Files.createDirectory(folder.resolve("hard"));
    }

    /** With its cache and its temporary folder there. */
    private WarungProcess warung(String options, Path data) {
        return new WarungProcess(folder, data)
                .under("unshare", "--mount", "sh", "-c", MOUNT, options, hard.toString())
                .with("XDG_CACHE_HOME", hard.resolve("cache").toString())
                .with("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + hard);
    }

    private static void works(WarungProcess warung) {
        String room = Person.anyRoom();
        try (Person ana = Person.in(room, warung.chat())) {
            assertThat(ana.post(room, "halo").getString("text")).isEqualTo("halo");
        }
    }

    @Test
    void theLibraryIsLoadedFromTheDataFolderWhereNothingElseIsExecutable() throws IOException {
        Path data = folder.resolve("data");
        for (String options : new String[] {"noexec", "ro"}) {
            try (WarungProcess warung = warung(options, data).start()) {
                works(warung);
                warung.kill();
            }
        }
        try (WarungProcess warung = warung("noexec", data).start()) {
            try (Stream<Path> left = Files.walk(data)) {
                assertThat(left.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.contains("sqlite") || name.startsWith("warung-"));
            }
            works(warung);
        }
    }

    @Test
    void whereNothingIsExecutableItSaysSoInASentence() {
        try (WarungProcess warung = warung("noexec", hard.resolve("data"))
                .launch("--port", "0", "--data", hard.resolve("data").toString())) {
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(warung.err().lines().filter(line -> !line.startsWith("NOTE:")))
                    .singleElement()
                    .asString()
                    .startsWith("Warung cannot start. ")
                    .contains(
                            "mounted noexec",
                            "-Dorg.sqlite.tmpdir",
                            hard.resolve("data/native").toString());
        }
    }

    @Test
    void aBackupNeedsNoOtherFolderEither() throws IOException {
        Path data = folder.resolve("data");
        try (WarungProcess warung = warung("exec", data).start()) {
            works(warung);
        }
        Path copy = folder.resolve("copy");
        try (WarungProcess backup =
                warung("noexec", data).launch("backup", "--data", data.toString(), "--to", copy.toString())) {
            assertThat(backup.exitCode()).as(backup.err()).isZero();
        }
        try (Stream<Path> copied = Files.list(copy)) {
            assertThat(copied.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("warung.db", "signing.key");
        }
    }
}
