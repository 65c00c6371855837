package id.warung.identity;

import id.warung.protocol.CommandRejectedException;
import id.warung.protocol.RoomPattern;
import id.warung.protocol.Sha256;
import id.warung.protocol.Syntax;
import id.warung.protocol.User;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The API keys of back ends that may post: each has a name, under which its messages appear, and a secret; behind the
 * secret may stand what it is good for, as in {@code SECRET;rooms=builds-*|alarms;role=member;posts=100}. Immutable.
 */
public final class ApiKeys {
    private static final int LEAST_CHARS = 16;
    private static final Pattern ATTRIBUTES = Pattern.compile("(?<secret>.*?)(?<attributes>(;[a-z]+=[^;]*)*)");
    private static final Pattern RATE = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Set<String> ROLES = Set.of("member", "moderator", "administrator");

    @SuppressWarnings("ArrayRecordComponent") // compared in constant time
    private record Key(byte[] hash, Identity identity) {}

    private final List<Key> keys = new ArrayList<>();
    private final Map<String, Integer> postsPerSecond = new HashMap<>();

    /**
     * Checks and stores the keys.
     *
     * @param secrets by name, with what they are good for
     * @throws IllegalArgumentException with a sentence for the administrator, which contains no secret
     */
    public ApiKeys(Map<String, String> secrets) {
        secrets.forEach((name, value) -> {
            Matcher parts = ATTRIBUTES.matcher(value);
            boolean unused = parts.matches();
            byte[] hash = Sha256.of(checked(name, parts.group("secret")));
            keys.add(new Key(hash, identity(user(name), parts.group("attributes"))));
        });
    }

    private Identity identity(User user, String attributes) {
        String role = "member";
        Optional<List<RoomPattern>> rooms = Optional.empty();
        for (String attribute :
                attributes.isEmpty() ? new String[0] : attributes.substring(1).split(";", -1)) {
            String value = attribute.substring(attribute.indexOf('=') + 1);
            if (attribute.startsWith("role=") && ROLES.contains(value)) {
                role = value;
            } else if (attribute.startsWith("rooms=")) {
                rooms = Optional.of(
                        Stream.of(value.split("\\|", -1)).map(RoomPattern::of).toList());
            } else if (attribute.startsWith("posts=") && RATE.matcher(value).matches()) {
                postsPerSecond.put(user.id(), Integer.valueOf(value));
            } else {
                throw new IllegalArgumentException("The key of \"" + user.name() + "\" has something behind it that"
                        + " is not rooms=PATTERN|PATTERN, role=member, role=moderator or role=administrator, or posts=NUMBER,"
                        + " which must be how many each second.");
            }
        }
        return new Identity(user, Set.of(role), rooms, Instant.EPOCH, null, user.id());
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
            return new User(User.BACK_END + id, Syntax.name(name));
        } catch (CommandRejectedException refused) {
            throw new IllegalArgumentException(
                    "\"" + name + "\" is not a valid name. " + refused.getMessage(), refused);
        }
    }

    /** How many posts a back end may send each second, by user id; no entry: any number. */
    public Map<String, Integer> postsPerSecond() {
        return Map.copyOf(postsPerSecond);
    }

    /** All users with a key. */
    public List<User> users() {
        return keys.stream().map(key -> key.identity().user()).toList();
    }

    /** The back end with this secret, or null. Takes the same time for every wrong secret. */
    Identity find(String secret) {
        byte[] hash = Sha256.of(secret);
        Identity found = null;
        for (Key key : keys) {
            if (MessageDigest.isEqual(key.hash(), hash)) {
                found = key.identity();
            }
        }
        return found;
    }
}
