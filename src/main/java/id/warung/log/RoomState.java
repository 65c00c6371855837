package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.CallPolicy;
import id.warung.protocol.RoomName;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The state of a room at its head, as it results from its entries. Immutable.
 *
 * @param n the number of its messages
 * @param title what people call it, in any script; empty when it has none
 * @param calls who may call all its users at once
 * @param owner the id of its creator, who moderates it; null when it was not created explicitly
 * @param moderators the ids of those who moderate it beside the owner
 * @param members the ids of those who may read it; empty in a public room
 */
public record RoomState(
        String room,
        Position head,
        long n,
        Access access,
        String topic,
        String title,
        CallPolicy calls,
        boolean archived,
        String owner,
        Set<String> moderators,
        Set<String> members) {
    /** The initial state of a room: public, unless the name is reserved for the server. */
    public static RoomState initial(String room, String epoch) {
        return new RoomState(
                room,
                new Position(epoch, 0),
                0,
                RoomName.isReserved(room) ? Access.MEMBERS : Access.PUBLIC,
                "",
                "",
                CallPolicy.MODERATORS,
                false,
                null,
                Set.of(),
                RoomName.isInbox(room) ? Set.of(RoomName.ownerOf(room)) : Set.of());
    }

    /** The same with another head. */
    public RoomState withHead(long seq, long messages) {
        Position next = new Position(head.epoch(), seq);
        return new RoomState(room, next, messages, access, topic, title, calls, archived, owner, moderators, members);
    }

    /** The same with the creator's choices. */
    public RoomState created(Access wanted, String about, String called, String creator) {
        return new RoomState(room, head, n, wanted, about, called, calls, archived, creator, moderators, members);
    }

    /** The same with another topic. */
    public RoomState withTopic(String about) {
        return new RoomState(room, head, n, access, about, title, calls, archived, owner, moderators, members);
    }

    /** The same with another title; empty: with none. */
    public RoomState withTitle(String called) {
        return new RoomState(room, head, n, access, topic, called, calls, archived, owner, moderators, members);
    }

    /** The same, in which these may call all users at once. */
    public RoomState withCalls(CallPolicy who) {
        return new RoomState(room, head, n, access, topic, title, who, archived, owner, moderators, members);
    }

    /** The same, archived or not. */
    public RoomState withArchived(boolean over) {
        return new RoomState(room, head, n, access, topic, title, calls, over, owner, moderators, members);
    }

    /** The same with another member. */
    public RoomState withMember(String userId) {
        return withMembers(Set.of(userId));
    }

    /** The same with more members. */
    public RoomState withMembers(Collection<String> userIds) {
        Set<String> more = new HashSet<>(members);
        more.addAll(userIds);
        return withExactly(moderators, more);
    }

    /** The same, in which this user moderates or does not. */
    public RoomState withModerator(String userId, boolean moderates) {
        Set<String> changed = new HashSet<>(moderators);
        if (moderates) {
            changed.add(userId);
        } else {
            changed.remove(userId);
        }
        return withExactly(changed, members);
    }

    /** The same without a member. */
    public RoomState withoutMember(String userId) {
        Set<String> fewer = new HashSet<>(members);
        fewer.remove(userId);
        return withExactly(moderators, fewer);
    }

    private RoomState withExactly(Set<String> moderating, Set<String> reading) {
        return new RoomState(
                room,
                head,
                n,
                access,
                topic,
                title,
                calls,
                archived,
                owner,
                Set.copyOf(moderating),
                Set.copyOf(reading));
    }

    /** What people call it: its title, or otherwise its name. */
    public String label() {
        return title.isEmpty() ? room : title;
    }

    /** Whether anything was ever written in it. */
    public boolean exists() {
        return head.seq() > 0;
    }

    /** Whether this user is a member; a public room has none. */
    public boolean isMember(String userId) {
        return members.contains(userId);
    }
}
