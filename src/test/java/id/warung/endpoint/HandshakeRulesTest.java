package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.HostPolicy;
import id.warung.identity.OriginPolicy;
import id.warung.kit.Logged;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the administrator reads about refused handshakes and hosts. */
class HandshakeRulesTest {
    private final HandshakeRules rules =
            new HandshakeRules(new OriginPolicy(Set.of()), new HostPolicy(Set.of("chat.example.org")));

    @Test
    void aRefusedOriginIsLoggedOnceWithBothValuesAndWhatToSet() {
        try (Logged log = Logged.by(RefusalLog.class)) {
            for (int i = 0; i < 3; i++) {
                assertThat(rules.allowsOrigin(List.of("https://chat.example.org:8443"), List.of("chat.example.org")))
                        .isFalse();
            }
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().get(0))
                    .contains(
                            "Origin is \"https://chat.example.org:8443\"",
                            "Host is \"chat.example.org\"",
                            "WARUNG_ALLOWED_ORIGINS",
                            "proxy");
            assertThat(rules.allowsOrigin(List.of("http://other.example"), List.of()))
                    .isFalse();
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(1)).contains("http://other.example", "Host is missing");
        }
    }

    @Test
    void whatIsAllowedIsNotLogged() {
        try (Logged log = Logged.by(RefusalLog.class)) {
            assertThat(rules.allowsOrigin(List.of(), List.of())).isTrue();
            assertThat(rules.allowsOrigin(List.of("https://a.example"), List.of("a.example")))
                    .isTrue();
            assertThat(rules.allowsHost(List.of("chat.example.org:80"))).isTrue();
            assertThat(rules.allowsOrigin("https://b.example", List.of("a.example")))
                    .isFalse();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aRefusedHostIsLoggedOnceWithWhatToSet() {
        try (Logged log = Logged.by(RefusalLog.class)) {
            for (int i = 0; i < 2; i++) {
                assertThat(rules.allowsHost(List.of("evil.example"))).isFalse();
            }
            assertThat(rules.allowsHost(List.of("chat.example.org", "chat.example.org")))
                    .isFalse();
            assertThat(log.lines()).hasSize(2);
            assertThat(log.lines().get(0)).contains("\"evil.example\"", "WARUNG_ALLOWED_HOSTS");
        }
    }

    /** Whatever strangers send: no lines without end, no long ones, nothing that a terminal obeys. */
    @Test
    void strangersCannotFloodTheLogOrForgeLines() {
        try (Logged log = Logged.by(RefusalLog.class)) {
            String evil = "http://\u001b[2J\r\nINFO all is well \u202e" + "x".repeat(5_000);
            for (int i = 0; i < 1_000; i++) {
                assertThat(rules.allowsOrigin(List.of(i + evil), List.of("h"))).isFalse();
            }
            assertThat(log.lines()).hasSizeBetween(1, 100).allSatisfy(line -> assertThat(line)
                    .hasSizeLessThan(1_000)
                    .doesNotContain("\r", "\n", "\u001b", "\u202e"));
        }
    }
}
