package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {
    @ParameterizedTest
    @CsvSource({
        "Café au lait, cafe au lait",
        "ＡＢＣ１２, abc12",
        "straße STRASSE, strasse strasse",
        "Ёлка, елка",
        "'it''s 50%, a_b-c', it s 50 a b c",
        "今天的, 今天 天的 的",
        "我爱Java吗, 我爱 爱 java 吗",
        "ガ, ガ",
        "한국어, 한국 국어 어",
        "हिन्दी, हिन्दी",
    })
    void aTextIsCutIntoWords(String text, String words) {
        assertThat(SearchText.indexed(text).strip()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "豆浆, 今天的豆浆特别香, true",
        "浆, 今天的豆浆特别香, true",
        "香, 今天的豆浆特别香, true",
        "豆香, 今天的豆浆特别香, false",
        "今天豆, 今天的豆浆特别香, false",
        "豆浆特, 今天的豆浆特别香, true",
        "cof, morning coffee, true",
        "cof morning, morning coffee, false",
        "CAFÉ, a cafe, true",
        "java 吗, 我爱Java吗, true",
        "🌶, hot 🌶, false",
    })
    void allWordsOfAQueryAreFoundTheLastFromItsBeginning(String query, String text, boolean found) {
        List<String> words = SearchText.wordsOf(query);

        assertThat(!words.isEmpty() && SearchText.hasAll(text, words)).isEqualTo(found);
    }

    @Test
    void aQueryThatIsMuchTooLongIsCut() {
        assertThat(SearchText.wordsOf("a b ".repeat(5_000))).hasSize(16);
        assertThat(SearchText.wordsOf("豆浆".repeat(5_000))).hasSize(16);
        assertThat(SearchText.wordsOf("x".repeat(10_000))).containsExactly("x".repeat(200));
    }

    /** Whatever stands in a text in one piece is found in it. */
    @Property(tries = 500)
    void eachTextIsFoundByAnyPieceOfItThatBeginsAWord(
            @ForAll String text, @ForAll @IntRange(max = 30) int word, @ForAll @IntRange(min = 1, max = 5) int words) {
        List<String> indexed = List.of(SearchText.indexed(text).split(" "));
        String query = String.join(
                " ", indexed.subList(Math.min(word, indexed.size()), Math.min(word + words, indexed.size())));
        List<String> wanted = SearchText.wordsOf(query);

        assertThat(SearchText.hasAll(text, wanted))
                .as("%s in %s", wanted, indexed)
                .isTrue();
    }
}
