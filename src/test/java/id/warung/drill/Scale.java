package id.warung.drill;

/** How large a drill is: small in every build, in full behind {@code -Pdrills}. */
final class Scale {
    private static final boolean FULL = Boolean.getBoolean("drill.full");

    private Scale() {}

    static int of(int small, int full) {
        return FULL ? full : small;
    }
}
