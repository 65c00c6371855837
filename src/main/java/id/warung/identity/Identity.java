package id.warung.identity;

import id.warung.protocol.RoomPattern;
import id.warung.protocol.Sha256;
import id.warung.protocol.User;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who somebody is, for how long, and in which rooms. Immutable.
 *
 * @param roles as the issuer calls them; those that Warung does not know have no effect
 * @param rooms the only rooms for which the identity is good, within which the user is like a member; empty: no limit
 * @param issuedAt when their token was given out; the beginning of time when it does not say so
 * @param expiresAt when the identity is no longer good; null: never by itself
 * @param signIn which sign-in of the user this is: the same in all tokens that followed from it
 */
public record Identity(
        User user,
        Set<String> roles,
        Optional<List<RoomPattern>> rooms,
        Instant issuedAt,
        Instant expiresAt,
        String signIn) {
    private static final int ID_CHARS = 26;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    public Identity {
        roles = Set.copyOf(roles);
        rooms = rooms.map(List::copyOf);
    }

    /** A guest: all that they have is their id, so they have one sign-in, wherever it is used. */
    public static Identity ofGuest(User user, Instant issuedAt) {
        return new Identity(user, Set.of(), Optional.empty(), issuedAt, null, user.id());
    }

    /** The same under another name. */
    public Identity named(User user) {
        return new Identity(user, roles, rooms, issuedAt, expiresAt, signIn);
    }

    /** The id of an issuer's user; the same pair always gives the same id, and no two issuers share one. */
    public static String idOf(String issuer, String subject) {
        return User.SIGNED_IN
                + base32(Sha256.of(List.of(
                        issuer.getBytes(StandardCharsets.UTF_8),
                        new byte[1],
                        subject.getBytes(StandardCharsets.UTF_8))));
    }

    /** A name for a sign-in that does not tell the token. */
    static String signInOf(String secret) {
        return base32(Sha256.of(secret));
    }

    private static String base32(byte[] hash) {
        StringBuilder id = new StringBuilder(ID_CHARS);
        for (int bit = 0; bit < ID_CHARS * 5; bit += 5) {
            int both = (hash[bit / 8] & 0xFF) << 8 | (hash[bit / 8 + 1] & 0xFF);
            id.append(BASE32.charAt(both >> (11 - bit % 8) & 0x1F));
        }
        return id.toString();
    }
}
