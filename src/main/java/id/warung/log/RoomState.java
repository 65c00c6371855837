package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.RoomName;
import java.util.Set;

/**
 * How a room is at its head: what its entries have made of it. Immutable.
 *
 * @param n how many messages it has had
 * @param owner the id of who created it, and moderates it; null when nobody did
 * @param members the ids of those who may read it; empty in a public room
 */
public record RoomState(
        String room,
        Position head,
        long n,
        Access access,
        String topic,
        boolean archived,
        String owner,
        Set<String> members)
        implements RoomFacts {
    /** A room in which nothing was written yet: public, unless the server gives such names. */
    public static RoomState unborn(String room, String epoch) {
        return new RoomState(
                room,
                new Position(epoch, 0),
                0,
                RoomName.isReserved(room) ? Access.MEMBERS : Access.PUBLIC,
                "",
                false,
                null,
                RoomName.isInbox(room) ? Set.of(RoomName.ownerOf(room)) : Set.of());
    }

    @Override
    public boolean exists() {
        return head.seq() > 0;
    }

    @Override
    public boolean isMember(String userId) {
        return members.contains(userId);
    }

    /** Whether this user may read it, if it is there. */
    public boolean admits(String userId) {
        return Permissions.mayRead(userId, this);
    }
}
