package id.warung.protocol;

import java.util.Set;

/** The rooms whose names the server gives: inboxes, conversations of two, and some of its own. Static, stateless. */
public final class RoomName {
    /** For what the server will have to tell those who run it. */
    public static final Set<String> SERVERS_OWN = Set.of("audit", "reports", "server");

    private static final String INBOX = "inbox.";
    private static final String DIRECT = "direct.";

    private RoomName() {}

    public static String inboxOf(String userId) {
        return INBOX + userId;
    }

    /** The same for both of them. */
    public static String directOf(String userId, String otherId) {
        return userId.compareTo(otherId) < 0 ? DIRECT + userId + "." + otherId : DIRECT + otherId + "." + userId;
    }

    public static boolean isInbox(String room) {
        return room.startsWith(INBOX);
    }

    public static boolean isDirect(String room) {
        return room.startsWith(DIRECT);
    }

    /** Whether nobody may give a room this name. */
    public static boolean isReserved(String room) {
        return isInbox(room) || isDirect(room) || SERVERS_OWN.contains(room);
    }

    /** Whose inbox it is. */
    public static String ownerOf(String inbox) {
        return inbox.substring(INBOX.length());
    }

    /** The other one of the two in a direct conversation. */
    public static String otherThan(String userId, String direct) {
        String[] both = direct.substring(DIRECT.length()).split("\\.", 2);
        return both[0].equals(userId) ? both[1] : both[0];
    }
}
