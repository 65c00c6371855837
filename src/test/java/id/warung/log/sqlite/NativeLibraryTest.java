package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a server loads SQLite's library from: a JVM loads it once, so each of these is another JVM. */
class NativeLibraryTest {
    private static final int KILLED = 9;

    @TempDir
    private Path folder;

    /** Opens a database, and ends as if it were killed. */
    static final class KilledJvm {
        private KilledJvm() {}

        public static void main(String[] arguments) throws IOException {
            SqliteDatabase.open(Path.of(arguments[0]));
            Runtime.getRuntime().halt(KILLED);
        }
    }

    private int opened(Path data, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), KilledJvm.class.getName(), data.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        return process.waitFor();
    }

    @Test
    void nothingIsLeftByAKilledProcessAndWhatWasLeftIsRemoved() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path left = Files.createDirectory(data.resolve("native")).resolve("sqlite-3-x-libsqlitejdbc.so");
        Files.createFile(left);

        assertThat(opened(data, "-Djava.io.tmpdir=" + temporary)).isEqualTo(KILLED);
        assertThat(data.resolve("native")).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void theFolderThatAnAdministratorNamesComesFirst() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path named = Files.createDirectory(folder.resolve("named"));

        assertThat(opened(data, "-Dorg.sqlite.tmpdir=" + named)).isEqualTo(KILLED);
        assertThat(named).isNotEmptyDirectory();
        assertThat(data.resolve("native")).doesNotExist();
    }

    @Test
    void whereItCannotBeLoadedTheReasonOfEachFolderIsSaid() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.createFile(data.resolve("native"));

        assertThat(opened(data, "-Djava.io.tmpdir=" + folder.resolve("missing")))
                .isEqualTo(1);
        assertThat(Files.readString(folder.resolve("said"), StandardCharsets.UTF_8))
                .contains("SQLite's library can be loaded from none of these folders")
                .contains(folder.resolve("missing") + " (missing)", data.resolve("native") + " (")
                .contains("-Dorg.sqlite.tmpdir");
    }
}
