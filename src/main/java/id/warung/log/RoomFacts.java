package id.warung.log;

import id.warung.protocol.Access;

/** What {@link Permissions} need to know of a room: the same where it is written and where it is read. */
interface RoomFacts {
    /** The room's name. */
    String room();

    /** Whether anything was ever written in it. */
    boolean exists();

    Access access();

    boolean archived();

    /** The id of the user who created it; null when nobody did. */
    String owner();

    /** Whether this user is one of its members; a public room has none. */
    boolean isMember(String userId);
}
