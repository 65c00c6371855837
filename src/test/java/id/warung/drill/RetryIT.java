package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Acks that are lost on the way, and clients who retry: at once, over another connection, or long after. */
class RetryIT {
    private static final int POSTS = Scale.of(600, 10_000);
    private static final int AT_A_TIME = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    void aRepeatedPostIsStoredOnceAndKeepsItsSeq() {
        Random random = new Random(17);
        Ledger ledger = new Ledger();
        try (WarungProcess warung = new WarungProcess(folder).start();
                Person ana = Person.connect(warung.chat());
                Person anaElsewhere = Person.connect(warung.chat())) {
            String token = ana.hello("Ana").getString("token");
            anaElsewhere.helloAgain(token);
            ana.join("lobby", "\"last\":0");
            anaElsewhere.join("lobby", "\"last\":0");
            int retries = 0;
            for (int first = 1; first <= POSTS; first += AT_A_TIME) {
                List<String> hereIds = new ArrayList<>();
                List<String> thereIds = new ArrayList<>();
                for (int i = first; i < first + AT_A_TIME; i++) {
                    String id = "c-" + i;
                    ledger.sent(new Ledger.Post("lobby", id, "said " + i));
                    hereIds.add(id);
                    if (random.nextInt(100) < 30) { // its ack is lost
                        retries++;
                        (random.nextBoolean() ? thereIds : hereIds).add(id);
                    }
                }
                hereIds.forEach(id -> say(ana, id));
                thereIds.forEach(id -> say(anaElsewhere, id)); // while the first may not have been written yet
                hear(ana, ledger, hereIds.size());
                hear(anaElsewhere, ledger, thereIds.size());
            }
            assertThat(retries).isBetween(POSTS / 5, POSTS / 2);
            assertThat(ledger.ackedCount()).isEqualTo(POSTS);
            RoomLog log = new History(warung).read("lobby");
            assertThat(ledger.faults(Map.of("lobby", log), List.of())).isEmpty();
            assertThat(log.head()).isEqualTo(POSTS);

            warung.kill();
            warung.start();
            try (Person later = Person.connect(warung.chat())) {
                later.helloAgain(token);
                later.join("lobby", "\"last\":0");
                for (int i = 1; i <= POSTS; i += 1 + random.nextInt(POSTS / 50)) {
                    say(later, "c-" + i);
                    JsonObject ack = later.next("ack");
                    ledger.acked(ack.getString("id"), ack.getInt("seq"));
                    later.say(Person.postFrame("lobby", "other words", "\"id\":\"c-" + i + "\""));
                    assertThat(later.nextError("id-conflict").getString("id")).isEqualTo("c-" + i);
                }
            }
            assertThat(ledger.faults(Map.of("lobby", new History(warung).read("lobby")), List.of()))
                    .isEmpty();
            assertThat(new History(warung).read("lobby").head())
                    .as("no seq was burned")
                    .isEqualTo(POSTS);
        }
    }

    private static void say(Person person, String id) {
        person.say(Person.postFrame("lobby", "said " + id.substring(2), "\"id\":\"" + id + "\""));
    }

    /** Receives this many acks, and each message once. */
    private static void hear(Person person, Ledger ledger, int acks) {
        List<String> types = new ArrayList<>(Collections.nCopies(acks, "ack"));
        types.addAll(Collections.nCopies(AT_A_TIME, "message"));
        List<JsonObject> events = person.nextInAnyOrder(types.toArray(String[]::new));
        for (JsonObject ack : events.subList(0, acks)) {
            ledger.acked(ack.getString("id"), ack.getInt("seq"));
        }
        assertThat(events.subList(acks, events.size()))
                .extracting(message -> message.getInt("seq"))
                .doesNotHaveDuplicates();
    }
}
