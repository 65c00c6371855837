package id.warung.identity;

import id.warung.protocol.Command;
import id.warung.protocol.ErrorCode;
import id.warung.protocol.Refused;
import id.warung.protocol.User;
import java.security.SecureRandom;

/** Signs guests in: anybody may be anybody who is not here. Thread-safe, never blocks. */
public final class Guests {
    /** A user who is here until {@link Guests#signOut}, and the token that brings him back. */
    public record SignedIn(User user, String token) {}

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private final GuestTokens tokens;
    private final NamesInUse names = new NamesInUse();
    private final SecureRandom random = new SecureRandom();

    public Guests(GuestTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * Signs somebody in, new or known.
     *
     * @throws Refused when the token is not one of ours
     */
    public SignedIn signIn(Command.Hello hello) throws Refused {
        User wanted;
        if (hello.token() == null) {
            wanted = new User("u-" + random(12), hello.name());
        } else {
            User known = tokens.verify(hello.token())
                    .orElseThrow(() -> new Refused(ErrorCode.BAD_TOKEN, "The token is not, or no longer, good."));
            wanted = hello.name() == null ? known : new User(known.id(), hello.name());
        }
        User user = names.claim(wanted);
        return new SignedIn(user, tokens.issue(user));
    }

    /** A guest with a made-up name, for clients that cannot say who they are. */
    public User signInNameless() {
        return names.claim(new User("u-" + random(12), "guest-" + random(4)));
    }

    /** Somebody who is here, by his id; or null. */
    public User find(String id) {
        return names.find(id);
    }

    public void signOut(User user) {
        names.release(user);
    }

    private String random(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
