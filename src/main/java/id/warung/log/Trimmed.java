package id.warung.log;

/** The listener for trimmed entries. Called on the thread that writes the room, after they are gone; must not block or throw. */
@FunctionalInterface
public interface Trimmed {
    /** The room's entries are kept from {@code first} on. */
    void trimmed(String room, long first);
}
