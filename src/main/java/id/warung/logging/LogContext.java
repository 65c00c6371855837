package id.warung.logging;

/**
 * What a line in the server's log is about. The fields that are known stand behind the sentence:
 * {@code A session was ended by a bug [session=k3f9x2 user=u-8x1c2k4mn5pq room=lobby command=post]}. They are ids and names of rooms, never a
 * text, a token or the name of a guest, and have no blank and no bracket in them. Null is "not known". Immutable.
 *
 * @param session its short id
 * @param user the user's id
 * @param room the room's name
 * @param command its type on the wire
 */
public record LogContext(String session, String user, String room, String command) {
    /** Nothing is known. */
    public static final LogContext NONE = new LogContext(null, null, null, null);

    /** The same, about this user; null: not known. */
    public LogContext withUser(String userId) {
        return new LogContext(session, userId, room, command);
    }

    /** The same, about this room; null: about none. */
    public LogContext withRoom(String name) {
        return new LogContext(session, user, name, command);
    }

    /** The same, about a command of this type; null: about none. */
    public LogContext withCommand(String type) {
        return new LogContext(session, user, room, type);
    }

    /** The line: the sentence, and behind it what it is about. */
    public String line(String sentence) {
        return sentence + this;
    }

    /** With a blank before it, ready to stand behind a sentence; empty when nothing is known. */
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
