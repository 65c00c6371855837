package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private final OriginPolicy policy = new OriginPolicy(Set.of("https://friend.example", "http://dev.example:3000"));

    @Test
    void who_is_no_web_page_may_connect() {
        assertThat(policy.allows(null, "chat.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://chat.example, chat.example",
        "https://chat.example, chat.example",
        "https://chat.example, chat.example:443",
        "http://chat.example:80, chat.example",
        "http://chat.example:8080, chat.example:8080",
        "http://CHAT.example, chat.EXAMPLE",
        "http://[::1]:8080, [::1]:8080",
        "https://friend.example, chat.example",
        "https://FRIEND.example, chat.example",
        "http://dev.example:3000, chat.example"
    })
    void our_own_page_and_listed_ones_may_connect(String origin, String host) {
        assertThat(policy.allows(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "null, chat.example",
        "https://evil.example, chat.example",
        "https://chat.example.evil.example, chat.example",
        "https://evilchat.example, chat.example",
        "https://chat.example@evil.example, chat.example",
        "https://chat.example:8443, chat.example",
        "https://chat.example/path, chat.example",
        "http://friend.example, chat.example",
        "https://friend.example:444, chat.example",
        "http://dev.example, chat.example",
        "file://chat.example, chat.example",
        "chat.example, chat.example",
        "'', chat.example",
        "https://, chat.example",
        "https://a b, chat.example"
    })
    void everybody_else_may_not(String origin, String host) {
        assertThat(policy.allows(origin, host)).isFalse();
    }
}
