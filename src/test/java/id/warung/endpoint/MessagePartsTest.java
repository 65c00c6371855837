package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.endpoint.MessageParts.Result;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessagePartsTest {
    private final MessageParts parts = new MessageParts();

    @Test
    void parts_become_one_message_and_the_next_begins_anew() {
        assertThat(parts.add("Hel", false, 100)).isEqualTo(Result.PARTIAL);
        assertThat(parts.add("", false, 100)).isEqualTo(Result.PARTIAL);
        assertThat(parts.add("lo", true, 100)).isEqualTo(Result.COMPLETE);
        assertThat(parts.take()).isEqualTo("Hello");

        assertThat(parts.add("again", true, 100)).isEqualTo(Result.COMPLETE);
        assertThat(parts.take()).isEqualTo("again");
    }

    @Test
    void the_limit_counts_utf_8_bytes_wherever_the_message_is_cut() {
        String text = "aé你😀";
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        for (int cut = 0; cut <= text.length(); cut++) {
            MessageParts fits = new MessageParts();
            fits.add(text.substring(0, cut), false, bytes);
            assertThat(fits.add(text.substring(cut), true, bytes)).isEqualTo(Result.COMPLETE);
            assertThat(fits.take()).isEqualTo(text);

            MessageParts tooBig = new MessageParts();
            Result first = tooBig.add(text.substring(0, cut), false, bytes - 1);
            Result second = tooBig.add(text.substring(cut), true, bytes - 1);
            assertThat(first == Result.TOO_BIG ? first : second).isEqualTo(Result.TOO_BIG);
        }
    }

    @Test
    void a_thousand_fragments_do_not_get_around_the_limit() {
        Result result = Result.PARTIAL;
        int taken = 0;
        for (int i = 0; i < 1000 && result == Result.PARTIAL; i++) {
            result = parts.add("x".repeat(1024), false, 64 * 1024);
            taken++;
        }

        assertThat(result).isEqualTo(Result.TOO_BIG);
        assertThat(taken).isEqualTo(65);
    }

    @Test
    void what_comes_after_the_end_is_ignored() {
        parts.add("x".repeat(200), false, 100);

        assertThat(parts.add("rest", true, 100)).isEqualTo(Result.CLOSED);
        assertThat(parts.add("next", true, 100)).isEqualTo(Result.CLOSED);
    }
}
