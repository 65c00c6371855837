package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.RoomName;
import java.util.Set;

/**
 * How a room is at its head: what its entries have made of it. Immutable.
 *
 * @param exists whether anything was ever written in it
 * @param n how many messages it has had
 * @param owner the id of who created it, and moderates it; null when nobody did
 * @param members the ids of those who may read it; empty in a public room
 */
public record RoomState(
        String room,
        boolean exists,
        Position head,
        long n,
        Access access,
        String topic,
        boolean archived,
        String owner,
        Set<String> members) {
    /** A room in which nothing was written yet: public, unless the server gives such names. */
    public static RoomState unborn(String room, String epoch) {
        return new RoomState(
                room,
                false,
                new Position(epoch, 0),
                0,
                RoomName.isReserved(room) ? Access.MEMBERS : Access.PUBLIC,
                "",
                false,
                null,
                RoomName.isInbox(room) ? Set.of(RoomName.ownerOf(room)) : Set.of());
    }

    /** Whether this user may read it. */
    public boolean admits(String userId) {
        return access == Access.PUBLIC || members.contains(userId);
    }

    public boolean isOwner(String userId) {
        return userId.equals(owner);
    }
}
