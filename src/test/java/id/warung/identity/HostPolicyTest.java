package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPolicyTest {
    private final HostPolicy policy =
            new HostPolicy(Set.of("Chat.example.org", "my_host", "192.0.2.1", "[2001:DB8:0::1]", "dotted.example."));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat.example.org",
                "CHAT.example.ORG:8443",
                "chat.example.org.",
                "chat.example.org.:8080",
                "chat.example.org:",
                "my_host:8080",
                "192.0.2.1",
                "192.0.2.1:80",
                "[2001:db8::1]",
                "[2001:db8:0:0::1]:8080",
                "dotted.example",
            })
    void aListedHostIsAllowedAtAnyPort(String host) {
        assertThat(policy.allows(host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "evil.example",
                "evil.example:8080",
                "chat.example.org.evil.example",
                "evil-chat.example.org",
                "x.chat.example.org",
                "example.org",
                "chat.example.org@evil.example",
                "chat.example.org/",
                "192.0.2.10",
                "[2001:db8::2]",
                "2001:db8::1",
                "[::ffff:192.0.2.1]x",
                "''",
                ":8080",
                "NONE",
            },
            nullValues = "NONE")
    void anyOtherIsNot(String host) {
        assertThat(policy.allows(host)).isFalse();
    }

    @Test
    void withoutAListEveryHostIsAllowed() {
        for (String host : new String[] {"evil.example", "", null, "\u0000"}) {
            assertThat(new HostPolicy(Set.of()).allows(host)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://chat.example.org, scheme",
        "chat.example.org/, path",
        "chat.example.org:8080, port",
        "[::1]:8080, port",
        "::1, brackets",
        "*.example.org, wildcards",
        "bücher.example, characters",
        "a b, characters",
    })
    void aHostThatIsNoneIsExplained(String host, String problem) {
        assertThatThrownBy(() -> HostPolicy.host(host))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + host + "\"")
                .hasMessageContaining(problem)
                .hasMessageEndingWith(".");
    }
}
