package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoomSearchTest {
    private static final List<String> MANY =
            IntStream.range(0, 40).mapToObj(n -> "w" + n).toList();

    /** Each word is looked for in thousands of rooms. */
    @Test
    void onlyTheFirstTenDifferentWordsCount() {
        assertThat(RoomSearch.of(String.join(" ", MANY), false).words()).isEqualTo(MANY.subList(0, 10));
        assertThat(RoomSearch.of(String.join(" ", Collections.nCopies(40, "soto")), false)
                        .words())
                .containsExactly("soto");
        String twice = MANY.stream()
                .map(word -> word + " " + word.toUpperCase(Locale.ROOT))
                .collect(Collectors.joining("  "));
        assertThat(RoomSearch.of(" " + twice, true).words()).isEqualTo(MANY.subList(0, 10));
        assertThat(RoomSearch.of(" ", true).words()).isEmpty();
    }
}
