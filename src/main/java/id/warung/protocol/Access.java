package id.warung.protocol;

import java.util.Locale;

/** Who may read a room and say something in it. */
public enum Access {
    PUBLIC,
    MEMBERS;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** As docs/protocol.md has it. */
    public String wire() {
        return wire;
    }

    /** The one with this name; null when there is none. */
    public static Access of(String wire) {
        for (Access access : values()) {
            if (access.wire.equals(wire)) {
                return access;
            }
        }
        return null;
    }
}
