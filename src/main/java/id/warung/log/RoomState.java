package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.RoomName;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The state of a room at its head, as it results from its entries. Immutable.
 *
 * @param n the number of its messages
 * @param owner the id of its creator, who moderates it; null when it was not created explicitly
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
        Set<String> members) {
    /** The initial state of a room: public, unless the name is reserved for the server. */
    public static RoomState initial(String room, String epoch) {
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

    /** The same with another head. */
    public RoomState withHead(long seq, long messages) {
        return new RoomState(room, new Position(head.epoch(), seq), messages, access, topic, archived, owner, members);
    }

    /** The same with the creator's choices. */
    public RoomState created(Access wanted, String about, String creator) {
        return new RoomState(room, head, n, wanted, about, archived, creator, members);
    }

    /** The same with another topic. */
    public RoomState withTopic(String about) {
        return new RoomState(room, head, n, access, about, archived, owner, members);
    }

    /** The same, archived or not. */
    public RoomState withArchived(boolean over) {
        return new RoomState(room, head, n, access, topic, over, owner, members);
    }

    /** The same with another member. */
    public RoomState withMember(String userId) {
        return withMembers(Set.of(userId));
    }

    /** The same with more members. */
    public RoomState withMembers(Collection<String> userIds) {
        Set<String> more = new HashSet<>(members);
        more.addAll(userIds);
        return new RoomState(room, head, n, access, topic, archived, owner, Set.copyOf(more));
    }

    /** The same without a member. */
    public RoomState withoutMember(String userId) {
        Set<String> fewer = new HashSet<>(members);
        fewer.remove(userId);
        return new RoomState(room, head, n, access, topic, archived, owner, Set.copyOf(fewer));
    }

    /** Whether anything was ever written in it. */
    public boolean exists() {
        return head.seq() > 0;
    }

    /** Whether this user is a member; a public room has none. */
    public boolean isMember(String userId) {
        return members.contains(userId);
    }

    /** Whether this user may read it, if it exists. */
    public boolean mayRead(String userId) {
        return Permissions.mayRead(userId, this);
    }
}
