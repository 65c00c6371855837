package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Figures;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at any moment, under load. */
class KillIT {
    private static final int ROUNDS = Scale.of(3, 20);
    private static final int ACKED_A_ROUND = Scale.of(1_000, 10_000);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void acknowledgedOrSeenMessagesSurviveEveryKill() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Figures.say("seed", String.valueOf(seed));
        try (WarungProcess warung = new WarungProcess(folder)
                        .with("WARUNG_MAX_LAG_ENTRIES", "2000000000")
                        .start();
                Crowd crowd = new Crowd(warung::chat, 5, 6, 4)) {
            History history = new History(warung);
            int cutOff = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                long begin = crowd.ledger().ackedCount();
                crowd.startPosting();
                crowd.awaitAcked(begin + ACKED_A_ROUND / 10 + random.nextInt(ACKED_A_ROUND * 8 / 10));
                warung.kill();
                cutOff += crowd.waiting();
                warung.start();
                crowd.awaitAcked(begin + ACKED_A_ROUND);
                crowd.settle(history);
                Map<String, RoomLog> logs = crowd.verify(history);
                Figures.say(
                        "round " + round,
                        crowd.ledger().ackedCount() + " acknowledged of "
                                + crowd.ledger().sentCount() + ", " + cutOff + " were on their way at a kill, "
                                + logs.values().stream()
                                        .mapToLong(RoomLog::head)
                                        .sum() + " kept");
            }
            assertThat(cutOff).as("posts on their way at a kill").isPositive();
            assertThat(crowd.ledger().sentCount())
                    .as("some are said once and never again")
                    .isGreaterThan(crowd.ledger().ackedCount());
            crowd.everybody().forEach(one -> assertThat(
                            one.reading().resets() + one.reading().gaps())
                    .isZero());
            newcomerReadsTheSame(warung, crowd, history);
            warung.kill();
            assertThat(Database.integrity(warung.database())).isEqualTo("ok");
        }
    }

    private static void newcomerReadsTheSame(WarungProcess warung, Crowd crowd, History history) {
        try (Participant newcomer = new Participant("newcomer", warung::chat, crowd.rooms(), crowd.ledger()).start()) {
            for (String room : crowd.rooms()) {
                WarungProcess.patiently().until(newcomer::isLive);
                newcomer.readFrom(room, 0);
                RoomLog log = history.read(room);
                WarungProcess.patiently().until(() -> newcomer.reading().position(room) == log.head());
                assertThat(newcomer.reading().entries(room)).isEqualTo(log.entries());
            }
        }
    }
}
