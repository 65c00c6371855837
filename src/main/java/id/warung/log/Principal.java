package id.warung.log;

import id.warung.protocol.User;
import java.util.Set;

/** A user with their roles: what they may do beyond what everybody may. Immutable. */
public record Principal(User user, Set<Role> roles) {
    /** A role that an administrator's settings give to a user. */
    public enum Role {
        /** Moderator of every room. */
        MODERATOR,
        /** May create rooms. */
        ROOM_CREATOR
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** The user's id. */
    public String id() {
        return user.id();
    }
}
