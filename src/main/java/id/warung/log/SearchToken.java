package id.warung.log;

import id.warung.protocol.Folding;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A piece of a folded text: a word, a run of a script without spaces, one sign, one picture (an emoji of any number of
 * characters), or one punctuation mark.
 *
 * @param text an ASCII sign in its wide form, which no folded text contains
 * @param touches whether it follows the piece before it without a space
 */
record SearchToken(Kind kind, String text, boolean touches) {
    /** The kind of a piece. */
    enum Kind {
        WORD,
        SPACELESS,
        SIGN,
        PICTURE,
        PUNCTUATION,
        SPACE
    }

    private static final int MAX_WORD_CHARS = 200; // in UTF-16 units
    private static final int FIRST_SPACELESS = 0x0E00;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int WIDER = 0xFEE0; // from an ASCII character to its wide form
    private static final Set<UnicodeScript> SPACELESS_SCRIPTS = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR,
            UnicodeScript.BOPOMOFO);

    static List<SearchToken> allOf(String folded) {
        List<SearchToken> tokens = new ArrayList<>();
        boolean touches = false;
        for (int begin = 0; begin < folded.length(); ) {
            Kind kind = kindAt(folded, begin);
            int end = endOf(kind, folded, begin);
            if (kind != Kind.SPACE) {
                tokens.add(new SearchToken(kind, text(folded, begin, end), touches));
            }
            touches = kind != Kind.SPACE;
            begin = end;
        }
        return tokens;
    }

    boolean isSpaceless() {
        return kind == Kind.SPACELESS;
    }

    boolean isPunctuation() {
        return kind == Kind.PUNCTUATION;
    }

    /** Whether the two together form another word: a sign with the word that it touches, as in C# or 50%, and signs with each other. */
    boolean joins(SearchToken before) {
        boolean signs = standsAlone(kind) && standsAlone(before.kind);
        boolean signAndWord =
                (kind == Kind.SIGN && before.kind == Kind.WORD) || (kind == Kind.WORD && before.kind == Kind.SIGN);
        return touches && (signs || signAndWord);
    }

    private static boolean standsAlone(Kind kind) {
        return kind == Kind.SIGN || kind == Kind.PUNCTUATION;
    }

    private static Kind kindAt(String folded, int index) {
        int character = folded.codePointAt(index);
        if (isSpaceless(character)) {
            return Kind.SPACELESS;
        }
        return switch (Character.getType(character)) {
            case Character.MATH_SYMBOL, Character.CURRENCY_SYMBOL -> Kind.SIGN;
            case Character.OTHER_SYMBOL -> Kind.PICTURE;
            case Character.OTHER_PUNCTUATION -> isSign(folded, index) ? Kind.SIGN : Kind.PUNCTUATION;
            case Character.DASH_PUNCTUATION -> isOfArrow(folded, index) ? Kind.SIGN : Kind.PUNCTUATION;
            case Character.CONNECTOR_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.MODIFIER_SYMBOL -> Kind.PUNCTUATION;
            default -> isOfWord(character) ? Kind.WORD : Kind.SPACE;
        };
    }

    private static boolean isOfWord(int character) {
        return Character.isLetter(character)
                || Folding.isMark(character)
                || switch (Character.getType(character)) {
                    case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
                    default -> false;
                };
    }

    /** As in C# and 50%; also a dot as in .NET, which does not end a sentence and is not within a word. */
    private static boolean isSign(String folded, int index) {
        char character = folded.charAt(index);
        if (character != '.') {
            return character == '#' || character == '%';
        }
        int before = index == 0 ? ' ' : folded.codePointBefore(index);
        return before != '.'
                && !isOfWord(before)
                && index + 1 < folded.length()
                && isOfWord(folded.codePointAt(index + 1));
    }

    private static boolean isOfArrow(String folded, int index) {
        return folded.startsWith(">", index + 1) || folded.startsWith("<", index - 1);
    }

    private static int endOf(Kind kind, String folded, int begin) {
        int end = begin + Character.charCount(folded.codePointAt(begin));
        if (kind == Kind.PICTURE) {
            return endOfPicture(folded, begin, end);
        }
        while ((kind == Kind.WORD || kind == Kind.SPACELESS) && end < folded.length() && kindAt(folded, end) == kind) {
            end += Character.charCount(folded.codePointAt(end));
        }
        return end;
    }

    /** The end of a picture: two letters of a flag; otherwise with its skin colour, its tags, and what is joined to it. */
    private static int endOfPicture(String folded, int begin, int afterFirst) {
        int end = afterFirst;
        if (isLetterOfFlag(folded.codePointAt(begin))) {
            boolean two = end < folded.length() && isLetterOfFlag(folded.codePointAt(end));
            return two ? end + Character.charCount(folded.codePointAt(end)) : end;
        }
        while (end < folded.length()) {
            int character = folded.codePointAt(end);
            int after = end + Character.charCount(character);
            if (character == ZERO_WIDTH_JOINER && after < folded.length() && isJoined(folded, after)) {
                end = after + Character.charCount(folded.codePointAt(after));
            } else if (isSkin(character) || isTag(character)) {
                end = after;
            } else {
                return end;
            }
        }
        return end;
    }

    /** Some joined characters are arrows. */
    private static boolean isJoined(String folded, int index) {
        Kind kind = kindAt(folded, index);
        return folded.charAt(index) > 0x7F && (kind == Kind.PICTURE || kind == Kind.SIGN);
    }

    private static boolean isLetterOfFlag(int character) {
        return character >= 0x1F1E6 && character <= 0x1F1FF;
    }

    private static boolean isSkin(int character) {
        return character >= 0x1F3FB && character <= 0x1F3FF;
    }

    private static boolean isTag(int character) {
        return character >= 0xE0020 && character <= 0xE007F;
    }

    /**
     * The text of a piece; of one that is much too long only the beginning, in the index as in the query, except runs, which are cut into
     * pairs.
     */
    private static String text(String folded, int begin, int end) {
        char first = folded.charAt(begin);
        if (end == begin + 1 && first < 0x80 && !Character.isLetterOrDigit(first)) {
            return String.valueOf((char) (first + WIDER));
        }
        if (end - begin <= MAX_WORD_CHARS || isSpaceless(folded.codePointAt(begin))) {
            return folded.substring(begin, end);
        }
        int cut = begin + MAX_WORD_CHARS;
        return folded.substring(begin, Character.isHighSurrogate(folded.charAt(cut - 1)) ? cut - 1 : cut);
    }

    /** Whether the character belongs to a script without spaces between words. */
    static boolean isSpaceless(int character) {
        return character >= FIRST_SPACELESS
                && (character == 'ー' || SPACELESS_SCRIPTS.contains(UnicodeScript.of(character)));
    }
}
