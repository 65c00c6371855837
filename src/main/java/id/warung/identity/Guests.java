package id.warung.identity;

import id.warung.identity.NamesInUse.Claim;
import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;

/** Signs guests in: anybody may be anybody who is not here. Thread-safe, never blocks. */
public final class Guests {
    /**
     * A user who is here until their claim is released.
     *
     * @param token brings them back
     * @param news whether they are called otherwise than was known
     */
    public record SignedIn(Claim claim, String token, boolean news) {}

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private final GuestTokens tokens;
    private final NamesInUse names;
    private final SecureRandom random = new SecureRandom();

    /** No guest is ever called as one of {@code reserved}. */
    public Guests(GuestTokens tokens, Collection<User> reserved) {
        this.tokens = tokens;
        this.names = new NamesInUse(reserved);
    }

    /**
     * Signs somebody in, new or known. The name beside a token is their name from now on. Without one they have the name that they have
     * now, or were known by last; the one in the token counts only where nobody has heard of them.
     *
     * @param known the user of the token as the directory has them; null when it has not, or there is no token
     * @param renamed told when they have another name
     * @throws Refused when the token is not one of ours
     */
    public SignedIn signIn(Command.Hello hello, User known, Runnable renamed) throws Refused {
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
     * Whose token it is, under the name that was theirs when it was made.
     *
     * @throws Refused when the token is not one of ours
     */
    public User verify(String token) throws Refused {
        return tokens.verify(token)
                .orElseThrow(() -> new Refused(ErrorCode.BAD_TOKEN, "The token is invalid or has expired."));
    }

    /** A guest with a made-up name, for clients that cannot say who they are. */
    public Claim signInNameless() {
        return names.claim(new User("u-" + random(12), nameless()), () -> {});
    }

    /** Somebody known who speaks without a session: for as long as that takes, the name is theirs. */
    public Claim claim(User known) {
        return names.claim(fit(known), () -> {});
    }

    /** Somebody who is here, by their id; or null. */
    public User find(String id) {
        return names.find(id);
    }

    /** At most {@code limit} of those who are here and whose names begin so, by name. */
    public List<User> startingWith(String prefix, int limit) {
        return names.startingWith(prefix, limit);
    }

    /** Names were given that {@code hello} would not take: what is too long is cut, and what is none is another. */
    private User fit(User user) {
        try {
            return new User(user.id(), Syntax.name(Syntax.shortened(user.name())));
        } catch (Refused noName) {
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
