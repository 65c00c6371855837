package id.warung.log;

/** Hears what a room keeps no longer. Called on the thread that writes the room, after it has gone; must not block or throw. */
@FunctionalInterface
public interface Trimmed {
    /** From {@code first} on the room's entries are kept. */
    void trimmed(String room, long first);
}
