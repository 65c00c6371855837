package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Rooms that keep their latest entries only: readers of older ones are told, and the numbers stay. */
class RetentionIT {
    private static final int KEPT = 100;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void trimmedEntriesAreAGapAndNoSeqChanges() {
        try (WarungProcess warung = new WarungProcess(folder)
                        .with("WARUNG_RETENTION_ENTRIES", "room-*=" + KEPT + ", old=" + KEPT)
                        .with("WARUNG_TRIM_INTERVAL_MS", "500")
                        .start();
                Person ana = Person.connect(warung.chat());
                Crowd crowd = new Crowd(warung::chat, 1, 2, 2)) {
            String room = crowd.rooms().get(0);
            History history = new History(warung);
            String token = ana.hello("Ana").getString("token");
            ana.join("old", "\"last\":0");
            ana.say(Person.postFrame("old", "long ago", "\"id\":\"c-1\""));
            long seq = ana.nextInAnyOrder("ack", "message").get(0).getInt("seq");
            for (int i = 0; i < KEPT; i++) {
                ana.post("old", "and then " + i);
            }
            crowd.startPosting();
            crowd.awaitAcked(3 * KEPT);
            crowd.settle(history);
            patiently()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> history.read(room).entries().size() == KEPT
                            && history.read("old").entries().size() == KEPT);

            Map<String, RoomLog> logs = crowd.verify(history);
            RoomLog kept = logs.get(room);
            assertThat(kept.entries()).hasSize(KEPT);
            assertThat(kept.head()).isGreaterThanOrEqualTo(3 * KEPT);
            History.Page before = history.page(room, "before=" + (kept.first() + 5) + "&limit=50");
            assertThat(before.entries()).extracting(Seen::seq).isEqualTo(seqs(kept.first(), kept.first() + 4));

            warung.kill(); // so that memory does not help
            warung.start();
            crowd.awaitAllLive();
            try (Person late = Person.connect(warung.chat())) {
                late.helloAgain(token);
                late.join(room, "\"epoch\":\"" + kept.epoch() + "\"", "\"after\":3");
                JsonObject gap = late.next("gap");
                assertThat(gap.getInt("from")).isEqualTo(4);
                assertThat(gap.getInt("to")).isEqualTo((int) kept.first() - 1);
                assertThat(late.next("message").getInt("seq")).isEqualTo((int) kept.first());
            }
            try (Person late = Person.connect(warung.chat())) {
                late.helloAgain(token);
                late.join("old", "\"last\":0");
                late.say(Person.postFrame("old", "long ago", "\"id\":\"c-1\""));
                assertThat(late.next("ack").getInt("seq"))
                        .as("of a post that was trimmed")
                        .isEqualTo((int) seq);
                late.say(Person.postFrame("old", "otherwise", "\"id\":\"c-1\""));
                late.nextError("id-conflict");
            }
            assertThat(history.read("old").head())
                    .as("nothing was posted twice")
                    .isEqualTo(KEPT + 1);

            crowd.startPosting();
            crowd.awaitAcked(crowd.ledger().ackedCount() + KEPT);
            crowd.settle(history);
            RoomLog later = crowd.verify(history).get(room);
            assertThat(kept.entries())
                    .as("those of them that are left")
                    .containsAll(later.entries().stream()
                            .filter(seen -> seen.seq() <= kept.head())
                            .toList());
            crowd.everybody().forEach(one -> assertThat(one.reading().gaps()).isZero());
        }
    }

    private static List<Long> seqs(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
