package id.warung.log;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts as they are searched: in words, {@linkplain Folding folded}. Writing that puts no spaces between words (Chinese,
 * Japanese, Korean, Thai) is cut into pairs of characters that overlap, so that any two that follow each other are found. Static, stateless.
 */
public final class SearchText {
    /** Which words there are of a text: another version finds what this one has put into the index no more. */
    public static final int VERSION = 1;

    private static final int MAX_QUERY_CHARS = 200;
    private static final int MAX_WORD_CHARS = 200; // in UTF-16 units
    private static final int MAX_WORDS = 16;
    private static final int FIRST_SPACELESS = 0x0E00;
    private static final Set<UnicodeScript> SPACELESS = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.BOPOMOFO);

    /** What takes each run of characters that belong together, and may have had enough. */
    private interface Runs {
        boolean take(String run, boolean spaceless);
    }

    private SearchText() {}

    /** The words to index, each once. */
    public static List<String> indexed(String text) {
        Set<String> words = new LinkedHashSet<>();
        eachRun(Folding.of(text), (run, spaceless) -> {
            if (spaceless) {
                addPairs(words, run);
                words.add(lastOf(run)); // alone, so that each character of a run begins a word
            } else {
                words.add(cut(run));
            }
            return true;
        });
        return List.copyOf(words);
    }

    /** The words to look for; the last may be the beginning of one. Some of a query that is much too long. */
    public static List<String> wordsOf(String query) {
        List<String> words = new ArrayList<>();
        String part = query.substring(0, Math.min(query.length(), MAX_QUERY_CHARS));
        eachRun(Folding.of(part), (run, spaceless) -> {
            if (!spaceless) {
                words.add(cut(run));
            } else if (run.equals(lastOf(run))) {
                words.add(run); // one character alone is the beginning of a pair
            } else {
                addPairs(words, run);
            }
            return words.size() < MAX_WORDS;
        });
        return words.size() > MAX_WORDS ? words.subList(0, MAX_WORDS) : words;
    }

    private static void eachRun(String folded, Runs runs) {
        int length = folded.length();
        int begin = 0;
        boolean more = true;
        while (begin < length && more) {
            int first = folded.codePointAt(begin);
            int end = begin + Character.charCount(first);
            if (isOfWord(first)) {
                boolean spaceless = isSpaceless(first);
                while (end < length
                        && isOfWord(folded.codePointAt(end))
                        && isSpaceless(folded.codePointAt(end)) == spaceless) {
                    end += Character.charCount(folded.codePointAt(end));
                }
                more = runs.take(folded.substring(begin, end), spaceless);
            }
            begin = end;
        }
    }

    private static void addPairs(Collection<String> words, String run) {
        int begin = 0;
        int middle = run.offsetByCodePoints(0, 1);
        while (middle < run.length()) {
            int end = run.offsetByCodePoints(middle, 1);
            words.add(run.substring(begin, end));
            begin = middle;
            middle = end;
        }
    }

    private static String lastOf(String run) {
        return run.substring(run.offsetByCodePoints(run.length(), -1));
    }

    /** Of a word that is much too long its beginning, in the index as in the query. */
    private static String cut(String word) {
        if (word.length() <= MAX_WORD_CHARS) {
            return word;
        }
        int end = Character.isHighSurrogate(word.charAt(MAX_WORD_CHARS - 1)) ? MAX_WORD_CHARS - 1 : MAX_WORD_CHARS;
        return word.substring(0, end);
    }

    /** Whether a text has all the words of a query, each as the index would find it. */
    public static boolean hasAll(String text, List<String> words) {
        List<String> here = indexed(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            boolean prefix = isPrefix(words, i);
            if (here.stream().noneMatch(each -> prefix ? each.startsWith(word) : each.equals(word))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a word of a query may be the beginning of one: the last is still being typed; one character is never a pair. */
    public static boolean isPrefix(List<String> words, int index) {
        String word = words.get(index);
        return index == words.size() - 1
                || (word.codePointCount(0, word.length()) == 1 && isSpaceless(word.codePointAt(0)));
    }

    private static boolean isOfWord(int character) {
        return Character.isLetter(character)
                || Folding.isMark(character)
                || switch (Character.getType(character)) {
                    case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
                    default -> isSpaceless(character);
                };
    }

    private static boolean isSpaceless(int character) {
        return character >= FIRST_SPACELESS && (character == 'ー' || SPACELESS.contains(UnicodeScript.of(character)));
    }
}
