package id.warung.protocol;

/**
 * Characters that are newer than the Unicode of this Java, as far as their place says what they are: Unicode keeps these
 * ranges for pictures and for Han characters. Static, stateless.
 */
final class NewCharacters {
    private NewCharacters() {}

    /** Whether names may contain this character though Java does not know it. */
    static boolean mayBeInNames(int unassigned) {
        return isHan(unassigned) || isPicture(unassigned);
    }

    /** Whether it can only be a Han character: rare ones that are in people's names come with each version. */
    static boolean isHan(int character) {
        boolean gaps = (character >= 0x9FF0 && character <= 0x9FFF) || (character >= 0x4DB6 && character <= 0x4DBF);
        boolean planes = character >= 0x20000 && character <= 0x3FFFD && (character & 0xFFFE) != 0xFFFE;
        return gaps || planes;
    }

    /** Whether it is a picture, such as an emoji, known or not. */
    static boolean isPicture(int character) {
        return (character >= 0x1F000 && character <= 0x1FAFF)
                || (character >= 0x2190 && character <= 0x21FF)
                || (character >= 0x2300 && character <= 0x23FF)
                || (character >= 0x2600 && character <= 0x27BF)
                || (character >= 0x2900 && character <= 0x297F)
                || (character >= 0x2B00 && character <= 0x2BFF);
    }
}
