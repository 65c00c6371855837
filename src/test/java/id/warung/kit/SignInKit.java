package id.warung.kit;

import id.warung.identity.ApiKeys;
import id.warung.identity.Authenticator;
import id.warung.identity.WarungTokens;
import id.warung.log.Accounts;
import id.warung.protocol.Role;
import id.warung.protocol.User;
import id.warung.session.Authentication;
import id.warung.session.Principals;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Signing in for tests without a server: a directory of names, no sign-in of which has ended. Static. */
public final class SignInKit {
    public static final Map<Role, String> NAMES = Map.of(
            Role.GUEST, "guest",
            Role.MEMBER, "member",
            Role.MODERATOR, "moderator",
            Role.ADMINISTRATOR, "administrator");

    private SignInKit() {}

    /** {@code names} gives the user with an id, or null. */
    public static Authentication authentication(
            WarungTokens tokens, Map<String, String> keys, Function<String, User> names, Executor blocking) {
        Accounts accounts = new Accounts() {
            @Override
            public Account account(String id) {
                User user = names.apply(id);
                return user == null ? null : new Account(user, 0, Set.of());
            }

            @Override
            public Set<String> takenKeys(Collection<String> asked) {
                return Set.of();
            }
        };
        return new Authentication(new Authenticator(tokens, new ApiKeys(keys), List.of(), true), accounts, blocking);
    }

    /** Guests may write, and create rooms unless only moderators may. */
    public static Principals principals(Set<String> moderators, boolean onlyModeratorsCreateRooms) {
        return new Principals(
                NAMES, moderators, Set.of(), onlyModeratorsCreateRooms ? Role.MODERATOR : Role.GUEST, true);
    }
}
