package id.warung.protocol;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Set;

/** The names of rooms that the server creates: inboxes, direct conversations and rooms of its own. Static, stateless. */
public final class RoomName {
    /** Reserved for messages from the server to its administrators. */
    public static final Set<String> SERVERS_OWN = Set.of("audit", "reports", "server");

    private static final String INBOX = "inbox.";
    private static final String DIRECT = "direct.";

    private static final String MADE = "r-";
    private static final int MADE_CHARS = 8;
    private static final String BASE_32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RoomName() {}

    /** A name for a room of this user: always the same for the same command, so that a retry finds its room. A null id stands for itself alone. */
    public static String madeFor(String userId, String commandId) {
        long bits = commandId == null
                ? RANDOM.nextLong()
                : ByteBuffer.wrap(Sha256.of(userId + "\n" + commandId)).getLong();
        StringBuilder name = new StringBuilder(MADE);
        for (int i = 0; i < MADE_CHARS; i++, bits >>>= 5) {
            name.append(BASE_32.charAt((int) (bits & 31)));
        }
        return name.toString();
    }

    public static String inboxOf(String userId) {
        return INBOX + userId;
    }

    /** The room of two users; the order of the ids does not matter. */
    public static String directOf(String userId, String otherId) {
        return userId.compareTo(otherId) < 0 ? DIRECT + userId + "." + otherId : DIRECT + otherId + "." + userId;
    }

    public static boolean isInbox(String room) {
        return room.startsWith(INBOX);
    }

    public static boolean isDirect(String room) {
        return room.startsWith(DIRECT);
    }

    /** Whether the name is reserved for the server. */
    public static boolean isReserved(String room) {
        return isInbox(room) || isDirect(room) || SERVERS_OWN.contains(room);
    }

    /** The id of the inbox's owner. */
    public static String ownerOf(String inbox) {
        return inbox.substring(INBOX.length());
    }

    /** The other user of a direct conversation. */
    public static String otherThan(String userId, String direct) {
        String[] both = direct.substring(DIRECT.length()).split("\\.", 2);
        return both[0].equals(userId) ? both[1] : both[0];
    }
}
