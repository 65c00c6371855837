package id.warung.container;

import static id.warung.client.Person.anyRoom;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.client.Person;
import id.warung.client.Strangers;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that never arrive and responses that nobody reads, at the application's own URLs: others do not wait for them. */
class StrangersIT extends DeployedWar {
    private static final int STRANGERS = 250; // more than the threads of any server
    private static final int PAGES = 20;
    private static final Duration SOON =
            Duration.ofSeconds(10); // instead of one second, on a machine that has other work

    private final String room = anyRoom();

    @Test
    void aClientThatNeverSendsItsBodyDelaysNobody() throws Exception {
        try (Person ana = Person.in(room, chat());
                Strangers strangers = new Strangers(http(""))) {
            String messages = http("api/rooms/" + room + "/messages").getPath();
            String token = "Authorization: Bearer " + ana.token();
            strangers.come(
                    STRANGERS, Strangers.bodyToCome("POST", http("index.html").getPath()));
            strangers.come(STRANGERS, Strangers.bodyToCome("POST", messages, token));
            strangers.come(STRANGERS, Strangers.chunksToCome("POST", messages, token));
            strangers.come(
                    STRANGERS,
                    Strangers.bodyToCome(
                            "POST", http("chat").getPath(), "Content-Type: application/x-www-form-urlencoded"));
            answersSoon(ana);
        }
    }

    @Test
    void aClientThatNeverReadsItsResponseDelaysNobody() throws Exception {
        try (Person ana = Person.in(room, chat());
                Strangers strangers = new Strangers(http(""))) {
            for (int n = 0; n < 50; n++) {
                ana.post(room, "語".repeat(4_000));
            }
            String page = http("api/rooms/" + room + "/messages").getPath() + "?limit=500";
            strangers.come(STRANGERS, Strangers.reading(page, PAGES));
            answersSoon(ana);
        }
    }

    private void answersSoon(Person ana) throws Exception {
        long start = System.nanoTime();
        assertThat(get("health/live").statusCode()).isEqualTo(200);
        try (Person newcomer = Person.in(room, chat())) {
            newcomer.say(Person.postFrame(room, "hello"));
            assertThat(ana.next("message").getString("text")).isEqualTo("hello");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, index.html, 405",
        "PUT, assets/0/js/app.js, 405",
        "POST, nothing/here, 405",
        "POST, health/live, 405",
        "DELETE, chat, 405",
        "GET, health/live, 413",
        "GET, api/rooms, 413",
        "PUT, api/rooms/lobby/messages, 405",
        "POST, api/rooms/lobby/messages, 401",
    })
    void aBodyWhereNoneIsExpectedIsRefusedAndTheConnectionClosed(String method, String path, int status)
            throws Exception {
        HttpResponse<String> response = send(method, path, BodyPublishers.ofString("a body"));

        if (Set.of("GET", "DELETE").contains(method) && response.statusCode() == 400) {
            return; // HTTP gives a body of these no meaning, and some servers reject it themselves
        }
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Connection")).hasValue("close");
        assertThat(json(response).getString("message")).endsWith(".");
    }

    /** A page ends by the bytes of its entries, not by their number; reading on by seq gives all. */
    @Test
    void longMessagesComeInMorePages() throws Exception {
        try (Person ana = Person.in(room, chat())) {
            for (int n = 0; n < 50; n++) {
                ana.post(room, "語".repeat(4_000));
            }
        }
        int last = 0;
        int pages = 0;
        while (last < 50) {
            String path = "api/rooms/" + room + "/messages?limit=500&after=" + last;
            // unread responses of another test are given up two seconds later; until then it is 503
            HttpResponse<String> page = await().atMost(Duration.ofSeconds(20))
                    .until(() -> get(path), response -> response.statusCode() == 200);
            List<Integer> seqs = json(page).getJsonArray("entries").stream()
                    .map(entry -> entry.asJsonObject().getInt("seq"))
                    .toList();
            assertThat(seqs).isNotEmpty();
            assertThat(seqs.get(0)).isEqualTo(last + 1);
            assertThat(page.body().length() * 3).isLessThan(2 * 1024 * 1024);
            last = seqs.get(seqs.size() - 1);
            pages++;
        }
        assertThat(pages).isEqualTo(2);
    }
}
