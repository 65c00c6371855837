package id.warung.protocol;

import java.util.Locale;

/** Who may call all users of a room at once. */
public enum CallPolicy {
    /** Everybody who may post. */
    ANYBODY,
    /** The members; in a public room those who are no guests. */
    MEMBERS,
    MODERATORS;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }

    /** Null when there is no such value. */
    public static CallPolicy of(String wire) {
        for (CallPolicy policy : values()) {
            if (policy.wire.equals(wire)) {
                return policy;
            }
        }
        return null;
    }
}
