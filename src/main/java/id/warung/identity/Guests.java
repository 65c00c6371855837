package id.warung.identity;

import id.warung.identity.NamesInUse.Claim;
import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Gives everybody who comes in a name and, if they are a guest, a token to come back with. Thread-safe, never blocks. */
public final class Guests {
    /**
     * A signed-in user, who is online until their claim is released.
     *
     * @param token signs a guest in again later; null for others
     * @param news whether their name differs from the last known one
     */
    public record SignedIn(Claim claim, String token, boolean news) {}

    private static final String ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz";

    private final WarungTokens tokens;
    private final NamesInUse names;
    private final SecureRandom random = new SecureRandom();

    /** Creates the sign-in; no guest ever gets the name of one of {@code reserved}. */
    public Guests(WarungTokens tokens, Collection<User> reserved) {
        this.tokens = tokens;
        this.names = new NamesInUse(reserved);
    }

    /**
     * The keys of all names of which a guest would get one: which of them belong to people who have signed in must be known first.
     *
     * @param wanted the name sent by the guest; null: none
     * @param known the guest as the directory knows them; null: it does not
     */
    public static Set<String> keysOfChoices(String wanted, User known) {
        String name = wanted == null && known != null ? known.name() : wanted;
        return name == null
                ? Set.of()
                : NamesInUse.keysOfChoices(fit(known == null ? new User("", name) : new User(known.id(), name), name)
                        .name());
    }

    /** The names of which a guest would get one, the first one preferred; for the parameters see {@link #keysOfChoices}. */
    public static List<String> choices(String wanted, User known) {
        String name = wanted == null && known != null ? known.name() : wanted;
        return name == null
                ? List.of()
                : NamesInUse.choices(fit(new User("", name), name).name());
    }

    /** An id that nobody has. */
    public String newId() {
        return User.GUEST + random(12);
    }

    /**
     * Signs in a new guest, or one who comes back. A name sent with a token becomes the guest's name. Without a name, they keep their
     * current or last known name; the name in the token counts only if the directory does not know them.
     *
     * @param holder the guest of a token; null: a new one
     * @param wanted a name; null: none
     * @param known the token's guest as the directory knows them; null when it does not, or when there is no token
     * @param taken those of {@link #keysOfChoices} that are not free
     * @param now when they said hello: a sign-out after that ends this token too
     * @param renamed called when the user has another name
     */
    public SignedIn signIn(User holder, String wanted, User known, Set<String> taken, Instant now, Runnable renamed) {
        if (holder == null) {
            return signInNew(newId(), wanted, taken, now, renamed);
        }
        User before = known == null ? holder : known;
        Claim claim = wanted == null
                ? names.claim(fit(before), taken, renamed)
                : names.rename(new User(before.id(), wanted), taken, renamed);
        return new SignedIn(
                claim, tokens.ofGuest(claim.user(), now), !claim.user().equals(before));
    }

    /** Signs in a new guest with this id; for the other parameters see {@link #signIn}. */
    public SignedIn signInNew(String id, String wanted, Set<String> taken, Instant now, Runnable renamed) {
        Claim claim = names.claim(new User(id, wanted), taken, renamed);
        return new SignedIn(claim, tokens.ofGuest(claim.user(), now), false);
    }

    /** Signs in somebody for whom others vouch, under the name that they say; {@code known} as the directory knows them, or null. */
    public SignedIn signInVouched(User person, User known, Runnable renamed) {
        Claim claim = person.isSignedIn()
                ? names.claimVouched(person, renamed)
                : names.claim(person, Set.of(), renamed); // a back end
        return new SignedIn(claim, null, person.isSignedIn() && !person.equals(known));
    }

    /** Signs in a guest with a generated name, for clients that cannot send one. */
    public Claim signInNameless() {
        return names.claim(new User(newId(), nameless()), Set.of(), () -> {});
    }

    /** Claims the name of a known user who acts without a session, until the claim is released; {@code taken} as for {@link #signIn}. */
    public Claim claim(User known, Set<String> taken) {
        return known.isSignedIn() ? names.claimVouched(known, () -> {}) : names.claim(fit(known), taken, () -> {});
    }

    /** Gives a guest who is online another name, or the nearest one whose keys are not {@code taken}; nothing if they are not online. */
    public void rename(User wanted, Set<String> taken) {
        if (names.find(wanted.id()) != null) {
            names.rename(wanted, taken, () -> {}).release();
        }
    }

    /** A user has another name, which is theirs: their sessions here get it. Nothing if they are not online. */
    public void follow(User renamed) {
        User here = names.find(renamed.id());
        if (here == null || here.equals(renamed)) {
            return;
        }
        (renamed.isSignedIn() ? names.claimVouched(renamed, () -> {}) : names.rename(renamed, Set.of(), () -> {}))
                .release();
    }

    /** All who are online, with their names; a copy. */
    public Collection<User> online() {
        return names.online();
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
        return fit(user, nameless());
    }

    private static User fit(User user, String otherwise) {
        try {
            return new User(user.id(), Syntax.name(Syntax.shortened(user.name())));
        } catch (CommandRejectedException noName) {
            return new User(user.id(), otherwise);
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
