package id.warung.app;

import id.warung.identity.OriginPolicy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings that are lists with commas. What stands in them is checked item by item: each is what it should be, or the start ends
 * with an IllegalArgumentException that is a sentence for the administrator.
 */
final class SettingLists {
    /** A letter that says who made it ({@code u-} a guest, {@code b-} a back end), and what only that one has. */
    private static final Pattern USER_ID = Pattern.compile("[a-z]-[a-z0-9-]{1,26}");

    private SettingLists() {}

    /** The items in their order, without blanks around them; null is the empty list, and an empty item is none. */
    static List<String> list(String value) {
        return value == null
                ? List.of()
                : Stream.of(value.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }

    static Set<String> origins(String setting, String value) {
        Set<String> origins = new LinkedHashSet<>();
        for (String item : list(value)) {
            try {
                origins.add(OriginPolicy.origin(item));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("The setting " + setting + " is invalid. " + e.getMessage(), e);
            }
        }
        return Set.copyOf(origins);
    }

    static Set<String> userIds(String setting, String value) {
        for (String item : list(value)) {
            if (!USER_ID.matcher(item).matches()) {
                throw new IllegalArgumentException("The setting " + setting + " has \"" + item
                        + "\", but must be a list of user ids such as u-8x1c2k4mn5pq. Look up a user's id with"
                        + " GET /api/people?q=NAME.");
            }
        }
        return Set.copyOf(list(value));
    }

    /** By name, a list such as {@code Builds=SECRET, Alarms=SECRET}. What is said about a mistake names no secret. */
    static Map<String, String> secrets(String value) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String item : list(value)) {
            int equals = item.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("It must be a list such as Builds=SECRET, Alarms=SECRET.");
            }
            String name = item.substring(0, equals).strip();
            String secret = item.substring(equals + 1).strip();
            if (secrets.containsValue(secret)) {
                throw new IllegalArgumentException(
                        "The key of \"" + name + "\" is used twice; give each name its own key.");
            }
            if (secrets.put(name, secret) != null) {
                throw new IllegalArgumentException("\"" + name + "\" has two keys; give it only one.");
            }
        }
        return secrets;
    }
}
