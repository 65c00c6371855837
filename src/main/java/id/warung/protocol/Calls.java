package id.warung.protocol;

import java.util.Locale;

/** Whom a message calls besides those whom it mentions. */
public enum Calls {
    /** Everybody in the room; it counts as a mention until they have read it. */
    ALL,
    /** Those who are connected. */
    HERE;

    private final String wire = name().toLowerCase(Locale.ROOT);

    public String wire() {
        return wire;
    }

    /** Null when there is no such value. */
    static Calls of(String wire) {
        for (Calls calls : values()) {
            if (calls.wire.equals(wire)) {
                return calls;
            }
        }
        return null;
    }
}
