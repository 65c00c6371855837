package id.warung.session;

import id.warung.identity.Identity;
import id.warung.log.Principal;
import id.warung.log.Principal.Right;
import id.warung.protocol.Role;
import id.warung.protocol.User;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Says which roles and rights an identity has on this server. A right that nothing gives is not there. Immutable.
 *
 * @param names of the roles, as issuers and servers call them
 * @param moderators the ids of users who are moderators, whatever their issuer says
 * @param administrators likewise
 * @param newRooms who may create rooms: those with this role, or a higher one
 * @param guestsWrite whether guests may write
 */
public record Principals(
        Map<Role, String> names,
        Set<String> moderators,
        Set<String> administrators,
        Role newRooms,
        boolean guestsWrite) {
    private static final User NOBODY = new User("", "");

    public Principals {
        names = Map.copyOf(names);
        moderators = Set.copyOf(moderators);
        administrators = Set.copyOf(administrators);
    }

    /** The roles of a user. */
    public Set<Role> rolesOf(Identity identity) {
        String id = identity.user().id();
        if (administrators.contains(id) || has(identity, Role.ADMINISTRATOR)) {
            return EnumSet.of(Role.MEMBER, Role.MODERATOR, Role.ADMINISTRATOR);
        }
        if (moderators.contains(id) || has(identity, Role.MODERATOR)) {
            return EnumSet.of(Role.MEMBER, Role.MODERATOR);
        }
        return EnumSet.of(identity.user().isGuest() ? Role.GUEST : Role.MEMBER);
    }

    private boolean has(Identity identity, Role role) {
        return identity.roles().contains(identity.user().isBackEnd() ? role.wire() : names.get(role));
    }

    /** The user with their rights; null is an anonymous caller, who has those of guests. */
    public Principal of(Identity identity) {
        return identity == null
                ? new Principal(NOBODY, rights(EnumSet.of(Role.GUEST), false))
                : new Principal(
                        identity.user(),
                        rights(rolesOf(identity), identity.user().isBackEnd()),
                        identity.rooms());
    }

    private Set<Right> rights(Set<Role> roles, boolean backEnd) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        boolean writes = guestsWrite || !roles.contains(Role.GUEST);
        if (writes) {
            rights.add(Right.POST);
        }
        if (writes && (backEnd || newRooms == Role.GUEST || roles.contains(newRooms))) {
            rights.add(Right.CREATE_ROOMS);
        }
        if (roles.contains(Role.MODERATOR)) {
            rights.add(Right.MODERATE);
        }
        return rights;
    }
}
