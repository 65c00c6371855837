package id.warung.protocol;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** The rules for the character of a reaction. Static, stateless. */
final class Emoji {
    private static final Pattern GRAPHEME = Pattern.compile("\\X");
    /** The variation selectors that say whether a character is drawn as a picture. */
    private static final Pattern DRAWN_AS = Pattern.compile("[\\x{FE0E}\\x{FE0F}]");

    /** Marks that nobody sees: what looks the same must not be two reactions. */
    private static final Pattern HIDDEN = Pattern.compile(
            "[\\x{FE0E}\\x{FE0F}]{2}|[\\x{FE00}-\\x{FE0D}\\x{E0100}-\\x{E01EF}\\x{34F}\\x{180B}-\\x{180F}]");

    private static final Pattern TAGS = Pattern.compile("[\\x{E0000}-\\x{E007F}]");
    private static final Pattern FLAG_OF_A_REGION =
            Pattern.compile("\\x{1F3F4}[\\x{E0030}-\\x{E0039}\\x{E0061}-\\x{E007A}]{1,6}\\x{E007F}");

    private Emoji() {}

    /** The character in canonical form (NFC): one that is visible, and as short as any that people write. */
    static String checked(String raw) throws CommandRejectedException {
        if (raw.length() <= Limits.MAX_EMOJI_BYTES) { // before any work whose time grows with the length
            String emoji = Normalizer.normalize(raw, Normalizer.Form.NFC);
            if (GRAPHEME.matcher(emoji).matches()
                    && emoji.getBytes(StandardCharsets.UTF_8).length <= Limits.MAX_EMOJI_BYTES
                    && isVisible(emoji.codePointAt(0))
                    && !HIDDEN.matcher(emoji).find()
                    && Joiners.areInPlace(DRAWN_AS.matcher(emoji).replaceAll(""))
                    && (!TAGS.matcher(emoji).find()
                            || FLAG_OF_A_REGION.matcher(emoji).matches())) {
                return emoji;
            }
        }
        throw new CommandRejectedException(
                ErrorCode.BAD_COMMAND,
                "\"emoji\" must be one visible character of at most " + Limits.MAX_EMOJI_BYTES + " bytes.");
    }

    /** Whether a first character shows something by itself. */
    private static boolean isVisible(int first) {
        return switch (Character.getType(first)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK -> false;
            case Character.UNASSIGNED -> NewCharacters.mayBeInNames(first);
            default -> !Syntax.isUnseen(first);
        };
    }
}
