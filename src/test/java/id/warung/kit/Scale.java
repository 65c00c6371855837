package id.warung.kit;

/** How large a drill is: small in every build, in full behind {@code -Pdrills}. */
public final class Scale {
    public static final boolean FULL = Boolean.getBoolean("drill.full");

    private Scale() {}

    public static int of(int small, int full) {
        return FULL ? full : small;
    }
}
