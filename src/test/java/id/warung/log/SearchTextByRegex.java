package id.warung.log;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The regular-expression version of {@link SearchText}, before it became a loop: both give the same words for ordinary texts. */
final class SearchTextByRegex {
    private static final int MAX_QUERY_CHARS = 200;
    private static final int MAX_WORDS = 16;
    private static final String SPACELESS =
            "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}\\p{IsBopomofo}ー々";
    private static final Pattern RUN =
            Pattern.compile("[" + SPACELESS + "]+|[\\p{L}\\p{N}\\p{M}&&[^" + SPACELESS + "]]+");
    private static final Pattern ACCENTS =
            Pattern.compile("(?<=[\\p{IsLatin}\\p{IsGreek}\\p{IsCyrillic}]\\p{M}{0,8})\\p{M}");
    private static final Pattern IS_SPACELESS = Pattern.compile("[" + SPACELESS + "]+");

    private SearchTextByRegex() {}

    /** The words to index, with spaces between them. */
    static String indexed(String text) {
        StringBuilder words = new StringBuilder(text.length() + 16);
        Matcher run = RUN.matcher(folded(text));
        while (run.find()) {
            appendIndexed(words, run.group());
        }
        return words.toString();
    }

    /** The last character of a run stands alone, so that each of its characters starts a word. */
    private static void appendIndexed(StringBuilder words, String run) {
        if (!isSpaceless(run)) {
            words.append(run).append(' ');
            return;
        }
        int[] characters = run.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            words.appendCodePoint(characters[i]);
            if (i + 1 < characters.length) {
                words.appendCodePoint(characters[i + 1]);
            }
            words.append(' ');
        }
    }

    /** The words to look for; the last one may be incomplete. Of a query that is much too long, only some. */
    static List<String> wordsOf(String query) {
        List<String> words = new ArrayList<>();
        int end = Math.min(query.length(), MAX_QUERY_CHARS);
        Matcher run = RUN.matcher(folded(query.substring(0, end)));
        while (run.find() && words.size() < MAX_WORDS) {
            words.addAll(isSpaceless(run.group()) ? pairs(run.group()) : List.of(run.group()));
        }
        return words.size() > MAX_WORDS ? words.subList(0, MAX_WORDS) : words;
    }

    /** A single character is the beginning of a pair. */
    private static List<String> pairs(String run) {
        int[] characters = run.codePoints().toArray();
        if (characters.length == 1) {
            return List.of(run);
        }
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i + 1 < characters.length; i++) {
            pairs.add(new String(characters, i, 2));
        }
        return pairs;
    }

    /** Whether a text contains all words of a query, as the index would find them. */
    static boolean hasAll(String text, List<String> words) {
        List<String> here = List.of(indexed(text).split(" "));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean prefix = isPrefix(words, i);
            if (here.stream().noneMatch(each -> prefix ? each.startsWith(word) : each.equals(word))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a word of a query may be incomplete: only the last one, which is still being typed; a single character is never a pair. */
    static boolean isPrefix(List<String> words, int index) {
        String word = words.get(index);
        return index == words.size() - 1 || (isSpaceless(word) && word.codePointCount(0, word.length()) == 1);
    }

    private static boolean isSpaceless(String run) {
        return IS_SPACELESS.matcher(run).matches();
    }

    private static String folded(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        String plain = ACCENTS.matcher(apart).replaceAll("");
        return Normalizer.normalize(plain, Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ');
    }
}
