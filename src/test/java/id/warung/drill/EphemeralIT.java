package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Rooms in memory only: they are like others while clients are connected, and start anew for returning clients. */
class EphemeralIT {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void anEphemeralRoomBeginsANewEpochAndItsNeighbourDoesNot() {
        String game = "game-7";
        String kept = "lobby";
        try (WarungProcess warung = new WarungProcess(folder)
                        .with("WARUNG_EPHEMERAL_ROOMS", "game-*, *.test")
                        .start();
                Crowd crowd = new Crowd(warung::chat, List.of(kept, game), 2, 2)) {
            History history = new History(warung);
            crowd.startPosting();
            crowd.awaitAcked(400);
            crowd.settle(history);
            crowd.verify(history);
            RoomLog before = history.read(game);
            assertThat(before.head()).isGreaterThan(100);

            warung.kill();
            crowd.ledger().forget(game);
            warung.start();
            patiently().until(() -> crowd.everybody().stream()
                    .allMatch(one -> one.isLive() && one.reading().resets() == 1));
            assertThat(history.read(game).epoch()).isNotEqualTo(before.epoch());
            assertThat(history.read(game).head()).isZero();

            crowd.startPosting();
            crowd.awaitAcked(crowd.ledger().ackedCount() + 200);
            crowd.settle(history);
            crowd.verify(history);
            for (Participant one : crowd.everybody()) {
                assertThat(one.reading().entries(game))
                        .isEqualTo(history.read(game).entries());
                assertThat(one.reading().resets()).isEqualTo(1);
            }
        }
    }
}
