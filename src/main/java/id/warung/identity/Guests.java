package id.warung.identity;

import id.warung.identity.NamesInUse.Claim;
import id.warung.protocol.Command;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;

/** Signs guests in: everybody may use any name that is free. Thread-safe, never blocks. */
public final class Guests {
    /**
     * A signed-in user, who is online until their claim is released.
     *
     * @param token signs them in again later
     * @param news whether their name differs from the last known one
     */
    public record SignedIn(Claim claim, String token, boolean news) {}

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private final GuestTokens tokens;
    private final NamesInUse names;
    private final SecureRandom random = new SecureRandom();

    /** Creates the sign-in; no guest ever gets the name of one of {@code reserved}. */
    public Guests(GuestTokens tokens, Collection<User> reserved) {
        this.tokens = tokens;
        this.names = new NamesInUse(reserved);
    }

    /**
     * Signs in a new or known user. A name sent with a token becomes the user's name. Without a name, the user keeps
     * their current or last known name; the name in the token counts only if the directory does not know the user.
     *
     * @param known the token's user as the directory knows them; null when it does not, or when there is no token
     * @param renamed called when the user has another name
     * @throws CommandRejectedException when the token is invalid
     */
    public SignedIn signIn(Command.Hello hello, User known, Runnable renamed) throws CommandRejectedException {
        if (hello.token() == null) {
            Claim claim = names.claim(new User("u-" + random(12), hello.name()), renamed);
            return new SignedIn(claim, tokens.issue(claim.user()), false);
        }
        User holder = known == null ? verify(hello.token()) : known;
        Claim claim = hello.name() == null
                ? names.claim(fit(holder), renamed)
                : names.rename(new User(holder.id(), hello.name()), renamed);
        return new SignedIn(claim, tokens.issue(claim.user()), !claim.user().equals(holder));
    }

    /**
     * The user of a token, with the name they had when it was issued.
     *
     * @throws CommandRejectedException when the token is invalid
     */
    public User verify(String token) throws CommandRejectedException {
        return tokens.verify(token)
                .orElseThrow(() ->
                        new CommandRejectedException(ErrorCode.BAD_TOKEN, "The token is invalid or has expired."));
    }

    /** Signs in a guest with a generated name, for clients that cannot send one. */
    public Claim signInNameless() {
        return names.claim(new User("u-" + random(12), nameless()), () -> {});
    }

    /** Claims the name of a known user who acts without a session, until the claim is released. */
    public Claim claim(User known) {
        return names.claim(fit(known), () -> {});
    }

    /** The online user with this id, or null. */
    public User find(String id) {
        return names.find(id);
    }

    /** At most {@code limit} online users whose names start with the prefix, by name. */
    public List<User> startingWith(String prefix, int limit) {
        return names.startingWith(prefix, limit);
    }

    /** Makes a name legal that {@code hello} would reject: a long one is shortened, an illegal one is replaced. */
    private User fit(User user) {
        try {
            return new User(user.id(), Syntax.name(Syntax.shortened(user.name())));
        } catch (CommandRejectedException noName) {
            return new User(user.id(), nameless());
        }
    }

    private String nameless() {
        return "guest-" + random(4);
    }

    private String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
