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
        POST,
        EDIT,
        DELETE,
        /** Edits or deletes a message of another user; checked in addition. */
        AMEND_OTHERS,
        CREATE,
        CHANGE_TOPIC,
        ARCHIVE,
        ADD,
        /** Leaves the members. */
        REMOVE_ONESELF,
        REMOVE_OTHERS
    }

    private Permissions() {}

    /**
     * Returns if the action is allowed.
     *
     * @throws CommandRejectedException when it is not, with the reason. To users who may not read the room it says no more than that
     */
    public static void check(Principal who, Action action, RoomState room) throws CommandRejectedException {
        checkCreation(who, action, room);
        if (action == Action.CREATE) {
            return; // nobody can be a member yet; the writer checks whether the room exists
        }
        if (!mayRead(who.id(), room)) {
            throw new CommandRejectedException(ErrorCode.NOT_A_MEMBER, "This room is for its members.");
        }
        boolean says = action == Action.POST || action == Action.EDIT;
        if (says && room.archived()) {
            throw new CommandRejectedException(ErrorCode.ARCHIVED, "This room is archived: you can read but not post.");
        }
        if (!isPossible(action, room) || (takesModerator(action, room) && !moderates(who, room))) {
            throw new CommandRejectedException(
                    ErrorCode.FORBIDDEN, "Only moderators may do this, or this room does not allow it.");
        }
    }

    /**
     * Whether the user may do what requires a moderator in this room; they need not be able to read it. In a direct
     * conversation, neither of the two may change the messages of the other.
     */
    public static boolean moderates(Principal who, RoomState room) {
        boolean owns = who.id().equals(room.owner()) && !RoomName.isReserved(room.room());
        return owns || who.has(Principal.Role.MODERATOR);
    }

    /** Whether this user may read the room, if it exists. */
    public static boolean mayRead(String userId, RoomState room) {
        return room.access() == Access.PUBLIC || room.isMember(userId);
    }

    /**
     * Checks whether the user may create the room, as any command may be its first. The members of rooms with reserved names are chosen
     * by the server.
     */
    private static void checkCreation(Principal who, Action action, RoomState room) throws CommandRejectedException {
        if (RoomName.isReserved(room.room()) || who.has(Principal.Role.ROOM_CREATOR)) {
            return;
        }
        if (action == Action.CREATE) {
            throw new CommandRejectedException(ErrorCode.FORBIDDEN, "Only moderators may create rooms on this server.");
        }
        if (!room.exists()) {
            throw new CommandRejectedException(ErrorCode.NO_SUCH_ROOM, "There is no such room.");
        }
    }

    private static boolean isPossible(Action action, RoomState room) {
        return switch (action) {
            case POST, EDIT -> !RoomName.isInbox(room.room());
            case CHANGE_TOPIC, ARCHIVE -> !RoomName.isReserved(room.room());
            case ADD, REMOVE_ONESELF, REMOVE_OTHERS ->
                room.access() == Access.MEMBERS && !RoomName.isReserved(room.room());
            default -> true;
        };
    }

    private static boolean takesModerator(Action action, RoomState room) {
        return switch (action) {
            case CHANGE_TOPIC -> room.access() == Access.MEMBERS || room.archived();
            case ARCHIVE, AMEND_OTHERS, REMOVE_OTHERS -> true;
            default -> false;
        };
    }
}
