package id.warung.protocol;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/**
 * The two invisible characters that some scripts need: the joiner (ZWJ) and the non-joiner (ZWNJ). They are legal where
 * they change how the text is drawn, after the rules of Unicode TR 31, and nowhere else. Static, stateless.
 */
final class Joiners {
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** Scripts whose letters join the next one, so that a word may have to say where they do not. */
    private static final Set<UnicodeScript> JOINED = EnumSet.of(
            UnicodeScript.ARABIC,
            UnicodeScript.SYRIAC,
            UnicodeScript.MANDAIC,
            UnicodeScript.MONGOLIAN,
            UnicodeScript.NKO,
            UnicodeScript.HANIFI_ROHINGYA);

    /** The signs of Indic scripts that take the vowel from a letter, and join it to the next one. */
    private static final String VIRAMAS = "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D3B\u0D3C\u0D4D\u0DCA"
            + "\u0F84\u1039\u103A\u1714\u1734\u17D2\u1A60\u1B44\u1BAA\u1BAB\uA806\uA8C4\uA953\uA9C0\uABED";

    private Joiners() {}

    static boolean isJoiner(int character) {
        return character == NON_JOINER || character == JOINER;
    }

    /** Whether each joiner in the text stands where it belongs. */
    static boolean areInPlace(String text) {
        int[] characters = text.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            if (isJoiner(characters[i]) && !isInPlace(characters, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isInPlace(int[] characters, int at) {
        int before = at > 0 ? characters[at - 1] : 0;
        int after = at + 1 < characters.length ? characters[at + 1] : 0;
        if (VIRAMAS.indexOf(before) >= 0) {
            return characters[at] == JOINER || Character.isLetter(after);
        }
        return characters[at] == JOINER
                ? NewCharacters.isPicture(before) && NewCharacters.isPicture(after)
                : isJoined(letterBefore(characters, at)) && isJoined(after);
    }

    /** The last character before this place that is not a mark; 0 when there is none. */
    private static int letterBefore(int[] characters, int at) {
        for (int i = at - 1; i >= 0; i--) {
            if (Character.getType(characters[i]) != Character.NON_SPACING_MARK) {
                return characters[i];
            }
        }
        return 0;
    }

    private static boolean isJoined(int character) {
        return Character.isLetter(character) && JOINED.contains(UnicodeScript.of(character));
    }
}
