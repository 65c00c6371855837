package id.warung.log;

import id.warung.protocol.RoomName;
import id.warung.protocol.RoomPattern;
import id.warung.protocol.User;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A user with their rights: what they may do beyond reading what is public. Immutable.
 *
 * @param rooms the only rooms that they may enter, in which they are like members; empty: no limit
 */
public record Principal(User user, Set<Right> rights, Optional<List<RoomPattern>> rooms) {
    /** A right on the whole server. */
    public enum Right {
        /** May write, and enter the rooms of which they are members. */
        POST,
        /** May create rooms. */
        CREATE_ROOMS,
        /** Moderates every room. */
        MODERATE
    }

    /** A user for whom every room is open that others may enter. */
    public Principal(User user, Set<Right> rights) {
        this(user, rights, Optional.empty());
    }

    public boolean has(Right right) {
        return rights.contains(right);
    }

    /** The user's id. */
    public String id() {
        return user.id();
    }

    /** Whether notices in this inbox may be about rooms that do not exist for the user. */
    public boolean seesPartOf(String inbox) {
        return rooms.isPresent() && RoomName.isInbox(inbox);
    }

    /** Whether a room of this name exists for the user; their inbox always does. */
    public boolean covers(String room) {
        return rooms.isEmpty() || rooms.get().stream().anyMatch(pattern -> pattern.matches(room));
    }
}
