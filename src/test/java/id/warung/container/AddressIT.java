package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.client.Wire;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The server knows where a client connects from: an address may have two connections, and a third is told so. Of this machine's
 * own addresses 127.0.0.1 is a trusted proxy, and 127.0.0.2 and the like are strangers.
 */
class AddressIT extends OnServer {
    private static final int TOO_MANY_CONNECTIONS = 4005;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final String PROXY = "127.0.0.1";
    private static final String V1 = "Sec-WebSocket-Protocol: " + Person.V1;
    private static final AtomicInteger PEOPLE = new AtomicInteger(1);

    private final String stranger = "127.0.1." + PEOPLE.incrementAndGet();
    private final String another = "127.0.1." + PEOPLE.incrementAndGet();

    @Deployment(testable = false)
    static WebArchive twoConnectionsFromAnAddress() {
        return packedWar(Map.of(
                "warung.trusted-proxies", PROXY,
                "warung.max-connections-per-address", "2",
                "warung.heartbeat-ms", "1000",
                "warung.pong-timeout-ms", "1000"));
    }

    /** On this machine's own address, whichever the server is said to be at. */
    private URI here() {
        URI chat = chat();
        return URI.create("ws://127.0.0.1:" + chat.getPort() + chat.getPath());
    }

    private RawSocket from(String address) throws IOException {
        return RawSocket.from(address, here(), V1);
    }

    private RawSocket through(String proxy, String forwardedFor) throws IOException {
        return RawSocket.from(proxy, here(), V1, "X-Forwarded-For: " + forwardedFor);
    }

    /** Is counted now: the handshake's end is no sign of it, the first word is. */
    private static RawSocket in(RawSocket client) throws IOException {
        assertThat(client.status()).isEqualTo(101);
        assertThat(client.text()).startsWith("[{\"type\":\"welcome\"");
        return client;
    }

    private static void isRefused(RawSocket client) throws IOException {
        assertThat(client.status()).isEqualTo(101);
        assertThat(client.closeCode()).isEqualTo(TOO_MANY_CONNECTIONS);
    }

    /** Is let in as soon as somebody else's place has been given back; whoever is refused takes none. */
    private RawSocket inAsSoonAsThereIsAPlace(String address) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(Wire.PATIENCE_SECONDS))
                .until(
                        () -> {
                            RawSocket client = from(address);
                            if (client.textOrNull() != null) {
                                return client;
                            }
                            client.close();
                            return null;
                        },
                        Objects::nonNull);
    }

    @Test
    @Tag("smoke")
    void anAddressHasSoManyConnectionsAndAnotherHasItsOwn() throws IOException {
        try (RawSocket first = in(from(stranger));
                RawSocket second = in(from(stranger));
                RawSocket third = from(stranger);
                RawSocket other = in(from(another))) {
            isRefused(third);
        }
    }

    @Test
    void aPlainClientIsToldToTryAgainLater() throws IOException {
        try (RawSocket first = in(from(stranger));
                RawSocket second = in(from(stranger));
                RawSocket third = RawSocket.from(stranger, here())) {
            assertThat(third.closeCode()).isEqualTo(TRY_AGAIN_LATER);
        }
    }

    @Test
    @Tag("smoke")
    void whatAStrangerSaysOfHimselfIsNotBelieved() throws IOException {
        try (RawSocket first = in(through(stranger, "198.51.100.1"));
                RawSocket second = in(through(stranger, "127.0.0.1"));
                RawSocket third = through(stranger, "198.51.100.3");
                RawSocket fourth = in(through(another, stranger))) {
            isRefused(third);
        }
    }

    @Test
    @Tag("smoke")
    void whatAProxySaysIsBelievedAndNotWhatItsClientWrote() throws IOException {
        String client = "203.0.113." + PEOPLE.incrementAndGet();
        String neighbour = "203.0.113." + PEOPLE.incrementAndGet();
        try (RawSocket first = in(through(PROXY, client));
                RawSocket second = in(through(PROXY, "198.51.100.1, " + client + ":50000"));
                RawSocket third = through(PROXY, "127.0.0.1, " + client);
                RawSocket other = in(through(PROXY, client + ", " + neighbour))) {
            isRefused(third);
        }
    }

    @Test
    void anIpv6NetworkOfOneCustomerIsOneAddress() throws IOException {
        String network = "2001:db8:0:" + Integer.toHexString(PEOPLE.incrementAndGet());
        try (RawSocket first = in(through(PROXY, network + "::1"));
                RawSocket second = in(through(PROXY, "[" + network + ":ffff::2]:443"));
                RawSocket third = through(PROXY, network + ":1:2:3:4")) {
            isRefused(third);
        }
    }

    @Test
    void whoIsBehindAProxyThatDoesNotSayIsNotCountedWithStrangers() throws IOException {
        try (RawSocket first = in(from(PROXY));
                RawSocket second = in(through(PROXY, "unknown"));
                RawSocket third = through(PROXY, "198.51.100.1, -")) {
        }
    }

    /** By an abrupt end, by the server's own word, and by both: never twice, or a third would be let in. */
    @Test
    @Tag("smoke")
    void howeverAConnectionEndsItsPlaceIsGivenBackOnce() throws IOException {
        for (int round = 0; round < 10; round++) {
            try (RawSocket first = inAsSoonAsThereIsAPlace(stranger);
                    RawSocket second = inAsSoonAsThereIsAPlace(stranger);
                    RawSocket third = from(stranger)) {
                isRefused(third);
                first.vanish();
                second.frame(true, 0x2, (byte) 1); // no binary frames here: the server closes
                assertThat(second.closeCode()).isEqualTo(1003);
            }
        }
    }

    @Test
    void whoIsSilentGivesHisPlaceUp() throws IOException {
        try (RawSocket first = in(from(stranger));
                RawSocket second = in(from(stranger));
                RawSocket third = inAsSoonAsThereIsAPlace(stranger);
                RawSocket fourth = inAsSoonAsThereIsAPlace(stranger)) {
            assertThat(fourth.status()).isEqualTo(101); // though the first two are still connected, as far as this end knows
        }
    }
}
