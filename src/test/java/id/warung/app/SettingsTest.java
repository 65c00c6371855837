package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.log.RetentionPolicy;
import id.warung.session.Rates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final Path DATA = Path.of("/srv/warung");

    private final Map<String, String> given = new HashMap<>();

    private Settings read() {
        return Settings.read(given::get, DATA, new HeapBudget(1L << 32, 0));
    }

    @Test
    void theLimitOfConnectionsOfAnAddressHasTwoNames() {
        given.put("warung.max-sockets-per-address", "7");
        assertThat(read().sessions().maxConnectionsPerAddress()).isEqualTo(7);
        given.put("warung.max-connections-per-address", "7");
        assertThat(read().sessions().maxConnectionsPerAddress()).isEqualTo(7);
        given.put("warung.max-connections-per-address", "1000");
        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warung.max-sockets-per-address is 7")
                .hasMessageContaining("warung.max-connections-per-address is 1000")
                .hasMessageContaining("only one of them must be set");
    }

    @Test
    void theBurstOfPostsGrowsWithTheirRate() {
        given.put("warung.max-posts-per-second", "100");
        assertThat(read().rates().postsBurst()).isEqualTo(400);
        given.put("warung.max-posts-per-second", "1");
        assertThat(read().rates().postsBurst()).isEqualTo(20);
        given.put("warung.max-posts-burst", "3");
        assertThat(read().rates().postsBurst()).isEqualTo(3);
    }

    @Test
    void withoutAnyEverythingHasItsDefault() {
        Settings settings = read();

        assertThat(settings.dataFolder()).isEqualTo(DATA);
        assertThat(settings.allowedOrigins()).isEmpty();
        assertThat(settings.sessions().heartbeatMs()).isEqualTo(25_000);
        assertThat(settings.sessions().pongTimeoutMs()).isEqualTo(10_000);
        assertThat(settings.sessions().helloTimeoutMs()).isEqualTo(10_000);
        assertThat(settings.sessions().sendTimeoutMs()).isEqualTo(10_000);
        assertThat(settings.sessions().maxFrameBytes()).isEqualTo(65_536);
        assertThat(settings.sessions().maxTextChars()).isEqualTo(4_000);
        assertThat(settings.sessions().maxRoomsPerSession()).isEqualTo(128);
        assertThat(settings.sessions().maxConnectionsPerAddress()).isEqualTo(1_000);
        assertThat(settings.rates()).isEqualTo(new Rates(5, 20, 50, 50, 20, 10, 2, 50, 0, 50, 10));
        assertThat(settings.maxWaitingBytes()).isEqualTo(32L * 1024 * 1024);
        assertThat(settings.sessions().maxWaitingBytes()).isEqualTo(256L * 1024);
        assertThat(settings.isEphemeral("lobby")).isFalse();
        assertThat(settings.retention("lobby")).isEqualTo(RetentionPolicy.EVERYTHING);
        assertThat(settings.hasRetention()).isFalse();
        assertThat(settings.trimIntervalMs()).isEqualTo(60_000);
        assertThat(settings.presenceGraceMs()).isEqualTo(5_000);
        assertThat(settings.rosterIntervalMs()).isEqualTo(1_000);
        assertThat(settings.typingMs()).isEqualTo(6_000);
    }

    @Test
    void retentionMayDifferFromRoomToRoom() {
        given.put("warung.retention-days", "365, game-*=1, legal=0");
        given.put("warung.retention-entries", " game-chess=0,game-*=500 ");
        Settings settings = read();

        assertThat(settings.retention("lobby")).isEqualTo(new RetentionPolicy(Duration.ofDays(365), 0));
        assertThat(settings.retention("legal")).isEqualTo(RetentionPolicy.EVERYTHING);
        assertThat(settings.retention("game-chess")).isEqualTo(new RetentionPolicy(Duration.ofDays(1), 0));
        assertThat(settings.retention("game-go")).isEqualTo(new RetentionPolicy(Duration.ofDays(1), 500));
        assertThat(settings.hasRetention()).isTrue();
    }

    @Test
    void oneNumberIsForAllRooms() {
        given.put("warung.retention-entries", "7");

        assertThat(read().retention("lobby")).isEqualTo(new RetentionPolicy(Duration.ZERO, 7));
        assertThat(read().hasRetention()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "x", "-1", "1,2", "a=", "a=x", "a=-1", "=1", "A=1", "a b=1", "a=1=2", "99999999999"})
    void retentionThatIsNoneIsRefusedInASentence(String value) {
        given.put("warung.retention-days", value);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warung.retention-days")
                .hasMessageEndingWith(".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Game-*", "a b", "game-?", "房间"})
    void aPatternThatNoRoomCanFitIsRefused(String pattern) {
        given.put("warung.ephemeral-rooms", "ok-*," + pattern);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warung.ephemeral-rooms")
                .hasMessageContaining("\"" + pattern + "\"");
    }

    @Test
    void eachIsReadByItsName() {
        given.put("warung.data", "/tmp/x/../y");
        given.put("warung.heartbeat-ms", "1000");
        given.put("warung.pong-timeout-ms", "200");
        given.put("warung.hello-timeout-ms", " 300 ");
        given.put("warung.send-timeout-ms", "400");
        given.put("warung.max-frame-bytes", "8192");
        given.put("warung.max-text-chars", "140");
        given.put("warung.max-rooms-per-session", "2");
        given.put("warung.max-connections-per-address", "0");
        given.put("warung.max-tail-bytes", "0");
        given.put("warung.presence-grace-ms", "0");
        given.put("warung.roster-interval-ms", "50");
        given.put("warung.typing-ms", "60");
        Settings settings = read();

        assertThat(settings.dataFolder()).isEqualTo(Path.of("/tmp/y"));
        assertThat(settings.sessions().heartbeatMs()).isEqualTo(1_000);
        assertThat(settings.sessions().pongTimeoutMs()).isEqualTo(200);
        assertThat(settings.sessions().helloTimeoutMs()).isEqualTo(300);
        assertThat(settings.sessions().sendTimeoutMs()).isEqualTo(400);
        assertThat(settings.sessions().maxFrameBytes()).isEqualTo(8_192);
        assertThat(settings.sessions().maxTextChars()).isEqualTo(140);
        assertThat(settings.sessions().maxRoomsPerSession()).isEqualTo(2);
        assertThat(settings.sessions().maxConnectionsPerAddress()).isZero();
        assertThat(settings.sessions().shortestMs()).isEqualTo(200);
        assertThat(settings.maxTailBytes()).isZero();
        assertThat(settings.presenceGraceMs()).isZero();
        assertThat(settings.rosterIntervalMs()).isEqualTo(50);
        assertThat(settings.typingMs()).isEqualTo(60);
    }

    @Test
    void originsAreAListWithCommas() {
        given.put("warung.allowed-origins", " https://a.example ,, http://b.example:81,");

        assertThat(read().allowedOrigins()).isEqualTo(Set.of("https://a.example", "http://b.example:81"));
    }

    private String clientBehind(String peer) {
        return read().trustedProxies().clientOf(peer, List.of("198.51.100.1")).text();
    }

    @Test
    void withoutASettingOnlyThisMachineMaySpeakForOthers() {
        assertThat(clientBehind("127.0.0.1")).isEqualTo("198.51.100.1");
        assertThat(clientBehind("::1")).isEqualTo("198.51.100.1");
        assertThat(clientBehind("10.0.0.1")).isEqualTo("10.0.0.1");
    }

    @Test
    void onlyTheNamedProxiesAreTrusted() {
        given.put("warung.trusted-proxies", "10.0.0.0/8, 192.0.2.1");
        assertThat(clientBehind("10.0.0.1")).isEqualTo("198.51.100.1");
        assertThat(clientBehind("192.0.2.1")).isEqualTo("198.51.100.1");
        assertThat(clientBehind("127.0.0.1")).isEqualTo("127.0.0.1");

        given.put("warung.trusted-proxies", "none");
        assertThat(clientBehind("127.0.0.1")).isEqualTo("127.0.0.1");
    }

    @Test
    void aProxyThatIsNoAddressIsRefusedInASentence() {
        given.put("warung.trusted-proxies", "127.0.0.1, proxy.example");

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warung.trusted-proxies")
                .hasMessageContaining("\"proxy.example\"");
    }

    /** The default does not count: any program on this machine could say anything. */
    @Test
    void whoBelievesAHeaderSaysWhoseHeader() {
        given.put("warung.auth", "guest,header");
        for (String proxies : new String[] {null, "none", " none "}) {
            given.put("warung.trusted-proxies", proxies);
            assertThatThrownBy(this::read).as(proxies).hasMessageContaining("warung.trusted-proxies must be set");
        }
        given.put("warung.trusted-proxies", "127.0.0.1");
        assertThat(read().signIn().header()).isEqualTo("X-Forwarded-User");
    }

    @Test
    void aPatternSaysWhichRoomsAreEphemeral() {
        given.put("warung.ephemeral-rooms", "game-*, tmp.*x, lounge");
        Settings settings = read();

        assertThat(settings.isEphemeral("game-")).isTrue();
        assertThat(settings.isEphemeral("game-42")).isTrue();
        assertThat(settings.isEphemeral("tmp.abcx")).isTrue();
        assertThat(settings.isEphemeral("lounge")).isTrue();
        assertThat(settings.isEphemeral("my-game-42")).isFalse();
        assertThat(settings.isEphemeral("tmpzabcx")).isFalse(); // a dot is a dot
        assertThat(settings.isEphemeral("lounge2")).isFalse();
    }

    /** Entries that a user missed while they were away, and direct conversations, are kept. */
    @Test
    void noPatternMakesAnInboxOrADirectConversationEphemeral() {
        for (String pattern : List.of("*", "i*", "d*", "inbox.*", "direct.u-1.u-2")) {
            given.put("warung.ephemeral-rooms", pattern);
            Settings settings = read();
            assertThat(settings.isEphemeral("inbox.u-1")).as(pattern).isFalse();
            assertThat(settings.isEphemeral("direct.u-1.u-2")).as(pattern).isFalse();
        }
        given.put("warung.ephemeral-rooms", "i*");
        assertThat(read().isEphemeral("inboxes")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "x", "-1", "0", "1.5", "1e3", "10 s", "0x10", "99999999999", "9999999999999999999999"})
    void aNumberThatIsNoneIsRefusedInASentence(String value) {
        given.put("warung.heartbeat-ms", value);

        assertThatThrownBy(this::read)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("warung.heartbeat-ms")
                .hasMessageContaining("\"" + value + "\"")
                .hasMessageEndingWith(".");
    }

    @Test
    void aNumberThatIsTooLargeIsToldHowLargeItMayBe() {
        given.put("warung.max-waiting-bytes", "3000000000");

        assertThatThrownBy(this::read).hasMessageContaining("2147483647");
    }

    /** A setting with which a server rejects every post for good makes no sense. */
    @ParameterizedTest
    @ValueSource(strings = {"1", "256", "4096"})
    void aWaitingLimitTooSmallForAPostIsRefused(String bytes) {
        given.put("warung.max-waiting-bytes", bytes);

        assertThatThrownBy(this::read).hasMessageContaining("warung.max-waiting-bytes");
    }

    @Test
    void theLeastThatMayWaitHoldsTheLongestMessageOfASession() {
        given.put("warung.max-waiting-bytes", "262144");

        assertThat(read().sessions().maxWaitingBytes()).isGreaterThan(2L * 2 * 4_000 + 256);
    }
}
