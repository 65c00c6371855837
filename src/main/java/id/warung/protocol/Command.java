package id.warung.protocol;

/** What a client may say. Made by {@link Codec#decode}, which has checked every field; {@code null} is "not given". */
public sealed interface Command {
    /** Say who you are: a token, a name, or both (which renames). */
    record Hello(String token, String name) implements Command {}

    /** Read a room: after a position if {@code epoch} is given, else its {@code last} entries and what follows. */
    record Join(String room, String epoch, long after, int last) implements Command {}

    record Leave(String room) implements Command {}

    record Post(String room, String id, String text) implements Command {}

    record Pong(long n) implements Command {}
}
