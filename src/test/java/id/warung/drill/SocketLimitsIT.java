package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.RawSocket;
import id.warung.client.ServerProcess;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code java -jar}: the limits of sockets per address and in total, and the time-out of a request's headers. 127.0.0.1
 * is a trusted proxy, and 127.0.0.2 and the like are ordinary clients.
 */
class SocketLimitsIT {
    private static final String V1 = "Sec-WebSocket-Protocol: warung.v1";
    private static final int HEADER_MS = Scale.of(2_000, 1_000); // others use this machine in small runs
    /** Tomcat checks time-outs once a second, and this machine has other work. */
    private static final int SOON_MS = HEADER_MS + 4_000;

    private static final int MOST_CONNECTIONS = 4;
    private static final int MOST_FROM_AN_ADDRESS = MOST_CONNECTIONS + 64;
    private static final int MOST = 4 * MOST_FROM_AN_ADDRESS;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static WarungProcess warung;
    private static ServerProcess process;
    private static long socketsAtRest;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void start() {
        warung = new WarungProcess(folder)
                .with("WARUNG_TRUSTED_PROXIES", "127.0.0.1")
                .with("WARUNG_MAX_CONNECTIONS_PER_ADDRESS", String.valueOf(MOST_CONNECTIONS))
                .with("WARUNG_MAX_SOCKETS", String.valueOf(MOST))
                .with("WARUNG_HEADER_TIMEOUT_MS", String.valueOf(HEADER_MS))
                .with("WARUNG_HELLO_TIMEOUT_MS", "120000") // the first sessions wait for the last ones
                .with("WARUNG_API_KEYS", "Builds=0123456789abcdef")
                .start();
        process = ServerProcess.of(warung.pid());
        socketsAtRest = process.sockets();
    }

    @AfterAll
    static void stop() {
        warung.close();
    }

    private <T extends AutoCloseable> T kept(T connection) {
        open.add(0, connection);
        return connection;
    }

    @AfterEach
    void allEnd() throws Exception {
        for (AutoCloseable connection : open) {
            connection.close();
        }
        WarungProcess.patiently().until(() -> process.sockets() <= socketsAtRest);
    }

    private static void welcomed(RawSocket client) throws IOException {
        assertThat(client.text()).startsWith("[{\"type\":\"welcome\"");
    }

    /** Otherwise it would keep newcomers out for as long as the server waits for the answer. */
    @Test
    void aClientThatDoesNotAnswerACloseLosesItsSocketSoon() throws IOException {
        for (int i = 0; i < MOST_CONNECTIONS; i++) {
            welcomed(kept(RawSocket.from("127.0.0.3", warung.chat(), V1)));
        }
        RawSocket refused = kept(RawSocket.from("127.0.0.3", warung.chat(), V1));
        assertThat(refused.closeCode()).isEqualTo(4005);
        assertThat(refused.drained())
                .as("bytes until the end, within its patience")
                .isZero();
    }

    @Test
    void anAddressAboveItsCapIsClosedAtOnceAndGetsItsPlacesBack() throws IOException {
        for (int round = 0; round < 5; round++) {
            List<Half> sockets = new ArrayList<>();
            for (int i = 0; i < MOST_FROM_AN_ADDRESS; i++) {
                sockets.add(kept(new Half("127.0.0.2", warung.http("/"))));
            }
            assertThat(kept(new Half("127.0.0.2", warung.http("/"))).isClosedWithinMs(HEADER_MS / 2))
                    .as("one too many, round %d", round)
                    .isTrue();
            welcomed(kept(RawSocket.from("127.0.0." + (10 + round), warung.chat(), V1)));
            for (Half socket : sockets) {
                assertThat(socket.isClosedWithinMs(SOON_MS))
                        .as("by the deadline")
                        .isTrue();
            }
        }
    }

