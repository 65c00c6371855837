package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.Wire;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The wall clock jumps an hour back and forth while users talk: it only decorates. */
class ClockIT {
    private static final long HOUR = TimeUnit.HOURS.toSeconds(1);
    private static final long HELLO_MS = 1_500;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void orderAndTimersDoNotNotice() throws IOException {
        Program.assume("gcc");
        Path clock = folder.resolve("clock.so");
        Program.run("gcc", "-shared", "-fPIC", "-O1", "-o", clock.toString(), "src/test/c/clock.c");
        Path offset = folder.resolve("offset");
        Files.writeString(offset, "0");
        try (WarungProcess warung = new WarungProcess(folder)
                        .with("LD_PRELOAD", clock.toString())
                        .with("CLOCK_OFFSET", offset.toString())
                        .with("WARUNG_HEARTBEAT_MS", "400")
                        .with("WARUNG_HELLO_TIMEOUT_MS", String.valueOf(HELLO_MS))
                        .start();
                Crowd crowd = new Crowd(warung::chat, 2, 2, 2)) {
            crowd.startPosting();
            Instant before = toldTime(warung);
            jump(warung, crowd, offset, HOUR);
            assertThat(Duration.between(before, toldTime(warung))).isBetween(hours(1), hours(1).plusMinutes(2));
            jump(warung, crowd, offset, -HOUR);
            assertThat(Duration.between(before, toldTime(warung)))
                    .isBetween(hours(-1), hours(-1).plusMinutes(2));
            History history = new History(warung);
            crowd.settle(history);
            crowd.verify(history);
            assertThat(crowd.cutOffs()).as("connections that a jump has ended").isZero();
        }
    }

    /** Moves the clock shortly before a time-out, which must not be affected. */
    private static void jump(WarungProcess warung, Crowd crowd, Path offset, long seconds) throws IOException {
        crowd.awaitAcked(crowd.ledger().ackedCount() + 100);
        try (Wire silent = Library.JDK.connect(warung.chat(), Person.V1)) {
            long connected = System.nanoTime();
            silent.frame();
            Files.writeString(offset, String.valueOf(seconds));
            long acked = crowd.ledger().ackedCount();
            assertThat(silent.closeCode()).isEqualTo(4003);
            assertThat(System.nanoTime() - connected)
                    .as("nanoseconds until it was closed")
                    .isBetween(
                            TimeUnit.MILLISECONDS.toNanos(HELLO_MS / 2), TimeUnit.MILLISECONDS.toNanos(10 * HELLO_MS));
            patiently().until(() -> crowd.ledger().ackedCount() > acked + 100);
        }
    }

    private static Instant toldTime(WarungProcess warung) {
        try (Person person = Person.in("clock", warung.chat())) {
            JsonObject message = person.post("clock", "what time is it?");
            return Instant.parse(message.getString("at"));
        }
    }

    private static Duration hours(long hours) {
        return Duration.ofHours(hours);
    }
}
