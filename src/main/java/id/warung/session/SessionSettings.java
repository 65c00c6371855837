package id.warung.session;

import id.warung.identity.ApiKeys;
import id.warung.log.Principal;
import id.warung.log.Principal.Role;
import id.warung.protocol.User;
import java.util.Set;

/**
 * The settings of sessions. Times are in milliseconds.
 *
 * @param heartbeatMs the interval of pings
 * @param pongTimeoutMs a session that is silent for this long after a ping is dead
 * @param helloTimeoutMs a client that has not signed in by then is closed
 * @param sendTimeoutMs a send that the container has not completed by then ends the session
 * @param maxFrameBytes the most bytes of a client frame, as UTF-8
 * @param maxTextChars the most characters of a message, in code points
 * @param maxRoomsPerSession the most rooms that one session may join at a time
 * @param maxConnectionsPerAddress the most sessions of one address at a time; 0: any number
 * @param maxWaitingBytes how much memory the unfinished commands of one JSON session may take; a single command may exceed it
 * @param moderators the ids of users who are moderators in every room
 * @param onlyModeratorsCreateRooms whether only they may create rooms
 */
public record SessionSettings(
        long heartbeatMs,
        long pongTimeoutMs,
        long helloTimeoutMs,
        long sendTimeoutMs,
        int maxFrameBytes,
        int maxTextChars,
        int maxRoomsPerSession,
        int maxConnectionsPerAddress,
        long maxWaitingBytes,
        Set<String> moderators,
        boolean onlyModeratorsCreateRooms) {
    private static final User NOBODY = new User("", "");
    private static final Set<Role> BOTH = Set.of(Role.MODERATOR, Role.ROOM_CREATOR);
    private static final Set<Role> CREATOR = Set.of(Role.ROOM_CREATOR);

    /** A user with their roles; null is an anonymous caller, who has everybody's rights. */
    public Principal principal(User user) {
        User somebody = user == null ? NOBODY : user;
        if (moderators.contains(somebody.id())) {
            return new Principal(somebody, BOTH);
        }
        boolean createsRooms = !onlyModeratorsCreateRooms || ApiKeys.isBackEnd(somebody);
        return new Principal(somebody, createsRooms ? CREATOR : Set.of());
    }

    /** The shortest of these times: the clock must tick at least as often. */
    public long shortestMs() {
        return Math.min(Math.min(heartbeatMs, pongTimeoutMs), Math.min(helloTimeoutMs, sendTimeoutMs));
    }
}
