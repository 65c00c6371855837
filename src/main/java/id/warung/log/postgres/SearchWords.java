package id.warung.log.postgres;

import id.warung.log.SearchText;
import java.util.ArrayList;
import java.util.List;

/** The words of {@link SearchText} as PostgreSQL indexes them and is asked for them. Static, stateless. */
final class SearchWords {
    private static final String A_ROOM = "\uE000"; // no word starts with it
    private static final int MAX_CHARS = 400; // a query is shorter; PostgreSQL takes words of up to 2,046 bytes

    private SearchWords() {}

    /** The words of a text, each once, and one that says in which room it is, so that messages of other rooms need not be read. */
    static String[] of(long roomId, String text) {
        List<String> words = new ArrayList<>();
        words.add(A_ROOM + roomId);
        for (String word : SearchText.indexed(text)) {
            words.add(word.length() <= MAX_CHARS ? word : word.substring(0, word.offsetByCodePoints(0, MAX_CHARS / 2)));
        }
        return words.toArray(String[]::new);
    }

    /** A {@code tsquery} for the messages of a room that have all these words. */
    static String query(long roomId, List<String> words) {
        StringBuilder query = new StringBuilder().append(quoted(A_ROOM + roomId));
        for (int i = 0; i < words.size(); i++) {
            query.append(" & ").append(quoted(words.get(i)));
            if (SearchText.isPrefix(words, i)) {
                query.append(":*");
            }
        }
        return query.toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
