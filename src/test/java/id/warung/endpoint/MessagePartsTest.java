package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.endpoint.MessageParts.Result;
import id.warung.session.InputBudget;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagePartsTest {
    private static final String CHILI = "\uD83C\uDF36";

    private static final String ADDRESS = "192.0.2.7";

    private final InputBudget budget = new InputBudget(80_000, 0);
    private final MessageParts parts = new MessageParts(new InputBudget(1 << 30, 0).of(ADDRESS));

    @Test
    void aMessageThatComesWholeIsHandedOnAsItIs() {
        String message = "hello";

        assertThat(parts.add(message, true, 5)).isEqualTo(Result.COMPLETE);
        assertThat(parts.take()).isSameAs(message);
    }

    @Test
    void partsArePutTogether() {
        assertThat(parts.add("he", false, 5)).isEqualTo(Result.PARTIAL);
        assertThat(parts.add("", false, 5)).isEqualTo(Result.PARTIAL);
        assertThat(parts.add("llo", true, 5)).isEqualTo(Result.COMPLETE);
        assertThat(parts.take()).isEqualTo("hello");
    }

    @Test
    void anEmptyLastPartEndsAMessage() {
        parts.add("hello", false, 5);

        assertThat(parts.add("", true, 5)).isEqualTo(Result.COMPLETE);
        assertThat(parts.take()).isEqualTo("hello");
    }

    @Test
    void anEmptyMessageIsAMessage() {
        assertThat(parts.add("", true, 0)).isEqualTo(Result.COMPLETE);
        assertThat(parts.take()).isEmpty();
    }

    @Test
    void eachMessageIsCountedForItself() {
        for (int i = 0; i < 100; i++) {
            parts.add("he", false, 5);
            assertThat(parts.add("llo", true, 5)).isEqualTo(Result.COMPLETE);
            assertThat(parts.take()).isEqualTo("hello");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "h\u00E9llo",
                "\u738B\u5C0F\u660E",
                CHILI + CHILI,
                "a\u0000\u007F\u0080\u07FF\u0800\uFFFF"
            })
    void theLimitIsInBytesOfUtf8(String message) {
        int bytes = message.getBytes(StandardCharsets.UTF_8).length;

        assertThat(new MessageParts(budget.of(null)).add(message, true, bytes)).isEqualTo(Result.COMPLETE);
        assertThat(new MessageParts(budget.of(null)).add(message, true, bytes + 1))
                .isEqualTo(Result.COMPLETE);
        assertThat(new MessageParts(budget.of(null)).add(message, true, bytes - 1))
                .isEqualTo(Result.TOO_BIG);
    }

    @Test
    void aPairThatIsCutInHalfIsCountedRightAndPutTogether() {
        assertThat(parts.add(CHILI.substring(0, 1), false, 4)).isEqualTo(Result.PARTIAL);
        assertThat(parts.add(CHILI.substring(1), true, 4)).isEqualTo(Result.COMPLETE);
        assertThat(parts.take()).isEqualTo(CHILI);

        parts.add(CHILI.substring(0, 1), false, 3);
        assertThat(parts.add(CHILI.substring(1), true, 3)).isEqualTo(Result.TOO_BIG);
    }

    @Test
    void whereverAMessageIsCutItIsTheSame() {
        String message = "a\u00E9\u738B" + CHILI + "b" + CHILI + CHILI + "\u00E9\u738Bz";
        int bytes = message.getBytes(StandardCharsets.UTF_8).length;
        Random random = new Random(7);
        for (int times = 0; times < 1_000; times++) {
            assertThat(cut(message, bytes, random)).isEqualTo(Result.COMPLETE);
            assertThat(parts.take()).isEqualTo(message);
        }
        assertThat(cut(message, bytes - 1, random)).isEqualTo(Result.TOO_BIG);
    }

    private Result cut(String message, int maxBytes, Random random) {
        int from = 0;
        while (random.nextInt(4) > 0) {
            int to = from + random.nextInt(message.length() - from + 1);
            if (parts.add(message.substring(from, to), false, maxBytes) != Result.PARTIAL) {
                return Result.TOO_BIG;
            }
            from = to;
        }
        return parts.add(message.substring(from), true, maxBytes);
    }

    @Test
    void aThousandSmallPartsAreNotMoreThanOneLargeOne() {
        for (int i = 0; i < 64; i++) {
            assertThat(parts.add("x".repeat(1_024), false, 65_536)).isEqualTo(Result.PARTIAL);
        }
        assertThat(parts.add("x", false, 65_536)).isEqualTo(Result.TOO_BIG);
    }

    @Test
    void nothingIsTakenInAfterAMessageThatWasTooBig() {
        parts.add("hello", true, 4);

        assertThat(parts.add("a", true, 4)).isEqualTo(Result.CLOSED);
        assertThat(parts.add("", false, 4)).isEqualTo(Result.CLOSED);
    }

    @Test
    void nothingIsTakenInAfterTheEnd() {
        parts.add("he", false, 5);
        parts.close();

        assertThat(parts.add("llo", true, 5)).isEqualTo(Result.CLOSED);
    }

    @Test
    void theLimitMayGrowFromOneMessageToTheNext() {
        parts.add("hello", true, 5);
        parts.take();

        assertThat(parts.add("hello world", true, 11)).isEqualTo(Result.COMPLETE);
    }

    @Test
    void aLongUnfinishedMessageUsesTheBudgetUntilItEnds() {
        String piece = "x".repeat(1_000);
        for (int ending = 0; ending < 3; ending++) {
            MessageParts some = new MessageParts(budget.of(ADDRESS));
            for (int n = 0; n < 4; n++) {
                assertThat(some.add(piece, false, 5_000)).isEqualTo(Result.PARTIAL);
                assertThat(budget.usedBytes()).isEqualTo(n < 2 ? 0 : (n + 1) * 2_000L);
            }
            switch (ending) {
                case 0 -> {
                    assertThat(some.add("", true, 5_000)).isEqualTo(Result.COMPLETE);
                    assertThat(some.take()).hasSize(4_000);
                    assertThat(some.add(piece, false, 5_000))
                            .as("the next begins anew")
                            .isEqualTo(Result.PARTIAL);
                }
                case 1 -> some.close();
                default -> assertThat(some.add(piece + piece, false, 5_000)).isEqualTo(Result.TOO_BIG);
            }
            assertThat(budget.usedBytes()).isZero();
            some.close();
        }
    }

    @Test
    void thousandsWhoNeverFinishTakeNoMoreThanTheBudgetAndTheOthersAreHeard() {
        int closed = 0;
        for (int session = 0; session < 1_000; session++) {
            MessageParts never = new MessageParts(budget.of(ADDRESS));
            for (int n = 0; n < 5; n++) {
                closed += never.add("x".repeat(1_000), false, 64_000) == Result.TOO_MUCH ? 1 : 0;
            }
        }
        assertThat(closed).isEqualTo(999); // one address may use an eighth of the budget
        assertThat(budget.usedBytes()).isEqualTo(10_000);

        MessageParts other = new MessageParts(budget.of("198.51.100.1"));
        assertThat(other.add("x".repeat(4_000), false, 64_000)).isEqualTo(Result.PARTIAL);
        MessageParts neighbour = new MessageParts(budget.of(ADDRESS));
        assertThat(neighbour.add("short", false, 64_000)).isEqualTo(Result.PARTIAL);
        assertThat(neighbour.add(" and well", true, 64_000)).isEqualTo(Result.COMPLETE);
    }
}
