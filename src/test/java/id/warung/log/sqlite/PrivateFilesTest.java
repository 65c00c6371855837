package id.warung.log.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivateFilesTest {
    private static final List<String> OURS =
            List.of("warung.db", "warung.db-wal", "warung.db-shm", "warung.lock", "signing.key", "signing123.new");

    @TempDir
    private Path above;

    private Path folder;

    @BeforeEach
    void aFolderThatAnybodyMayOpen() throws IOException {
        folder = Files.createDirectory(above.resolve("data"));
        for (String name : OURS) {
            Files.createFile(folder.resolve(name));
            permit(folder.resolve(name), "rw-r--r--");
        }
        permit(folder, "rwxr-xr-x");
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private void filesAreClosed() throws IOException {
        for (String name : OURS) {
            assertThat(permissions(folder.resolve(name))).as(name).isEqualTo("rw-------");
        }
    }

    @Test
    void aFolderOfOursIsClosedWithAllThatIsInIt() throws IOException {
        PrivateFiles.close(folder);

        assertThat(permissions(folder)).isEqualTo("rwx------");
        filesAreClosed();
    }

    @Test
    void nothingIsGivenThatWasNotThere() throws IOException {
        permit(folder.resolve("warung.db"), "r--r-----");
        PrivateFiles.close(folder);

        assertThat(permissions(folder.resolve("warung.db"))).isEqualTo("r--------");
    }

    /** Such as the home directory, or /tmp. */
    @ParameterizedTest
    @CsvSource({"letter.txt", "warung.db.old", ".profile"})
    void aFolderWithFilesOfOthersStaysAsItIs(String name) throws IOException {
        Path other = Files.createFile(folder.resolve(name));
        permit(other, "rw-r--r--");
        PrivateFiles.close(folder);

        assertThat(permissions(folder)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(other)).isEqualTo("rw-r--r--");
        filesAreClosed();
    }

    @ParameterizedTest
    @CsvSource({"02770", "01777"})
    void aFolderThatIsSharedOnPurposeStaysAsItIs(String octal) throws IOException {
        int mode = Integer.parseInt(octal, 8);
        Files.setAttribute(folder, "unix:mode", mode);
        PrivateFiles.close(folder);

        assertThat((int) Files.getAttribute(folder, "unix:mode") & 07777).isEqualTo(mode);
        filesAreClosed();
    }

    @Test
    void aLinkLeadsToNothingOfOurs() throws IOException {
        Path elsewhere = Files.createFile(above.resolve("elsewhere"));
        permit(elsewhere, "rw-r--r--");
        Files.delete(folder.resolve("warung.db"));
        Files.createSymbolicLink(folder.resolve("warung.db"), elsewhere);
        PrivateFiles.close(folder);

        assertThat(permissions(elsewhere)).isEqualTo("rw-r--r--");
    }

    @Test
    void whereThereAreNoPermissionsItGoesOnWithout() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(above.resolve("a.zip"), Map.of("create", "true"))) {
            Path data = zip.getPath("/a/data");
            PrivateFiles.makeFolder(data);
            PrivateFiles.makeFile(data.resolve("warung.db"));
            PrivateFiles.close(data);

            assertThat(data.resolve("warung.db")).isRegularFile();
        }
    }
}
