package id.warung.identity;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.User;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarungTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final User GUEST = new User("u-4f2k9q", "Ana Maria 2");
    private static final Identity ANA = Identity.ofGuest(GUEST, NOW);

    private final WarungTokens tokens = new WarungTokens(key(1), CLOCK);

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
        assertThat(tokens.verify(tokens.ofGuest(han, NOW))).contains(Identity.ofGuest(han, NOW));
    }

    @Test
    void aTokenOfSomebodyForWhomOthersVouchSaysHowLongAndInWhichRole() {
        Identity budi =
                tokens.signedIn(new User("s-2", "Budi  \u738B"), Set.of("moderator", "member"), Duration.ofHours(12));
        String token = tokens.issue(budi);

        assertThat(tokens.verify(token)).contains(budi);
        assertThat(budi.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
        Clock late = Clock.fixed(NOW.plus(Duration.ofHours(12)).plusSeconds(1), ZoneOffset.UTC);
        assertThat(new WarungTokens(key(1), late).verify(token)).isEmpty();
        assertThat(tokens.signedIn(budi.user(), Set.of(), Duration.ofHours(1)).signIn())
                .as("another sign-in")
                .isNotEqualTo(budi.signIn());
    }

    /** As in a directory whose groups are roles. */
    @Test
    void aRoleMayHaveAnyCharacters() {
        Set<String> roles = Set.of("Chat Moderators", "CN=chat,OU=groups", "管理员", "a+b%20c");
        Identity mo = tokens.signedIn(new User("s-2", "Mo Ray"), roles, Duration.ofHours(1));

        assertThat(tokens.verify(tokens.issue(mo))).contains(mo);
    }

    @Test
    void aTokenSaysWhenItEndsAsExactlyAsItsHolderIsTold() {
        WarungTokens between = new WarungTokens(key(1), Clock.fixed(NOW.plusNanos(123_456_789), ZoneOffset.UTC));
        Identity mo = between.signedIn(new User("s-2", "Mo"), Set.of("member"), Duration.ofHours(1));

        assertThat(between.verify(between.issue(mo))).contains(mo);
    }

    @Test
    void aTokenOfAnOlderVersionIsGoodAndSaysNothingOfItsAge() {
        String old = "w1.dS00ZjJrOXEgQW5hIE1hcmlhIDI.RUbyaZuub37PGqreimyS296Wa3JcFrbcUrTDtfRvzxw";
        assertThat(tokens.verify(old)).contains(Identity.ofGuest(GUEST, Instant.EPOCH));
    }

    @Test
    void aTokenIsGoodOnEveryNodeThatHasTheKey() {
        assertThat(new WarungTokens(key(1), CLOCK).verify(tokens.issue(ANA))).contains(ANA);
    }

    @Test
    void aTokenOfAnotherKeyIsNotOurs() {
        assertThat(new WarungTokens(key(2), CLOCK).verify(tokens.issue(ANA))).isEmpty();
    }

    @Test
    void aTokenFitsIntoTheFrameThatSaysHello() {
        assertThat(tokens.ofGuest(new User("u-123456789012", "\uD83C\uDF36".repeat(32) + " 1000"), NOW))
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
                "w3.dS0xIEFuYQ.AAAA",
                "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1LTEifQ.",
            })
    void malformedTokensAreInvalid(String token) {
        assertThat(tokens.verify(token)).isEmpty();
    }

    @Test
    void aTokenOfAnotherVersionIsNotOursThoughItIsSigned() {
        assertThat(tokens.verify(tokens.issue(ANA).replaceFirst("^w2", "w1"))).isEmpty();
        assertThat(tokens.verify(tokens.issue(ANA) + ".x")).isEmpty();
    }

    @Test
    void aHugeTokenIsRefusedWithoutBeingRead() {
        assertThat(tokens.verify("w1." + "A".repeat(10_000_000) + ".AAAA")).isEmpty();
        assertThat(tokens.verify(".".repeat(10_000_000))).isEmpty();
    }
}
