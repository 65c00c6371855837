package id.warung.log;

import id.warung.protocol.Access;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.RoomName;

/**
 * Decides who may do what in a room, and why not. Checked where an entry is written, in the transaction that writes it,
 * and where a log is read. Static, stateless.
 */
public final class Permissions {
    /** An action in a room. */
    public enum Action {
        READ,
        /** Shows others that they are writing. */
        TYPE,
        POST,
        REACT,
        /** Stars any room; checked in the inbox, where that is written. */
        STAR,
        EDIT,
        DELETE,
        /** Edits or deletes a message of another user; checked in addition. */
        AMEND_OTHERS,
        CREATE,
        /** The topic, or the title. */
        CHANGE_TOPIC,
        /** Chooses who may call all users at once. */
        CHANGE_CALLS,
        /** Calls all users at once; checked in addition. */
        CALL,
        ARCHIVE,
        ADD,
        /** Leaves the members. */
        REMOVE_ONESELF,
        REMOVE_OTHERS,
        /** Makes a user a moderator of the room, ends that, or removes one of its moderators. */
        APPOINT,
        /** Ends that one is a moderator of the room. */
        RESIGN
    }

    private Permissions() {}

    /**
     * Returns if the action is allowed.
     *
     * @throws CommandRejectedException when it is not, with the reason. To users who may not read the room it says no more than that
     */
    public static void check(Principal who, Action action, RoomState room) throws CommandRejectedException {
        if (!covers(who, room)) {
            throw new CommandRejectedException(ErrorCode.NO_SUCH_ROOM, "There is no such room.");
        }
        if (action != Action.READ && !who.has(Principal.Right.POST)) {
            throw new CommandRejectedException(ErrorCode.READ_ONLY, "You can read here, but not write. Sign in first.");
        }
        checkCreation(who, action, room);
        if (action == Action.CREATE) {
            return; // nobody can be a member yet; the writer checks whether the room exists
        }
        if (!mayRead(who, room)) {
            throw new CommandRejectedException(ErrorCode.NOT_A_MEMBER, "This room is for its members.");
        }
        boolean says =
                action == Action.POST || action == Action.REACT || action == Action.EDIT || action == Action.CALL;
        if (says && room.archived()) {
            throw new CommandRejectedException(ErrorCode.ARCHIVED, "This room is archived: you can read but not post.");
        }
        boolean isEntitled =
                switch (action) {
                    case APPOINT -> owns(who, room);
                    case CALL -> isCaller(who, room) || moderates(who, room);
                    default -> !takesModerator(action, room) || moderates(who, room);
                };
        if (!isPossible(action, room) || !isEntitled) {
            throw new CommandRejectedException(
                    ErrorCode.FORBIDDEN, "Only moderators may do this, or this room does not allow it.");
        }
    }

    /**
     * Whether the user may do what requires a moderator in this room; they need not be able to read it. In a direct
     * conversation, neither of the two may change the messages of the other.
     */
    public static boolean moderates(Principal who, RoomState room) {
        boolean isAppointed = room.moderators().contains(who.id());
        return isAppointed || owns(who, room);
    }

    /** Whether the user may call all users of this room at once, as they can read it. */
    public static boolean mayCall(Principal who, RoomState room) {
        try {
            check(who, Action.CALL, room);
            return true;
        } catch (CommandRejectedException not) {
            return false;
        }
    }

    private static boolean isCaller(Principal who, RoomState room) {
        return switch (room.calls()) {
            case ANYBODY -> true;
            case MEMBERS -> room.access() == Access.PUBLIC ? !who.user().isGuest() : room.isMember(who.id());
            case MODERATORS -> false;
        };
    }

    private static boolean owns(Principal who, RoomState room) {
        boolean made = who.id().equals(room.owner()) && !RoomName.isReserved(room.room());
        return made || who.has(Principal.Right.MODERATE);
    }

    /** Whether this user may read the room, if it exists. */
    public static boolean mayRead(Principal who, RoomState room) {
        boolean open =
                room.access() == Access.PUBLIC && who.rooms().isEmpty(); // almost always, and asked for each frame
        return open || mayRead(who, room.room(), room.access(), room.isMember(who.id()));
    }

    /** The same, of a room known by its name, its access and whether the user is a member. */
    public static boolean mayRead(Principal who, String room, Access access, boolean member) {
        if (RoomName.isInbox(room)) {
            return member || room.equals(RoomName.inboxOf(who.id()));
        }
        boolean isLikeMember = member || (who.rooms().isPresent() && !RoomName.isReserved(room));
        return who.covers(room) && (access == Access.PUBLIC || (isLikeMember && who.has(Principal.Right.POST)));
    }

    /** Whether the room is open for everybody, or this user is a member; what a token of theirs may allow in addition does not count. */
    public static boolean isOpenTo(String userId, RoomState room) {
        return room.access() == Access.PUBLIC || room.isMember(userId);
    }

    /** Whether the room exists for the user: it does not where their token is good for other rooms alone. */
    public static boolean covers(Principal who, RoomState room) {
        return RoomName.isInbox(room.room())
                ? room.isMember(who.id()) || who.rooms().isEmpty()
                : who.covers(room.room());
    }

    /**
     * Checks whether the user may create the room, as any command may be its first. The members of rooms with reserved names are chosen
     * by the server.
     */
    private static void checkCreation(Principal who, Action action, RoomState room) throws CommandRejectedException {
        if (RoomName.isReserved(room.room()) || who.has(Principal.Right.CREATE_ROOMS)) {
            return;
        }
        if (action == Action.CREATE) {
            throw new CommandRejectedException(ErrorCode.FORBIDDEN, "You may not create rooms on this server.");
        }
        if (!room.exists()) {
            throw new CommandRejectedException(ErrorCode.NO_SUCH_ROOM, "There is no such room.");
        }
    }

    private static boolean isPossible(Action action, RoomState room) {
        return switch (action) {
            case POST, REACT, EDIT -> !RoomName.isInbox(room.room());
            case CHANGE_TOPIC, CHANGE_CALLS, CALL, ARCHIVE, APPOINT, RESIGN -> !RoomName.isReserved(room.room());
            case ADD, REMOVE_ONESELF, REMOVE_OTHERS ->
                room.access() == Access.MEMBERS && !RoomName.isReserved(room.room());
            default -> true;
        };
    }

    private static boolean takesModerator(Action action, RoomState room) {
        return switch (action) {
            case CHANGE_TOPIC -> room.access() == Access.MEMBERS || room.archived();
            case ARCHIVE, CHANGE_CALLS, AMEND_OTHERS, REMOVE_OTHERS, RESIGN -> true;
            default -> false;
        };
    }
}
