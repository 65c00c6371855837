package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.User;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuestTokensTest {
    private static final User ANA = new User("u-4f2k9q", "Ana Maria 2");

    private final GuestTokens tokens = new GuestTokens(key(1));

    private static byte[] key(int first) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) first);
        return key;
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenBringsBackWhoItWasIssuedFor() {
        assertThat(tokens.verify(tokens.issue(ANA))).contains(ANA);
        User han = new User("u-2", "\u738B\u5C0F\u660E \uD83C\uDF36");
        assertThat(tokens.verify(tokens.issue(han))).contains(han);
    }

    @Test
    void aTokenIsGoodOnEveryNodeThatHasTheKey() {
        assertThat(new GuestTokens(key(1)).verify(tokens.issue(ANA))).contains(ANA);
    }

    @Test
    void aTokenOfAnotherKeyIsNotOurs() {
        assertThat(new GuestTokens(key(2)).verify(tokens.issue(ANA))).isEmpty();
    }

    @Test
    void aTokenFitsIntoTheFrameThatSaysHello() {
        assertThat(tokens.issue(new User("u-123456789012", "\uD83C\uDF36".repeat(32) + " 1000")))
                .hasSizeLessThan(1_024);
    }

    @Test
    void aTokenWithAnotherUserIsInvalid() {
        String[] parts = tokens.issue(ANA).split("\\.", -1);
        String forged = parts[0] + "." + base64("u-1 Root") + "." + parts[2];

        assertThat(tokens.verify(forged)).isEmpty();
    }

    @Test
    void noCharacterOfATokenCanBeChangedToBeSomebodyElse() {
        String token = tokens.issue(ANA);
        Random random = new Random(7);
        for (int i = 0; i < token.length(); i++) {
            StringBuilder changed = new StringBuilder(token);
            char other = "ABCDwxyz019-_.".charAt(random.nextInt(14));
            changed.setCharAt(i, other);
            if (i == token.length() - 1 || other == token.charAt(i)) {
                continue; // the last character has unused bits
            }
            assertThat(tokens.verify(changed.toString())).as("at " + i).isEmpty();
        }
    }

    @Test
    void noPartOfATokenIsAToken() {
        String token = tokens.issue(ANA);
        for (int length = 0; length < token.length(); length++) {
            assertThat(tokens.verify(token.substring(0, length))).isEmpty();
            assertThat(tokens.verify(token.substring(token.length() - length))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "w1..",
                "w1.eyJ.sig",
                "w1.!!!.???",
                "w1.\uD83D.\u0000",
                "w2.dS0xIEFuYQ.AAAA",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1LTEifQ.",
            })
    void malformedTokensAreInvalid(String token) {
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void aTokenOfAnotherVersionIsNotOursThoughItIsSigned() {
        assertThat(tokens.verify(tokens.issue(ANA).replaceFirst("^w1", "w2"))).isEmpty();
        assertThat(tokens.verify(tokens.issue(ANA) + ".x")).isEmpty();
    }

    @Test
    void aHugeTokenIsRefusedWithoutBeingRead() {
        assertThat(tokens.verify("w1." + "A".repeat(10_000_000) + ".AAAA")).isEmpty();
        assertThat(tokens.verify(".".repeat(10_000_000))).isEmpty();
    }
}
