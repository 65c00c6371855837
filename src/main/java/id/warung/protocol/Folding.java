package id.warung.protocol;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Folds a text, or a name, to the form by which it is searched: without case, accents and width. It proceeds character
 * by character, each with at most {@value #MAX_MARKS} marks, until {@value #MAX_CHARS} are made: the cost depends on
 * the length of the text only, whatever its content. For one thread, once.
 */
public final class Folding {
    /** The version of the folding: data stored by another version must be folded again. */
    public static final int VERSION = 3;

    /** The most characters of a folded text; the rest of a longer text is not searched. In UTF-16 units. */
    public static final int MAX_CHARS = 32_768;

    private static final int MAX_MARKS = 32;
    private static final Set<UnicodeScript> ACCENTED =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

    private final StringBuilder folded;
    private final StringBuilder cluster = new StringBuilder(); // a character with its marks
    private int marks;
    private int base;

    private Folding(int length) {
        folded = new StringBuilder(length);
    }

    /** The text as it is compared. No character in it has a wide form, so wide forms are free for other use. */
    public static String of(String text) {
        Folding folding = new Folding(Math.min(text.length() + 16, MAX_CHARS));
        for (int i = 0; i < text.length() && folding.folded.length() < MAX_CHARS; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            folding.take(character);
        }
        folding.endCluster();
        // lower case first: the only upper case of a capital sharp s is via the small one, SS
        return folding.folded
                .toString()
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .replace('ς', 'σ'); // the form at the end of a word, which a prefix may have elsewhere
    }

    private void take(int character) {
        if (isPlain(character)) {
            begin(character);
            return;
        }
        if (isSelector(character)) {
            return;
        }
        String parts = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKD);
        for (int i = 0; i < parts.length(); ) {
            int part = parts.codePointAt(i);
            i += Character.charCount(part);
            if (isMark(part)) {
                mark(part, isAccented(base));
            } else if (isFollowingJamo(part)) {
                base = part;
                mark(part, false);
            } else {
                begin(alike(part));
            }
        }
    }

    /** The character under which others are found that Unicode does not decompose: a stroke is no mark, and phones type curved apostrophes. */
    private static int alike(int character) {
        return switch (character) {
            case 'đ', 'Đ' -> 'd';
            case '\u2018', '\u2019' -> '\'';
            default -> character;
        };
    }

    /** Characters that cannot be decomposed and are not marks: ASCII, and the most common ones of Chinese and Japanese. */
    private static boolean isPlain(int character) {
        return character < 0x80 || (character >= 0x4E00 && character <= 0x9FA5);
    }

    /** A selector says how the character before it is drawn: in colours or as text. */
    private static boolean isSelector(int character) {
        return character >= 0xFE00 && character <= 0xFE0F;
    }

    private void begin(int character) {
        endCluster();
        base = character;
        cluster.appendCodePoint(character);
    }

    private void mark(int mark, boolean accent) {
        if (marks < MAX_MARKS && !accent) {
            cluster.appendCodePoint(mark);
            marks++;
        }
    }

    private void endCluster() {
        if (marks == 0) {
            folded.append(cluster);
        } else {
            folded.append(Normalizer.normalize(cluster, Normalizer.Form.NFC));
        }
        cluster.setLength(0);
        marks = 0;
        base = 0;
    }

    private static boolean isAccented(int character) {
        return character != 0 && ACCENTED.contains(UnicodeScript.of(character));
    }

    /** The vowel or the end of a Korean syllable written in letters. */
    private static boolean isFollowingJamo(int character) {
        return character >= 0x1160 && character <= 0x11FF;
    }

    /** Whether it is a mark on the character before it. */
    public static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
