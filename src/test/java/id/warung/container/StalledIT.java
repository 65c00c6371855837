package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.client.ServerProcess;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that stops reading is disconnected by our own deadlines, whatever the server reports about the connection, and nobody else
 * notices. From outside, the end of a session shows by its name: the next client that asks for the name gets it.
 */
class StalledIT extends OnServer {
    /** More than any server's buffers hold, and more than the limit of unconfirmed bytes. */
    private static final int MANY = 400;

    private static final String LONG = "語".repeat(4_000);

    private static final int SILENT = Scale.of(10, 100);

    /** Tomcat gives a client half a minute to answer the close. */
    private static final Duration CLOSING = Slowdown.of(Duration.ofSeconds(60));

    private static final Duration PATIENCE = Slowdown.of(Duration.ofSeconds(30));

    private final String room = Person.anyRoom();
    private final String name = Person.anyName();

    @Deployment(testable = false)
    static WebArchive quickClocks() {
        return packedWar(Map.of(
                "warung.heartbeat-ms", String.valueOf(Slowdown.millis(1_000)),
                "warung.pong-timeout-ms", String.valueOf(Slowdown.millis(2_000)),
                "warung.send-timeout-ms", String.valueOf(Slowdown.millis(2_000))));
    }

    private interface Talk {
        void run() throws IOException;
    }

    /** A client that has joined the room under the name, and reads nothing after that. */
    private RawSocket stalled() throws IOException {
        return stalled(name);
    }

    private RawSocket stalled(String name) throws IOException {
        RawSocket client = RawSocket.narrow(chat(), "Sec-WebSocket-Protocol: " + Person.V1);
        client.text("{\"type\":\"hello\",\"name\":\"" + name + "\"}");
        client.text("{\"type\":\"join\",\"room\":\"" + room + "\"}");
        while (!client.text().contains("\"joined\"")) {
            // the welcome and the sign-in
        }
        return client;
    }

    /** Waits until the next client that asks for the name gets it. */
    private void waitUntilTheNameIsFree(Talk meanwhile) {
        waitUntilTheNameIsFree(name, meanwhile);
    }

    private void waitUntilTheNameIsFree(String name, Talk meanwhile) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            meanwhile.run();
            try (Person next = Person.connect(chat())) {
                return next.hello(name).getJsonObject("user").getString("name").equals(name);
            }
        });
    }

    private static void says(RawSocket client, String command, int times) {
        try {
            for (int n = 0; n < times; n++) {
                client.text(command);
            }
        } catch (IOException ended) {
            // expected: the name shows it
        }
    }

    /** Sending is no sign of reading. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("smoke")
    void aClientThatStopsReadingIsClosedAndNobodyElseNotices(boolean talks) throws IOException {
        try (Person ana = Person.in(room, chat());
                Person budi = Person.in(room, chat());
                RawSocket stalled = stalled()) {
            Talk oneMore = () -> {
                long seq = ana.post(room, LONG).getInt("seq");
                JsonObject read = budi.next("message");
                assertThat(read.getInt("seq")).isEqualTo(seq);
                assertThat(read.getString("text")).isEqualTo(LONG);
                says(stalled, "{\"type\":\"pong\",\"n\":0}", talks ? 1 : 0);
            };
            for (int n = 0; n < MANY; n++) {
                oneMore.run();
            }
            waitUntilTheNameIsFree(oneMore);
        }
    }

    /** A client whose machine lost its power: nothing arrives, not even the end of the connection. */
    @Test
    @Tag("smoke")
    void aSilentClientIsClosedEvenIfThereIsNothingToSend() throws IOException {
        try (RawSocket silent = stalled()) {
            waitUntilTheNameIsFree(silent::status); // all it knows is that it is still connected
        }
    }

    /** Their connections stay open on their side, like those of machines that lost power. */
    @ParameterizedTest
    @ValueSource(ints = {0, MANY})
    @Tag("closed-by-the-server")
    void manyWhoFellSilentLeaveNothingBehind(int unread) throws IOException {
        ServerProcess server = ServerProcess.listeningOn(chat().getPort());
        try (Person ana = Person.in(room, chat())) {
            long before = server.sockets();
            long most = before;
            List<RawSocket> silent = new ArrayList<>();
            for (int n = 0; n < SILENT; n++) {
                silent.add(stalled(name + n));
                ana.heard(); // and answers pings
                most = Math.max(most, server.sockets());
            }
            assertThat(most)
                    .as("the first may be gone before the last has come")
                    .isGreaterThan(before + SILENT / 5);
            for (int n = 0; n < unread; n++) {
                ana.post(room, LONG);
            }
            for (int n = 0; n < SILENT; n++) {
                waitUntilTheNameIsFree(name + n, () -> ana.post(room, "hallo"));
            }
            Awaitility.await().atMost(CLOSING).untilAsserted(() -> assertThat(server.sockets())
                    .isLessThan(before + SILENT / 5));
            for (RawSocket each : silent) {
                each.close();
            }
        }
    }

    @Test
    @Tag("smoke")
    void aClientThatNeverReadsItsRepliesIsClosed() throws IOException {
        try (RawSocket stalled = stalled()) {
            waitUntilTheNameIsFree(() -> says(stalled, "{\"type\":\"nonsense\"}", 4_000));
        }
    }
}
