package id.warung.protocol;

import java.util.Locale;

/** The access mode of a room: who may read and post in it. */
public enum Access {
    PUBLIC,
    MEMBERS;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /** The name on the wire, as in docs/protocol.md. */
    public String wire() {
        return wire;
    }

    /** The access with this name on the wire; null when there is none. */
    public static Access of(String wire) {
        for (Access access : values()) {
            if (access.wire.equals(wire)) {
                return access;
            }
        }
        return null;
    }
}
