package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.User;
import org.junit.jupiter.api.Test;

class GuestTokensTest {
    private static final User ANA = new User("u-1", "Ana 你好 Maria");
    private final GuestTokens tokens = new GuestTokens(new byte[32]);

    @Test
    void a_token_brings_its_user_back() {
        assertThat(tokens.verify(tokens.issue(ANA))).contains(ANA);
    }

    @Test
    void no_character_of_a_token_can_be_changed_or_left_out() {
        String token = tokens.issue(ANA);
        for (int i = 0; i < token.length(); i++) {
            char other = token.charAt(i) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, i) + other + token.substring(i + 1);
            boolean onlyPadding = i == token.length() - 1; // the last character has bits that stand for nothing
            if (!onlyPadding) {
                assertThat(tokens.verify(changed)).as(changed).isEmpty();
            }
            assertThat(tokens.verify(token.substring(0, i))).as("cut at %d", i).isEmpty();
        }
    }

    @Test
    void a_token_of_another_key_is_none() {
        byte[] other = new byte[32];
        other[31] = 1;

        assertThat(new GuestTokens(other).verify(tokens.issue(ANA))).isEmpty();
    }

    @Test
    void nonsense_is_no_token() {
        for (String nonsense : new String[] {"", ".", "..", "w1..", "w1.%%%.%%%", "w2.a.b", "x".repeat(1_000_000)}) {
            assertThat(tokens.verify(nonsense)).isEmpty();
        }
    }
}
