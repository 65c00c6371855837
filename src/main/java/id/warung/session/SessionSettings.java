package id.warung.session;

import id.warung.identity.ApiKeys;
import id.warung.log.Principal;
import id.warung.log.Principal.Role;
import id.warung.protocol.User;
import java.util.Set;

/**
 * What an administrator may set about sessions. Times in milliseconds.
 *
 * @param heartbeatMs a ping goes out so often
 * @param pongTimeoutMs a session that is silent for so long after a ping is dead
 * @param helloTimeoutMs a client that has not said who it is by then is closed
 * @param sendTimeoutMs a send that the container has not completed by then ends the session
 * @param maxFrameBytes the most a client frame may have, as UTF-8
 * @param maxTextChars the most a message may have, in code points
 * @param maxRoomsPerSession rooms that one session may read at a time
 * @param maxConnectionsPerAddress sessions that one address may have at a time; 0: any number
 * @param maxWaitingBytes what the commands of one session of the JSON protocol may take in memory before they are done; one alone may be more
 * @param moderators the ids of users who may do in any room what its moderator may
 * @param moderatorsMakeRooms whether nobody else may make a room
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
        boolean moderatorsMakeRooms) {
    private static final User NOBODY = new User("", "");
    private static final Set<Role> BOTH = Set.of(Role.MODERATOR, Role.ROOM_MAKER);
    private static final Set<Role> MAKER = Set.of(Role.ROOM_MAKER);

    /** A user with what they may do; null is somebody who has not said who they are, and has the rights of everybody. */
    public Principal principal(User user) {
        User somebody = user == null ? NOBODY : user;
        if (moderators.contains(somebody.id())) {
            return new Principal(somebody, BOTH);
        }
        boolean makesRooms = !moderatorsMakeRooms || ApiKeys.isBackEnd(somebody);
        return new Principal(somebody, makesRooms ? MAKER : Set.of());
    }

    /** The shortest of the times: how fine the clock must tick. */
    public long shortestMs() {
        return Math.min(Math.min(heartbeatMs, pongTimeoutMs), Math.min(helloTimeoutMs, sendTimeoutMs));
    }
}
