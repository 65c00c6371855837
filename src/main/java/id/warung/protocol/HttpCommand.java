package id.warung.protocol;

/**
 * What the address and the headers of an HTTP request say of a command.
 *
 * @param type on the wire
 * @param user the id of a user whom the address names; null: none
 * @param seq of an entry that the address names; 0: none
 * @param reaction that the address names; null: none
 * @param id of the command; null: none
 */
public record HttpCommand(String type, String room, String user, long seq, Reaction reaction, String id) {
    /** A reaction, which the request adds ({@code on}) or takes back. */
    public record Reaction(String emoji, boolean on) {}

    /** Without a reaction. */
    public HttpCommand(String type, String room, String user, long seq, String id) {
        this(type, room, user, seq, null, id);
    }

    /** The same with a reaction. */
    public HttpCommand with(Reaction named) {
        return new HttpCommand(type, room, user, seq, named, id);
    }
}
