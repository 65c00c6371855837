package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {
    private final OriginPolicy policy =
            new OriginPolicy(Set.of("https://www.example.org", "http://localhost:5173", "HTTPS://Upper.example"));

    @ParameterizedTest
    @CsvSource({
        ",                              chat.example:8080", // not a browser
        ",", // … and no host either
        "http://chat.example:8080,      chat.example:8080",
        "http://chat.example,           chat.example",
        "http://chat.example,           chat.example:80",
        "http://chat.example:80,        chat.example",
        "https://chat.example,          chat.example", // behind a proxy that ends TLS
        "https://chat.example,          chat.example:443",
        "https://chat.example:443,      chat.example",
        "HTTP://Chat.Example:8080,      cHAT.eXAMPLE:8080",
        "http://127.0.0.1:8080,         127.0.0.1:8080",
        "http://[::1]:8080,             [::1]:8080",
        "http://[::1],                  [::1]",
        "https://www.example.org,       chat.example", // listed
        "https://WWW.example.ORG,       chat.example",
        "https://upper.example,         chat.example",
        "http://localhost:5173,         localhost:8080",
    })
    void mayConnect(String origin, String host) {
        assertThat(policy.allows(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "null,                               chat.example",
        "'',                                 chat.example",
        "http://evil.example,                chat.example",
        "http://chat.example:8081,           chat.example:8080", // another port
        "http://chat.example:8080,           chat.example",
        "http://chat.example,                chat.example:8080",
        "https://chat.example:80,            chat.example",
        "http://chat.example,                chat.example:443",
        "http://chat.example.evil.example,   chat.example", // suffixes and prefixes
        "http://evilchat.example,            chat.example",
        "http://chat.example@evil.example,   chat.example",
        "http://chat.example:80@evil.example,chat.example",
        "http://evil.example/chat.example,   chat.example",
        "http://chat.example/,               chat.example", // not as a browser writes it
        "http://chat.example?x,              chat.example",
        "http://chat.example#x,              chat.example",
        "ftp://chat.example,                 chat.example",
        "file://,                            chat.example",
        "chrome-extension://chat.example,    chat.example",
        "chat.example,                       chat.example",
        "//chat.example,                     chat.example",
        "http://chat.example http://evil.x,  chat.example",
        "http://chat.example,",
        "http://[::1]:8081,                  [::1]:8080",
        "http://www.example.org,             chat.example", // listed with another scheme
        "https://www.example.org:8443,       chat.example",
        "https://www.example.org.evil.x,     chat.example",
        "https://example.org,                chat.example",
    })
    void mayNotConnect(String origin, String host) {
        assertThat(policy.allows(origin, host)).isFalse();
    }
}
