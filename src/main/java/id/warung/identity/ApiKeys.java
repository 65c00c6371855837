package id.warung.identity;

import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.Sha256;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The API keys of back ends that may post: each has a name, under which its messages appear, and a secret. Immutable. */
public final class ApiKeys {
    private static final String PREFIX = "b-"; // guests have u-
    private static final int LEAST_CHARS = 16;

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time
    private record Key(byte[] hash, User user) {}

    private final List<Key> keys = new ArrayList<>();

    /**
     * Checks and stores the keys.
     *
     * @param secrets by name
     * @throws IllegalArgumentException with a sentence for the administrator, which contains no secret
     */
    public ApiKeys(Map<String, String> secrets) {
        secrets.forEach((name, secret) -> keys.add(new Key(Sha256.of(checked(name, secret)), user(name))));
    }

    private static String checked(String name, String secret) {
        if (secret.length() < LEAST_CHARS || !secret.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("The key of \"" + name + "\" needs at least " + LEAST_CHARS
                    + " printable ASCII characters without spaces.");
        }
        return secret;
    }

    /** The user of a name: the same name always gives the same user. */
    private static User user(String name) {
        try {
            String id = HexFormat.of().formatHex(Sha256.of(name), 0, 6);
            return new User(PREFIX + id, Syntax.name(name));
        } catch (CommandRejectedException refused) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not a valid name. " + refused.getMessage(), refused);
        }
    }

    /** All users with a key. */
    public List<User> users() {
        return keys.stream().map(Key::user).toList();
    }

    /** Whether this user is a back end, with a key given by an administrator. */
    public static boolean isBackEnd(User user) {
        return user.id().startsWith(PREFIX);
    }

    /** The user with this secret, or null. Takes the same time for every wrong secret. */
    User find(String secret) {
        byte[] hash = Sha256.of(secret);
        User found = null;
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.hash(), hash)) {
                found = key.user();
            }
        }
        return found;
    }
}
