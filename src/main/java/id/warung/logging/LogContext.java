package id.warung.logging;

/**
 * The context of a line in the server's log. The known fields follow the sentence: {@code A session was ended by a bug
 * [session=k3f9x2 user=u-8x1c2k4mn5pq room=lobby command=post]}. They are ids and room names, never a text, a token or
 * a guest's name, and contain no spaces or brackets. Null means unknown. Immutable.
 *
 * @param session its short id
 * @param user the user's id
 * @param room the room's name
 * @param command its type on the wire
 */
public record LogContext(String session, String user, String room, String command) {
    /** The empty context. */
    public static final LogContext NONE = new LogContext(null, null, null, null);

    /** The same context with this user; null: unknown. */
    public LogContext withUser(String userId) {
        return new LogContext(session, userId, room, command);
    }

    /** The same context with this room; null: none. */
    public LogContext withRoom(String name) {
        return new LogContext(session, user, name, command);
    }

    /** The same context with a command of this type; null: none. */
    public LogContext withCommand(String type) {
        return new LogContext(session, user, room, type);
    }

    /** The whole line: the sentence, followed by the context. */
    public String line(String sentence) {
        return sentence + this;
    }

    /** The context with a leading space, to be appended to a sentence; empty when nothing is known. */
    @Override
    public String toString() {
        StringBuilder fields = new StringBuilder();
        append(fields, "session", session);
        append(fields, "user", user);
        append(fields, "room", room);
        append(fields, "command", command);
        return fields.isEmpty() ? "" : fields.append(']').toString();
    }

    private static void append(StringBuilder fields, String name, String value) {
        if (value != null) {
            fields.append(fields.isEmpty() ? " [" : " ")
                    .append(name)
                    .append('=')
                    .append(value);
        }
    }
}
