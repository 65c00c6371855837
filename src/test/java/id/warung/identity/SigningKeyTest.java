package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    @TempDir
    private Path folder;

    @Test
    void the_key_is_made_once_and_found_again() throws IOException {
        byte[] made = SigningKey.in(folder);

        assertThat(made).hasSize(32).isNotEqualTo(new byte[32]);
        assertThat(SigningKey.in(folder)).isEqualTo(made);
    }

    @Test
    void only_its_owner_can_read_it_and_nothing_else_is_left() throws IOException {
        SigningKey.in(folder);

        assertThat(Files.getPosixFilePermissions(folder.resolve("signing.key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("signing.key"));
        }
    }

    @Test
    void a_damaged_key_is_not_used() throws IOException {
        Files.writeString(folder.resolve("signing.key"), "short");

        assertThatThrownBy(() -> SigningKey.in(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }
}
