package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user makes ten rooms an hour, in whatever way, and is told when the next one may be made. */
class NewRoomsTest {
    private static final int SIX_MINUTES_MS = 360_000;

    private final SessionNode node = new SessionNode(new Rates(0, 1, 0, 0, 0, 10, 0, 0, 0, 0, 0));

    private void creates(Client client, String prefix, int count) {
        IntStream.range(0, count).forEach(n -> client.does("create", prefix + n, prefix + n, ""));
        node.settle();
    }

    private static List<String> acks(Client client) {
        return client.heard().stream().filter(event -> event.startsWith("ack")).toList();
    }

    private static List<Integer> waits(Client client) {
        return client.events("error").stream()
                .filter(error -> error.getString("code").equals("rate-limited"))
                .map(error -> error.getInt("retryAfterMs"))
                .toList();
    }

    @Test
    void theEleventhHasToWait() {
        Client ana = node.signedIn("Ana");
        creates(ana, "room-", 11);
        assertThat(acks(ana)).hasSize(10);
        assertThat(waits(ana)).containsExactly(SIX_MINUTES_MS);

        node.clock.moveMs(SIX_MINUTES_MS);
        ana.forget();
        creates(ana, "later-", 2);
        assertThat(acks(ana)).containsExactly("ack later-0 1");
        Client budi = node.signedIn("Budi");
        creates(budi, "his-", 10);
        assertThat(acks(budi)).hasSize(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"room-exists", "forbidden", "no-such-message"})
    void whatMakesNoRoomCostsNothing(String refused) {
        Client ana = node.signedIn("Ana");
        creates(ana, "room-", 9);
        ana.join("nothing");
        for (int n = 0; n < 20; n++) {
            switch (refused) {
                case "room-exists" -> ana.does("create", "room-1", null, "");
                case "forbidden" -> ana.does("change", "nothing", null, "\"archived\":true");
                default -> ana.does("edit", "nothing", null, "\"seq\":1,\"text\":\"x\"");
            }
        }
        node.settle();
        assertThat(ana.heard()).contains("error " + refused);
        assertThat(waits(ana)).isEmpty();
        ana.forget();
        creates(ana, "last-", 2);
        assertThat(acks(ana)).containsExactly("ack last-0 1");
    }

    @Test
    void theFirstMessagesOfARoomCountAsOneRoom() {
        Client ana = node.signedIn("Ana");
        creates(ana, "room-", 9);
        ana.join("new");
        IntStream.range(0, 5).forEach(n -> ana.does("post", "new", "p-" + n, "\"text\":\"hi\""));
        ana.join("newer");
        ana.does("post", "newer", "p-9", "\"text\":\"hi\"");
        ana.does("post", "new", "p-10", "\"text\":\"hi\"");
        node.settle();
        assertThat(acks(ana)).contains("ack p-0 1", "ack p-4 5", "ack p-10 6").doesNotContain("ack p-9 1");
        assertThat(waits(ana)).containsExactly(SIX_MINUTES_MS);
    }

    /** Commands that come at once cannot hide one behind another: each is counted when those before it are done. */
    @Test
    void roomsAreCountedThoughRefusedCommandsPrecedeThem() {
        Client ana = node.signedIn("Ana");
        for (int n = 0; n < 15; n++) {
            ana.does("change", "room-" + n, null, "\"archived\":true");
            ana.does("create", "room-" + n, "c-" + n, "");
        }
        node.settle();
        assertThat(acks(ana)).hasSize(10);
    }

    @Test
    void aNewDirectConversationIsARoomAndAnOldOneIsNot() {
        Client ana = node.signedIn("Ana");
        List<Client> others = IntStream.range(0, 11)
                .mapToObj(n -> node.signedIn("Other " + n))
                .toList();
        others.forEach(other -> ana.says("{\"type\":\"direct\",\"user\":\"" + other.userId() + "\"}"));
        node.settle();
        assertThat(ana.events("direct")).hasSize(10);
        assertThat(waits(ana)).containsExactly(SIX_MINUTES_MS);
        ana.forget();
        others.subList(0, 10).forEach(other -> ana.says("{\"type\":\"direct\",\"user\":\"" + other.userId() + "\"}"));
        node.settle();
        assertThat(ana.events("direct")).hasSize(10);
    }

    @Test
    void ephemeralRoomsDoNotCount() {
        Client ana = node.signedIn("Ana");
        creates(ana, "game-", 30);
        assertThat(acks(ana)).hasSize(30);
    }

    /** Guests get new ids as often as they like. */
    @Test
    void anAddressMakesTenTimesAsMany() {
        int made = 0;
        for (int n = 0; n < 12; n++) {
            Client guest = node.from("192.0.2.1", "Guest " + n);
            creates(guest, "room-" + n + "-", 10);
            made += acks(guest).size();
            guest.session.gone();
            node.settle();
        }
        assertThat(made).isEqualTo(100);
    }
}
