package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Data folders that cannot be used: one sentence to the administrator, and exit code 1. */
class StartIT {
    private static final String[] START = {"--port", "0"};

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aSecondOneInTheSameFolder() {
        try (WarungProcess first = new WarungProcess(folder).start()) {
            assertThat(sentence(first.data())).contains("Another Warung uses the data folder " + first.data());
            assertThat(new History(first).health().getString("status")).isEqualTo("ready");
        }
    }

    @Test
    void aFileThatIsNoDatabase() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        byte[] noise = new byte[100_000];
        new Random(1).nextBytes(noise);
        Files.write(data.resolve("warung.db"), noise);
        assertThat(sentence(data)).contains(data.resolve("warung.db").toString(), "damaged");
        assertThat(Files.readAllBytes(data.resolve("warung.db")))
                .as("it is left as it was")
                .isEqualTo(noise);
    }

    @Test
    void aDatabaseThatWasCutShort() throws IOException {
        Path data = folder.resolve("data");
        try (WarungProcess warung = new WarungProcess(folder).start()) {
            warung.stop();
        }
        try (FileChannel file = FileChannel.open(data.resolve("warung.db"), StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
            file.write(ByteBuffer.wrap(new byte[4096]), 4096);
        }
        assertThat(sentence(data)).contains("warung.db", "damaged");
    }

    @Test
    void aFileInThePlaceOfTheFolder() throws IOException {
        Path data = Files.createFile(folder.resolve("data"));
        assertThat(sentence(data))
                .contains("The data folder " + data + " cannot be used: " + data + " is a file.")
                .doesNotContain("Exception");
    }

    @Test
    void aDatabaseThatAnotherProgramHasLocked() throws Exception {
        try (WarungProcess warung = new WarungProcess(folder).start()) {
            warung.stop();
            try (Connection other = Database.open(warung.database());
                    Statement lock = other.createStatement()) {
                lock.execute("PRAGMA locking_mode = EXCLUSIVE");
                lock.execute("BEGIN EXCLUSIVE");
                assertThat(sentence(warung.data())).contains("Another program has locked the database");
            }
        }
    }

    @Test
    void aDiskThatIsFull() throws IOException {
        try (Disk disk = Disk.inMemory(folder, "64k")) {
            Files.write(disk.path().resolve("ballast"), new byte[32 * 1024]);
            assertThat(sentence(disk.path().resolve("data"))).contains("The disk is full");
        }
    }

    /** The output of a failing start: one line on standard error, and no more. */
    private String sentence(Path data) {
        try (WarungProcess warung = new WarungProcess(folder.resolve("start"), data)) {
            warung.launch(START[0], START[1], "--data", data.toString());
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(warung.out()).isEmpty();
            assertThat(warung.err().lines()).hasSize(1);
            assertThat(warung.err()).startsWith("Warung cannot start. ");
            return warung.err();
        }
    }
}
