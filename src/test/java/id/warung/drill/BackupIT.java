package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups during writes, restores from them, and what clients notice. */
class BackupIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    /** Restored as the help says: the copied files are put into the folder, where the files of the killed process still are. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterAnOlderBackupEverybodyBeginsAnewAndMixesNothing(boolean killed) {
        Path copy = folder.resolve("copy");
        try (WarungProcess warung = new WarungProcess(folder).start();
                Crowd crowd = new Crowd(warung::chat, 2, 3, 3)) {
            History history = new History(warung);
            crowd.startPosting();
            crowd.awaitAcked(300);
            Ledger before = crowd.ledger().untilNow();
            assertThat(command("backup", "--data", warung.data().toString(), "--to", copy.toString()))
                    .isZero();
            crowd.awaitAcked(crowd.ledger().ackedCount() + 300);
            crowd.settle(history);
            Map<String, RoomLog> newest = crowd.verify(history);

            if (killed) {
                warung.kill();
            } else {
                warung.stop();
            }
            copyInto(copy, warung.data());
            warung.start();
            patiently().until(() -> crowd.everybody().stream()
                    .allMatch(one -> one.isLive()
                            && one.reading().resets() == crowd.rooms().size()));
            Map<String, RoomLog> restored = history.read(crowd.rooms());
            for (String room : crowd.rooms()) {
                RoomLog was = newest.get(room);
                RoomLog is = restored.get(room);
                assertThat(is.epoch()).isNotEqualTo(was.epoch());
                assertThat(is.head()).isPositive().isLessThan(was.head());
                assertThat(is.entries()).isEqualTo(was.entries().subList(0, (int) is.head()));
                crowd.ledger().forget(room); // what was promised after the backup is lost, and all clients were told
            }
            assertThat(before.faults(restored, List.of()))
                    .as("acknowledged before the backup began")
                    .isEmpty();
            crowd.startPosting();
            crowd.awaitAcked(300);
            crowd.settle(history);
            for (String room : crowd.rooms()) {
                RoomLog log = history.read(room);
                for (Participant one : crowd.everybody()) {
                    List<Seen> has = one.reading().entries(room);
                    assertThat(has).isEqualTo(log.entries().subList((int) log.head() - has.size(), (int) log.head()));
                    assertThat(one.reading().resets()).isEqualTo(crowd.rooms().size());
                }
            }
            warung.kill();
            warung.start();
            crowd.settle(history);
            assertThat(history.read(crowd.rooms().get(0)).epoch())
                    .as("a restored backup begins one new epoch, once")
                    .isEqualTo(restored.get(crowd.rooms().get(0)).epoch());
        }
    }

    @Test
    void aNewEpochIsForFilesThatWereCopiedByOtherMeans() {
        try (WarungProcess warung = new WarungProcess(folder).start();
                Crowd crowd = new Crowd(warung::chat, 1, 1, 1)) {
            History history = new History(warung);
            String room = crowd.rooms().get(0);
            crowd.startPosting();
            crowd.awaitAcked(50);
            crowd.settle(history);
            RoomLog before = history.read(room);
            assertThat(command("new-epoch", "--data", warung.data().toString()))
                    .as("while it runs")
                    .isEqualTo(1);
            warung.stop();
            assertThat(command("new-epoch", "--data", warung.data().toString())).isZero();
            warung.start();
            patiently().until(() -> crowd.everybody().stream()
                    .allMatch(one -> one.isLive() && one.reading().resets() == 1));
            RoomLog after = history.read(room);
            assertThat(after.epoch()).isNotEqualTo(before.epoch());
            assertThat(after.entries()).isEqualTo(before.entries());
        }
    }

    @Test
    void aBackupOverwritesNothingAndNeedsSomethingToCopy() throws IOException {
        Path nothing = Files.createDirectory(folder.resolve("nothing"));
        Path copy = folder.resolve("copy");
        assertThat(command("backup", "--data", nothing.toString(), "--to", copy.toString()))
                .isEqualTo(1);
        assertThat(copy).doesNotExist();
        try (WarungProcess warung = new WarungProcess(folder).start()) {
            assertThat(command("backup", "--data", warung.data().toString(), "--to", nothing.toString()))
                    .isEqualTo(1);
            assertThat(nothing).isEmptyDirectory();
        }
    }

    /** Runs a command of the executable WAR; returns the exit code. Its output is one sentence. */
    private int command(String... arguments) {
        try (WarungProcess command = new WarungProcess(folder.resolve("command"))) {
            command.launch(arguments);
            int code = command.exitCode();
            assertThat((command.out() + command.err()).lines()).hasSize(1);
            return code;
        }
    }

    private static void copyInto(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
