package id.warung.log;

import id.warung.protocol.User;
import java.util.Set;

/** Who wants something done, or wants to read, and what they may beyond what everybody may. Immutable. */
public record Principal(User user, Set<Role> roles) {
    /** What an administrator's settings make of a user. */
    public enum Role {
        /** May do in any room what its moderator may. */
        MODERATOR,
        /** May bring a room into being. */
        ROOM_MAKER
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** The user's id. */
    public String id() {
        return user.id();
    }
}
