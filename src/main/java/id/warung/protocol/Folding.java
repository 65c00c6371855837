package id.warung.protocol;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Makes of a text, or of a name, what it is searched by: without case, accents and width. One character after another, each with at most
 * {@value #MAX_MARKS} marks, until {@value #MAX_CHARS} are made: what it costs follows from the length of the text, whatever stands in it.
 * For one thread, once.
 */
public final class Folding {
    /** Which texts are alike: what was kept of another version is to be made anew. */
    public static final int VERSION = 2;

    /** What is made of a text at most; of a longer one the rest is not searched. In UTF-16 units. */
    public static final int MAX_CHARS = 32_768;

    private static final int MAX_MARKS = 32;
    private static final Set<UnicodeScript> ACCENTED =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.GREEK, UnicodeScript.CYRILLIC);

    private final StringBuilder folded;
    private final StringBuilder cluster = new StringBuilder(); // a character, and the marks on it
    private int marks;
    private int base;

    private Folding(int length) {
        folded = new StringBuilder(length);
    }

    /** The text as it is compared. In it no character has a wide form, so wide forms are free for other use. */
    public static String of(String text) {
        Folding folding = new Folding(Math.min(text.length() + 16, MAX_CHARS));
        for (int i = 0; i < text.length() && folding.folded.length() < MAX_CHARS; ) {
            int character = text.codePointAt(i);
            i += Character.charCount(character);
            folding.take(character);
        }
        folding.endCluster();
        // small letters first: of a capital sharp s only the small one has a capital form, SS
        return folding.folded
                .toString()
                .toLowerCase(Locale.ROOT)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
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
                begin(part == 'đ' || part == 'Đ' ? 'd' : part); // has a stroke, which is no mark of its own
            }
        }
    }

    /** Those of which nothing can be taken apart, and which are no marks: ASCII, and what is written most in Chinese and Japanese. */
    private static boolean isPlain(int character) {
        return character < 0x80 || (character >= 0x4E00 && character <= 0x9FA5);
    }

    /** Says how the character before it is drawn: in colours or as text. */
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

    /** The vowel or the end of a Korean syllable that is written in letters. */
    private static boolean isFollowingJamo(int character) {
        return character >= 0x1160 && character <= 0x11FF;
    }

    /** Whether it is written onto the character before it. */
    public static boolean isMark(int character) {
        int type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }
}
