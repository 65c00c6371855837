package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.client.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The server knows the address of a client: an address may have two connections, and a third one is told so and closed.
 * Of this machine's addresses, 127.0.0.1 is a trusted proxy, and 127.0.0.2 and the like are ordinary clients.
 */
class AddressIT extends OnServer {
    private static final int TOO_MANY_CONNECTIONS = 4005;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final String RATE = "25"; // and four times as many at once
    private static final int MANY = 300; // too many within the time that they take
    private static final String PROXY = "127.0.0.1";
    private static final String V1 = "Sec-WebSocket-Protocol: " + Person.V1;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger PEOPLE = new AtomicInteger(1);

    private final String stranger = "127.0.1." + PEOPLE.incrementAndGet();
    private final List<RawSocket> clients = new ArrayList<>();
    private final String another = "127.0.1." + PEOPLE.incrementAndGet();

    @Deployment(testable = false)
    static WebArchive twoConnectionsFromAnAddress() {
        return packedWar(Map.of(
                "warung.trusted-proxies",
                PROXY,
                "warung.max-connections-per-address",
                "2",
                "warung.max-handshakes-per-second",
                RATE,
                "warung.max-requests-per-second",
                RATE,
                "warung.heartbeat-ms",
                "3000",
                "warung.pong-timeout-ms",
                "1000"));
    }

    /** The server at this machine's own address, wherever it is said to be. */
    private URI here() {
        URI chat = chat();
        return URI.create("ws://127.0.0.1:" + chat.getPort() + chat.getPath());
    }

    private RawSocket from(String address) throws IOException {
        return opened(RawSocket.from(address, here(), V1));
    }

    private RawSocket through(String proxy, String forwardedFor) throws IOException {
        return opened(RawSocket.from(proxy, here(), V1, "X-Forwarded-For: " + forwardedFor));
    }

    private RawSocket opened(RawSocket client) {
        clients.add(client);
        return client;
    }

    /** Waits until the client is counted: the end of the handshake does not show that, the first event does. */
    private static RawSocket in(RawSocket client) throws IOException {
        assertThat(client.status()).isEqualTo(101);
        assertThat(client.text()).startsWith("[{\"type\":\"welcome\"");
        return client;
    }

    private static void isRefused(RawSocket client) throws IOException {
        assertThat(client.status()).isEqualTo(101);
        assertThat(client.text()).startsWith("[{\"type\":\"bye\",\"code\":" + TOO_MANY_CONNECTIONS);
        assertThat(client.closeCode()).isEqualTo(TOO_MANY_CONNECTIONS);
    }

    /** Connects as soon as another connection has been released; rejected attempts are not counted. */
    private RawSocket inAsSoonAsThereIsAPlace(String address) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(Wire.PATIENCE_SECONDS))
                .until(
                        () -> {
                            RawSocket client = from(address);
                            String first = client.textOrNull();
                            return first != null && first.contains("\"welcome\"") ? client : null;
                        },
                        Objects::nonNull);
    }

    @AfterEach
    void allGo() throws IOException {
        for (RawSocket client : clients) {
            client.close();
        }
    }

    @Test
    @Tag("smoke")
    void anAddressHasSoManyConnectionsAndAnotherHasItsOwn() throws IOException {
        in(from(stranger));
        in(from(stranger));
        isRefused(from(stranger));
        in(from(another));
    }

    @Test
    void aPlainClientIsToldToTryAgainLater() throws IOException {
        in(from(stranger));
        in(from(stranger));
        RawSocket plain = opened(RawSocket.from(stranger, here()));
        assertThat(plain.closeCode()).isEqualTo(TRY_AGAIN_LATER);
    }

    @Test
    @Tag("smoke")
    void anAddressForwardedByAStrangerIsIgnored() throws IOException {
        in(through(stranger, "198.51.100.1"));
        in(through(stranger, "127.0.0.1"));
        isRefused(through(stranger, "198.51.100.3"));
        in(through(another, stranger));
    }

    @Test
    @Tag("smoke")
    void theAddressGivenByAProxyCountsNotTheOneItsClientClaims() throws IOException {
        String client = "203.0.113." + PEOPLE.incrementAndGet();
        String neighbour = "203.0.113." + PEOPLE.incrementAndGet();
        in(through(PROXY, client));
        in(through(PROXY, "198.51.100.1, " + client + ":50000"));
        isRefused(through(PROXY, "127.0.0.1, " + client));
        in(through(PROXY, client + ", " + neighbour));
    }

    @Test
    void anIpv6NetworkOfOneCustomerIsOneAddress() throws IOException {
        String network = "2001:db8:0:" + Integer.toHexString(PEOPLE.incrementAndGet());
        in(through(PROXY, network + "::1"));
        in(through(PROXY, "[" + network + ":ffff::2]:443"));
        isRefused(through(PROXY, network + ":1:2:3:4"));
    }

    @Test
    void clientsThatAProxyDoesNotIdentifyAreNotCounted() throws IOException {
        in(from(PROXY));
        in(through(PROXY, "unknown"));
        in(through(PROXY, "198.51.100.1, -"));
    }

    /** By an abrupt end, by the server's close, and by both: never counted twice, or a third client could connect. */
    @Test
    @Tag("smoke")
    void howeverAConnectionEndsItsPlaceIsGivenBackOnce() throws IOException {
        for (int round = 0; round < 10; round++) {
            RawSocket first = inAsSoonAsThereIsAPlace(stranger);
            RawSocket second = inAsSoonAsThereIsAPlace(stranger);
            isRefused(from(stranger));
            first.vanish();
            second.frame(true, 0x2, (byte) 1); // binary frames are not allowed here: the server closes
            assertThat(second.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    void aSilentClientGivesUpItsPlace() throws IOException {
        in(from(stranger));
        in(from(stranger));
        inAsSoonAsThereIsAPlace(stranger); // though the first two are still connected, as far as this end knows
        inAsSoonAsThereIsAPlace(stranger);
    }

    @Test
    @Tag("smoke")
    void anAddressThatAsksTheApiTooOftenIsToldWhenToComeAgain() throws Exception {
        String client = "203.0.113." + PEOPLE.incrementAndGet();
        HttpResponse<String> answer = asks("api/rooms", client);
        for (int n = 0; n < MANY && answer.statusCode() == 200; n++) {
            answer = asks("api/rooms", client);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(json(answer).getString("error")).isEqualTo("rate-limited");
        assertThat(asks("health/live", client).statusCode()).isEqualTo(200);
        assertThat(asks("api/rooms", another).statusCode()).isEqualTo(200);
    }

    /** A request through the trusted proxy, which some servers do not see at the address by which the test knows them. */
    private HttpResponse<String> asks(String path, String client) throws IOException, InterruptedException {
        URI at = URI.create(
                "http://" + PROXY + ":" + chat().getPort() + http(path).getRawPath());
        return HTTP.send(
                HttpRequest.newBuilder(at).header("X-Forwarded-For", client).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    @Tag("smoke")
    void anAddressThatConnectsTooOftenIsRefusedBeforeTheUpgrade() throws IOException {
        RawSocket last = from(stranger);
        for (int n = 0; n < MANY && last.status() == 101; n++) {
            last.close();
            last = from(stranger);
        }
        assertThat(last.status()).isEqualTo(429);
        in(from(another));
    }
}