    @Test
    void aTrustedProxyMayHaveMoreForItSpeaksForMany() throws IOException {
        List<Half> sockets = new ArrayList<>();
        for (int i = 0; i < MOST_FROM_AN_ADDRESS + 20; i++) {
            sockets.add(kept(new Half("127.0.0.1", warung.http("/"))));
        }
        assertThat(sockets.get(sockets.size() - 1)
                        .say("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    /** Whatever it sends: nothing at all, a byte now and then, or empty lines. */
    @ParameterizedTest
    @ValueSource(strings = {"nothing", "a", "\r\n", "b: c\r\n"})
    void headersThatDoNotEndAreCutOffHoweverTheyDrip(String drop) throws IOException {
        Half slow = kept(new Half("127.0.0.2", warung.http("/")));
        boolean silent = drop.equals("nothing");
        if (!silent && !drop.isBlank()) {
            slow.say(Half.BEGINNING);
        }
        long begin = System.nanoTime();
        boolean closed = false;
        while (!closed && System.nanoTime() - begin < SOON_MS * 1_000_000L) {
            closed = slow.say(silent ? "" : drop).isClosedWithinMs(HEADER_MS / 5);
        }
        assertThat(closed).isTrue();
        assertThat((System.nanoTime() - begin) / 1_000_000).isGreaterThan(HEADER_MS / 2);
    }

    @Test
    void aConnectionThatIsKeptAliveMayBeIdleForLongerThanHeadersMayTake() throws IOException {
        Half browser = kept(new Half("127.0.0.2", warung.http("/")));
        for (int i = 0; i < 2; i++) {
            browser.say("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(browser.status()).isEqualTo(200);
            assertThat(browser.isClosedWithinMs(HEADER_MS + 1_500)).isFalse();
        }
        assertThat(browser.say(Half.BEGINNING).isClosedWithinMs(SOON_MS))
                .as("headers that do not end")
                .isTrue();
    }

    /** The deadline applies to the headers and not to the body, also when the headers arrived in parts. */
    @Test
    void aBodyMayTakeLongerThanTheHeaders() throws IOException {
        Half phone = kept(new Half("127.0.0.2", warung.http("/")));
        phone.say("POST /api/rooms/lobby/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer 0123456789abcdef\r\n");
        assertThat(phone.isClosedWithinMs(HEADER_MS * 7 / 10)).isFalse();
        phone.say("Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nha");
        assertThat(phone.isClosedWithinMs(HEADER_MS * 2)).isFalse();
        assertThat(phone.say("lo").status()).isEqualTo(201);
    }

    @Test
    void whenThereAreTooManyInAllTheOldestThatOnlyWaitsGivesWayAndNoSession() throws IOException {
        RawSocket session = kept(RawSocket.from("127.0.0.9", warung.chat(), V1));
        welcomed(session);
        List<Half> sockets = new ArrayList<>();
        for (int i = 0; i < MOST + 50; i++) { // from many addresses, each with a few
            sockets.add(kept(new Half("127.0.1." + (2 + i % 20), warung.http("/")).say(Half.BEGINNING)));
        }
        assertThat(sockets.get(0).isClosedWithinMs(HEADER_MS / 2))
                .as("the oldest")
                .isTrue();
        welcomed(kept(RawSocket.from("127.0.0.3", warung.chat(), V1)));
        session.text("{\"type\":\"hello\",\"name\":\"Ana\"}");
        assertThat(session.text()).contains("signed-in");
    }

    @Test
    void whenAllAreSessionsANewcomerIsClosedAtOnceAndLetInWhenOneHasGone() throws IOException {
        List<RawSocket> sessions = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            RawSocket session = kept(RawSocket.from("127.0.2." + (2 + i % 100), warung.chat(), V1));
            welcomed(session);
            sessions.add(session);
        }
        assertThat(kept(new Half("127.0.0.3", warung.http("/"))).isClosedWithinMs(HEADER_MS / 2))
                .isTrue();
        sessions.get(0).vanish();
        WarungProcess.patiently()
                .ignoreExceptions()
                .untilAsserted(() -> welcomed(kept(RawSocket.from("127.0.0.3", warung.chat(), V1))));
    }
}
