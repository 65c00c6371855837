package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoomPatternTest {
    @Test
    void aPatternMatchesWhatTheSameRegularExpressionMatches() {
        Random random = new Random(17);
        int matches = 0;
        for (int i = 0; i < 20_000; i++) {
            String pattern = "a" + any(random, "ab*.", 6);
            String room = "a" + any(random, "ab.", 9);
            boolean expected = Pattern.matches(pattern.replace(".", "\\.").replace("*", ".*"), room);
            assertThat(RoomPattern.of(pattern).matches(room))
                    .as("%s on %s", pattern, room)
                    .isEqualTo(expected);
            matches += expected ? 1 : 0;
        }
        assertThat(matches).isBetween(1_000, 19_000);
    }

    private static String any(Random random, String letters, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }

    /** A regular expression of this form takes years. */
    @Test
    void noPatternTakesLong() {
        RoomPattern pattern = RoomPattern.of("a*".repeat(60) + "b");
        assertThat(pattern.matches("a".repeat(64))).isFalse();
        assertThat(pattern.matches("a".repeat(63) + "b")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "Team-*", "-a", "a/b", "a b", "ümlaut", "a\n"})
    void aPatternThatMatchesNoRoomIsRefused(String pattern) {
        assertThatThrownBy(() -> RoomPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + pattern + "\" matches no room name");
    }
}
