package id.warung.log;

import id.warung.protocol.Folding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Splits texts into the words by which they are searched, {@linkplain Folding folded}. Scripts without spaces between words (Chinese,
 * Japanese, Korean, Thai) are cut into overlapping pairs of characters, so that any two adjacent characters are found. Each sign is a
 * word, and signs form one more word with what they touch: {@code C++} gives {@code c}, {@code +}, {@code c+} and {@code ++}. In a word
 * an ASCII sign has its wide form, so that all ASCII characters in words are letters and digits. Static, stateless.
 */
public final class SearchText {
    /** The version of the words that a text has: words indexed by another version would not be found. */
    public static final int VERSION = Folding.VERSION;

    private static final int MAX_QUERY_CHARS = 200;
    private static final int MAX_WORDS = 16;

    private SearchText() {}

    /** The words to index, each once. */
    public static List<String> indexed(String text) {
        Set<String> words = new LinkedHashSet<>();
        List<SearchToken> tokens = SearchToken.allOf(Folding.of(text));
        for (int i = 0; i < tokens.size(); i++) {
            SearchToken token = tokens.get(i);
            if (token.isSpaceless()) {
                addPairs(words, token.text());
                words.add(lastOf(token.text())); // alone, so that each character of a run starts a word
            } else {
                words.add(token.text());
            }
            if (i > 0 && token.joins(tokens.get(i - 1))) {
                words.add(tokens.get(i - 1).text() + token.text());
            }
        }
        return List.copyOf(words);
    }

    /**
     * The words to look for; the last one may be incomplete. Of a query that is much too long, only some. Punctuation
     * counts only in queries without other characters.
     */
    public static List<String> wordsOf(String query) {
        List<SearchToken> tokens =
                SearchToken.allOf(Folding.of(query.substring(0, Math.min(query.length(), MAX_QUERY_CHARS))));
        boolean punctuationOnly = tokens.stream().allMatch(SearchToken::isPunctuation);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < tokens.size() && words.size() < MAX_WORDS; i++) {
            SearchToken token = tokens.get(i);
            if (token.isPunctuation() && !punctuationOnly) {
                continue;
            }
            if (i + 1 < tokens.size() && isWanted(tokens, i + 1, punctuationOnly)) {
                words.add(token.text() + tokens.get(i + 1).text());
            } else if (token.isSpaceless() && !token.text().equals(lastOf(token.text()))) {
                addPairs(words, token.text());
            } else if (i == 0 || !isWanted(tokens, i, punctuationOnly)) {
                words.add(token.text()); // a single character is the beginning of a pair
            }
        }
        return words.size() > MAX_WORDS ? words.subList(0, MAX_WORDS) : words;
    }

    /** Whether a query must be found with this piece right after the one before. */
    private static boolean isWanted(List<SearchToken> tokens, int index, boolean punctuation) {
        SearchToken before = tokens.get(index - 1);
        SearchToken token = tokens.get(index);
        return token.joins(before) && (punctuation || (!token.isPunctuation() && !before.isPunctuation()));
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

    /** Whether a text contains all words of a query, as the index would find them. */
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

    /** Whether a word of a query may be incomplete: only the last one, which is still being typed; a single character is never a pair. */
    public static boolean isPrefix(List<String> words, int index) {
        String word = words.get(index);
        return index == words.size() - 1
                || (word.codePointCount(0, word.length()) == 1 && SearchToken.isSpaceless(word.codePointAt(0)));
    }
}
