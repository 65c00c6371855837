package id.warung.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTextTest {
    @ParameterizedTest
    @CsvSource({
        "Café au lait, cafe au lait",
        "ＡＢＣ１２, abc12",
        "straße STRASSE, strasse",
        "Ёлка, елка",
        "'it''s 50%, a_b-c', it ＇ s 50 ％ 50％ ， ％， a ＿ b － c",
        "C++ (.NET), c ＋ c＋ ＋＋ （ ． （． net ．net ）",
        "今天的, 今天 天的 的",
        "我爱Java吗, 我爱 爱 java 吗",
        "ガ, ガ",
        "한국어, 한국 국어 어",
        "हिन्दी, हिन्दी",
    })
    void aTextIsCutIntoWords(String text, String words) {
        assertThat(String.join(" ", SearchText.indexed(text))).isEqualTo(words);
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
        "🌶, hot 🌶, true",
    })
    void allWordsOfAQueryAreFoundTheLastFromItsBeginning(String query, String text, boolean found) {
        List<String> words = SearchText.wordsOf(query);

        assertThat(!words.isEmpty() && SearchText.hasAll(text, words)).isEqualTo(found);
    }

    /** The page's highlighting is tested with the same table: brackets stand around matches, and "-" means that nothing is found. */
    @ParameterizedTest
    @CsvFileSource(resources = "/search.tsv", delimiter = '\t', quoteCharacter = '\0')
    void signsAreFound(String text, String query, String marked) {
        assertThat(SearchText.hasAll(text, SearchText.wordsOf(query))).isEqualTo(!marked.equals("-"));
    }

    @Test
    void aQueryThatIsMuchTooLongIsCut() {
        assertThat(SearchText.wordsOf("a b ".repeat(5_000))).hasSize(16);
        assertThat(SearchText.wordsOf("豆浆".repeat(5_000))).hasSize(16);
        assertThat(SearchText.wordsOf("x".repeat(10_000))).containsExactly("x".repeat(200));
    }

    /** Every contiguous part of a text is found in it. */
    @Property(tries = 500)
    void eachTextIsFoundByAnyPieceOfItThatBeginsAWord(
            @ForAll String text, @ForAll @IntRange(max = 30) int word, @ForAll @IntRange(min = 1, max = 5) int words) {
        List<String> indexed = SearchText.indexed(text);
        String query = String.join(
                " ", indexed.subList(Math.min(word, indexed.size()), Math.min(word + words, indexed.size())));
        List<String> wanted = SearchText.wordsOf(query);

        assertThat(SearchText.hasAll(text, wanted))
                .as("%s in %s", wanted, indexed)
                .isTrue();
    }

    /** Letters of many kinds with a few marks on some, in various forms. */
    @Provide
    Arbitrary<String> ordinary() {
        Arbitrary<String> letters = Arbitraries.of(
                "a", "Z", "é", "ß", "ŉ", "İ", "ﬃ", "Σ", "ς", "ё", "Ж", "ａ", "１", "½", "²", "Ⅷ", "㎏", "中", "文", "々", "ー",
                "か", "ガ", "ｶ", "ﾞ", "한", "ㅎ", "ㅏ", "\u1112", "\u1161", "\u11AB", "ไ", "ท", "ល", "မ", "ㄅ", "ह", "ন",
                "নি", "নো", "ﷺ", "ש", "𝒳", "𠀀", "🌶", "👍🏽", " ", "-", "'", "\n", "٣", "⁉", "℃", "ﬁ", "Å");
        Arbitrary<String> marks = Arbitraries.of(
                        "\u0301", "\u0323", "\u0308", "\u05B4", "\u3099", "\u093F", "\u0345", "\u20DD")
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list));
        Arbitrary<String> marked = Combinators.combine(letters, marks).as(String::concat);
        return Arbitraries.frequencyOf(Tuple.of(4, letters), Tuple.of(1, marked))
                .list()
                .ofMaxSize(40)
                .map(list -> String.join("", list))
                .filter(text -> !MANY_MARKS
                        .matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
                        .find());
    }

    /** The regular expression looked no further back; the loop does. */
    private static final Pattern MANY_MARKS = Pattern.compile("\\p{M}{9}");

    @Test
    void aCapitalSharpSIsFoundByASmallOne() {
        assertThat(SearchText.hasAll("GRO\u1E9EE", SearchText.wordsOf("große"))).isTrue();
        assertThat(SearchText.wordsOf("\u1E9E")).isEqualTo(SearchText.wordsOf("ss"));
    }

    @Property(tries = 2_000)
    void ofAnOrdinaryTextTheWordsWithoutSignsAreThoseOfTheRegularExpression(@ForAll("ordinary") String text) {
        assertThat(withoutSigns(SearchText.indexed(text)))
                .isEqualTo(Stream.of(SearchTextByRegex.indexed(text).split(" "))
                        .filter(word -> !word.isEmpty())
                        .distinct()
                        .toList());
        String plain = text.replaceAll("[½℃🌶👍🏽⁉]", " ");
        assertThat(withoutSigns(SearchText.wordsOf(plain))).isEqualTo(SearchTextByRegex.wordsOf(plain));
    }

    private static List<String> withoutSigns(List<String> words) {
        return words.stream().filter(word -> !SIGNS.matcher(word).find()).toList();
    }

    private static final Pattern SIGNS = Pattern.compile("[\\p{S}\\p{P}]");

    /** Texts that took seconds, each of the largest size that a frame allows: all together in less time than one of them took. */
    @Test
    void noTextTakesLongToFold() {
        List<String> texts = List.of(
                "\uFDFA".repeat(16_000),
                "a" + "\u0301".repeat(32_000),
                "a" + "\u0301\u0323\u0308\u0345".repeat(8_000),
                "中" + "\u3099".repeat(20_000),
                "\u1112" + "\u1161".repeat(20_000),
                "x".repeat(64_000),
                "\uFB03".repeat(20_000),
                "A\u030A\u0301 ".repeat(10_000),
                "\uD83D\uDC69\u200D".repeat(20_000),
                "\uD83C\uDDEE".repeat(30_000),
                "a+-.#b".repeat(10_000));
        texts.forEach(SearchText::indexed); // compiles the code in advance
        long begin = System.nanoTime();
        texts.forEach(text -> {
            List<String> words = SearchText.indexed(text);
            assertThat(words.stream().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(200);
            assertThat(SearchText.hasAll(text, SearchText.wordsOf(text))).isTrue();
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void ofAVeryLongTextTheBeginningIsSearched() {
        String text = "soto " + "nasi ".repeat(10_000) + "rawon";

        assertThat(SearchText.indexed(text)).containsExactly("soto", "nasi");
    }
}
