package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.endpoint.FailingServlet;
import id.warung.endpoint.HandshakeFilter;
import id.warung.endpoint.LateFilter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The WAR on a server that upgrades before our filter runs (a copy whose filter rejects nothing): connections that
 * should have been rejected receive nothing, are closed with 1008, and are not counted.
 */
class LateFilterIT extends OnServer {
    private static final int NOT_ALLOWED = 1008;
    private static final String ADDRESS = LateFilter.WITH_ADDRESS + ": yes";
    private static final String V1 = "Sec-WebSocket-Protocol: " + Person.V1;

    @Deployment(testable = false)
    static WebArchive withoutTheFilter() {
        WebArchive war = packedWar(Map.of("warung.max-connections-per-address", "50"));
        war.delete("/WEB-INF/classes/" + HandshakeFilter.class.getName().replace('.', '/') + ".class");
        described(war, xml -> xml.replace(HandshakeFilter.class.getName(), LateFilter.class.getName()));
        return war.addClasses(LateFilter.class, FailingServlet.class);
    }

    private String ownOrigin() {
        URI chat = chat();
        return "Origin: http://" + chat.getHost() + ":" + chat.getPort();
    }

    private static void isRefused(RawSocket client) throws IOException {
        try (client) {
            assertThat(client.status()).isEqualTo(101);
            try { // whatever the server sends meanwhile
                client.text("{\"type\":\"hello\",\"name\":\"Eve\"}");
                client.frame(true, 0x2, (byte) 1);
            } catch (IOException closedAlready) {
                return;
            }
            assertThat(client.textOrNull()).as("a word").isNull();
        }
    }

    private static void isRefusedAsSuch(RawSocket client) throws IOException {
        try (client) {
            assertThat(client.status()).isEqualTo(101);
            assertThat(client.closeCode()).isEqualTo(NOT_ALLOWED);
        }
    }

    /** Servers reject some URLs by themselves, before the upgrade. */
    private static void isRefusedAtOnceOrAsSuch(RawSocket client) throws IOException {
        if (client.status() == 400) {
            client.close();
        } else {
            isRefusedAsSuch(client);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Origin: https://evil.example", "Origin: null", "own"})
    @Tag("smoke")
    void aClientThatPassedNoFilterIsRefusedWhateverItSends(String origin) throws IOException {
        String header = origin.equals("own") ? ownOrigin() : origin.isEmpty() ? "X-No: origin" : origin;
        isRefusedAsSuch(new RawSocket(chat(), V1, header));
        isRefused(new RawSocket(chat(), V1, header));
        isRefusedAsSuch(new RawSocket(chat("?room=lobby"), header));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: https://evil.example",
                "Origin: null",
                "origin: http://127.0.0.1.evil.example",
                "Sec-WebSocket-Protocol: soap, mqtt",
            })
    @Tag("smoke")
    void theHandshakeIsLookedAtWhereTheUpgradeIsMade(String header) throws IOException {
        isRefusedAsSuch(new RawSocket(chat(), ADDRESS, header));
        isRefused(new RawSocket(chat(), ADDRESS, header));
    }

    @ParameterizedTest
    @CsvSource({"Lobby", "''", "%2e%2e%2fetc", "%ff"})
    void aRoomThatIsNoneIsRefused(String room) throws IOException {
        isRefusedAtOnceOrAsSuch(new RawSocket(chat("?room=" + room), ADDRESS));
        isRefusedAtOnceOrAsSuch(new RawSocket(chat("?room=" + room), ADDRESS, V1));
    }

    /** The mark belongs to one handshake: if a server shared it, one page could connect through another. */
    @Test
    void allowedAndForeignOnesAtTheSameTimeAreNotMistakenForEachOther() throws Exception {
        List<Thread> foreign = new ArrayList<>();
        List<Throwable> mistakes = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 2; i++) {
            foreign.add(new Thread(() -> {
                try {
                    for (int n = 0; n < 40; n++) {
                        isRefusedAsSuch(new RawSocket(chat(), ADDRESS, V1, "Origin: https://evil.example"));
                    }
                } catch (IOException | AssertionError e) {
                    mistakes.add(e);
                }
            }));
        }
        foreign.forEach(Thread::start);
        for (int n = 0; n < 40; n++) {
            try (RawSocket own = new RawSocket(chat(), ADDRESS, V1, ownOrigin())) {
                assertThat(own.text()).startsWith("[{\"type\":\"welcome\"");
            }
            assertThat(mistakes).isEmpty();
        }
        for (Thread thread : foreign) {
            thread.join();
        }
        assertThat(mistakes).isEmpty();
    }

    /** A separate class would be cleaner, but costs half a minute on some servers; nothing else here needs the health check. */
    @Test
    @Tag("smoke")
    void afterAnErrorOfTheJvmTheApplicationIsNotReady() throws Exception {
        try {
            assertThat(get(FailingServlet.PATH).statusCode()).isEqualTo(500);
        } catch (IOException cutOff) {
            // a server may close the connection after such an error, without an answer
        }
        HttpResponse<String> ready = get("health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).getString("status")).isEqualTo("failed");
        assertThat(json(ready).getString("degraded")).contains("OutOfMemoryError");
        assertThat(get("health/live").statusCode()).isEqualTo(200);
    }

    /** If they were counted, the address would have reached its limit. */
    @Test
    @Tag("smoke")
    void aRefusedClientTakesNoPlace() throws IOException {
        for (int i = 0; i < 60; i++) {
            isRefusedAsSuch(new RawSocket(chat(), ADDRESS, V1, "Origin: null"));
        }
        try (RawSocket own = new RawSocket(chat(), ADDRESS, V1, ownOrigin())) {
            assertThat(own.text()).startsWith("[{\"type\":\"welcome\"");
        }
    }
}
