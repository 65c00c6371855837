package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    Path folder;

    @Test
    void isMadeOnceAndStaysTheSame() throws IOException {
        byte[] key = SigningKey.in(folder);

        assertThat(key).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(SigningKey.in(folder)).isEqualTo(key);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("signing.key"));
        }
    }

    @Test
    void differsFromFolderToFolder(@TempDir Path other) throws IOException {
        assertThat(SigningKey.in(folder)).isNotEqualTo(SigningKey.in(other));
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        SigningKey.in(folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("signing.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void thatIsDamagedIsNeitherUsedNorReplaced() throws IOException {
        Path file = folder.resolve("signing.key");
        for (byte[] damaged : List.of(new byte[0], new byte[31], new byte[33])) {
            Files.write(file, damaged);

            assertThatThrownBy(() -> SigningKey.in(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("damaged");
            assertThat(file).hasBinaryContent(damaged);
        }
    }

    @Test
    void cannotBeMadeWhereNothingCanBeWritten() {
        assertThatThrownBy(() -> SigningKey.in(folder.resolve("missing"))).isInstanceOf(IOException.class);
    }
}
