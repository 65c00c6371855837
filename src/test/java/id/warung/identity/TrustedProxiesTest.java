package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final String PROXY = "10.0.0.1";
    private static final TrustedProxies PROXIES =
            new TrustedProxies(List.of("127.0.0.0/8", "::1", "10.0.0.0/24", "192.0.2.7", "2001:db8:f::/48"));

    private static String clientOf(String peer, String... forwardedFor) {
        return PROXIES.clientOf(peer, List.of(forwardedFor)).text();
    }

    @Test
    void withoutAProxyThePeerIsTheClient() {
        assertThat(clientOf("203.0.113.9")).isEqualTo("203.0.113.9");
        assertThat(clientOf("2001:db8::9")).isEqualTo("2001:db8:0:0:0:0:0:9");
    }

    @Test
    void anAddressForwardedByAnUntrustedPeerIsIgnored() {
        assertThat(clientOf("203.0.113.9", "198.51.100.1")).isEqualTo("203.0.113.9");
        assertThat(clientOf("203.0.113.9", "127.0.0.1")).isEqualTo("203.0.113.9");
        assertThat(clientOf("10.0.1.1", "198.51.100.1"))
                .as("beside the network")
                .isEqualTo("10.0.1.1");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.1, 198.51.100.1",
        "'  198.51.100.1  ', 198.51.100.1",
        "'1.1.1.1, 198.51.100.1', 198.51.100.1", // the client's own text stands on the left
        "'127.0.0.1, 198.51.100.1', 198.51.100.1",
        "'10.0.0.5, 127.0.0.1, 198.51.100.1', 198.51.100.1",
        "'198.51.100.1, 10.0.0.2, 192.0.2.7, 2001:db8:f::1', 198.51.100.1", // a chain of our proxies
        "'1.1.1.1, 198.51.100.1, 10.0.0.2', 198.51.100.1",
        "'198.51.100.1,,  ,', 198.51.100.1",
        "198.51.100.1:52114, 198.51.100.1",
        "[2001:db8::9], 2001:db8:0:0:0:0:0:9",
        "[2001:db8::9]:52114, 2001:db8:0:0:0:0:0:9",
        "2001:DB8::9, 2001:db8:0:0:0:0:0:9",
        "::ffff:198.51.100.1, 198.51.100.1",
        "[::ffff:198.51.100.1]:80, 198.51.100.1",
        "'1.1.1.1, ::ffff:10.0.0.2', 1.1.1.1", // one of our proxies in another notation
    })
    void behindAProxyItIsTheLastHopThatIsNoneOfOurs(String forwardedFor, String client) {
        assertThat(clientOf(PROXY, forwardedFor)).isEqualTo(client);
    }

    @Test
    void theHeaderMayComeInPieces() {
        assertThat(clientOf(PROXY, "1.1.1.1", "198.51.100.1, 10.0.0.2", "127.0.0.1"))
                .isEqualTo("198.51.100.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "-",
                "\"198.51.100.1\"",
                "for=198.51.100.1",
                "localhost",
                "example.org",
                "198.51.100",
                "198.51.100.1.1",
                "198.51.100.256",
                "198.51.100.01",
                "0306.0063.0144.0001",
                "0xC6336401",
                "3325256705",
                "127.1",
                "-1.2.3.4",
                "198.51.100.1:",
                "198.51.100.1:x",
                "198.51.100.1:123456",
                "198.51.100.1 52114",
                "198.51.100.1/24",
                "[198.51.100.1]",
                "[2001:db8::9",
                "2001:db8::9]",
                "[2001:db8::9]x",
                "[2001:db8::9]:",
                "[]",
                "[:]",
                ":",
                ":::",
                "1::2::3",
                "2001:db8:0:0:0:0:0:0:9",
                "2001:db8:0:0:0:0:9",
                "g::1",
                "12345::1",
                "::198.51.100.256",
                ".:1",
                "1.2.3.4:5:6.7",
                "%eth0",
                "１９８.51.100.1",
                "198.51.100.1\0",
                "198.51.100.1\r\nX: y",
                "<script>",
            })
    void whereAProxyDoesNotSayTheClientIsThatProxy(String hop) {
        assertThat(clientOf(PROXY, "198.51.100.1, " + hop)).isEqualTo(PROXY);
    }

    @Test
    void aHeaderOfAnyLengthIsRead() {
        assertThat(clientOf(PROXY, "1".repeat(100_000))).isEqualTo(PROXY);
        assertThat(clientOf(PROXY, ",".repeat(100_000))).isEqualTo(PROXY);
        assertThat(clientOf(PROXY, ":".repeat(100_000))).isEqualTo(PROXY);
        assertThat(clientOf(PROXY, "198.51.100.1" + ",127.0.0.1".repeat(10_000)))
                .isEqualTo("198.51.100.1");
    }

    @Test
    void theClientIsTheFirstAddressIfAllAreTrustedProxies() {
        assertThat(clientOf(PROXY, "192.0.2.7, 127.0.0.1")).isEqualTo("192.0.2.7");
        assertThat(clientOf("127.0.0.1")).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, 203.0.113.9",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:2::, 2001:db8:1:2:0:0:0:0/64",
        "2001:db8:1:3::, 2001:db8:1:3:0:0:0:0/64",
        "::ffff:203.0.113.9, 203.0.113.9",
        "fe80::1%eth0, fe80:0:0:0:0:0:0:0/64",
        "fe80:0:0:0:0:0:0:1%2, fe80:0:0:0:0:0:0:0/64", // as Java writes it
    })
    void limitsCountAnIpv4AddressOrTheFirst64BitsOfAnIpv6Address(String peer, String limitKey) {
        assertThat(PROXIES.clientOf(peer, List.of()).limitKey()).isEqualTo(limitKey);
    }

    @Test
    void aClientThatItsProxyDoesNotIdentifyHasNoLimitKey() {
        assertThat(PROXIES.clientOf(PROXY, List.of()).limitKey()).isNull();
        assertThat(PROXIES.clientOf(PROXY, List.of("1.1.1.1, unknown")).limitKey())
                .isNull();
        assertThat(PROXIES.clientOf("2001:db8:f::1", List.of()).limitKey()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "unknown", "localhost", "/var/run/warung.sock"})
    void aPeerWithoutAnAddressIsUnknownWhateverItSays(String peer) {
        assertThat(PROXIES.clientOf(peer, List.of("198.51.100.1"))).isEqualTo(ClientAddress.UNKNOWN);
        assertThat(PROXIES.clientOf(null, List.of("198.51.100.1"))).isEqualTo(ClientAddress.UNKNOWN);
    }

    @Test
    void aServerThatTrustsNoProxyIgnoresForwardedAddresses() {
        TrustedProxies nobody = new TrustedProxies(Set.of());

        assertThat(nobody.clientOf("127.0.0.1", List.of("198.51.100.1")))
                .isEqualTo(new ClientAddress("127.0.0.1", "127.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/8, 10.255.0.1, true", // bits after the prefix are ignored
        "10.1.2.3/8, 11.0.0.1, false",
        "198.51.100.128/25, 198.51.100.127, false",
        "198.51.100.128/25, 198.51.100.255, true",
        "198.51.100.4/31, 198.51.100.5, true",
        "198.51.100.4/32, 198.51.100.5, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "::/0, 2001:db8::1, true",
        "::/0, 203.0.113.9, false",
        "fd00::/7, fc00::1, true",
        "fd00::/8, fc00::1, false",
    })
    void aNetworkIsItsFirstBits(String network, String peer, boolean trusted) {
        String client = new TrustedProxies(List.of(network))
                .clientOf(peer, List.of("192.0.2.99"))
                .text();

        assertThat(client.equals("192.0.2.99")).isEqualTo(trusted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "10.0.0.0/33",
                "::/129",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/x",
                "/8",
                "10.0.0",
                "*"
            })
    void aNetworkThatIsNoneIsRefusedInASentence(String network) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(network)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + network + "\"")
                .hasMessageEndingWith(".");
    }

    @Test
    void nothingThatAHeaderMayHoldThrowsOrAsksANameServer() {
        String letters = "0123456789abcdefx.:,[]%/ \t-_\"é\0";
        Random random = new Random(42);
        for (int n = 0; n < 100_000; n++) {
            StringBuilder header = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                header.append(letters.charAt(random.nextInt(letters.length())));
            }
            assertThat(clientOf(PROXY, header.toString())).matches("[0-9a-f.:]+");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.9, false, '',             false",
        "203.0.113.9, true,  '',             true",
        "203.0.113.9, false, https,          false", // whoever says so is a stranger
        "203.0.113.9, true,  http,           true",
        "not-an-ip,   false, https,          false",
        "10.0.0.1,    false, '',             false",
        "10.0.0.1,    true,  '',             true",
        "10.0.0.1,    false, https,          true",
        "10.0.0.1,    false, ' HTTPS ',      true",
        "10.0.0.1,    true,  http,           false", // the proxy itself uses https, its client does not
        "10.0.0.1,    false, 'https, http',  false",
        "10.0.0.1,    false, 'https, https', true",
        "10.0.0.1,    false, wss,            false",
        "10.0.0.1,    false, ',',            false",
        "::1,         false, https,          true",
    })
    void aForwardedHttpsCountsFromATrustedProxyOnly(String peer, boolean tls, String forwarded, boolean secure) {
        List<String> headers = forwarded.isEmpty() ? List.of() : List.of(forwarded);
        assertThat(PROXIES.isSecure(peer, tls, headers)).isEqualTo(secure);
    }
}
