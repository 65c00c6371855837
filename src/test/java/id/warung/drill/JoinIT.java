package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Readers who join at any position while others write. */
class JoinIT {
    private static final int JOINS = Scale.of(200, 1_000);
    private static final int READERS = 10;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void whereverOneComesInOneHasWhatANewcomerReads() {
        Random random = new Random(20);
        try (WarungProcess warung = new WarungProcess(folder)
                        .with("WARUNG_MAX_TAIL_BYTES", "20000") // so that most joins start in the log
                        .start();
                Crowd crowd = new Crowd(warung::chat, 1, 2, READERS)) {
            String room = crowd.rooms().get(0);
            crowd.startPosting();
            crowd.awaitAcked(200);
            List<Participant> readers = crowd.everybody().subList(2, 2 + READERS);
            History history = new History(warung);
            for (int joins = 0; joins < JOINS; joins += READERS) {
                long head = history.page(room, "limit=1").head();
                for (Participant reader : readers) {
                    reader.readFrom(room, Math.round(head * Math.sqrt(random.nextDouble())));
                }
                for (Participant reader : readers) {
                    patiently().until(() -> reader.isLive() && reader.reading().position(room) > head);
                }
            }
            crowd.settle(history);
            RoomLog log = crowd.verify(history).get(room);
            assertThat(log.head()).isGreaterThan(200);
            for (Participant reader : readers) {
                List<Seen> has = reader.reading().entries(room);
                assertThat(has).isNotEmpty();
                assertThat(has).isEqualTo(log.entries().subList((int) log.head() - has.size(), (int) log.head()));
            }
            assertThat(crowd.cutOffs()).isZero();
        }
    }
}
