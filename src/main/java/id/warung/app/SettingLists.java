package id.warung.app;

import id.warung.identity.HostPolicy;
import id.warung.identity.Identity;
import id.warung.identity.OriginPolicy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Settings that are comma-separated lists. Every item is checked: if one is invalid, the start fails with an
 * IllegalArgumentException whose message is a sentence for the administrator.
 */
final class SettingLists {
    /** A letter that names the issuer ({@code u-} for guests, {@code b-} for back ends), then the issuer's own part. */
    private static final Pattern USER_ID = Pattern.compile("[a-z]-[a-z0-9-]{1,26}");

    private SettingLists() {}

    /** The items in order, without surrounding spaces; null is the empty list, and empty items are skipped. */
    static List<String> list(String value) {
        return value == null
                ? List.of()
                : Stream.of(value.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .toList();
    }

    static Set<String> origins(String setting, String value) {
        return each(setting, value, OriginPolicy::origin);
    }

    static Set<String> hosts(String setting, String value) {
        return each(setting, value, HostPolicy::host);
    }

    private static Set<String> each(String setting, String value, UnaryOperator<String> checked) {
        Set<String> items = new LinkedHashSet<>();
        for (String item : list(value)) {
            try {
                items.add(checked.apply(item));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("The setting " + setting + " is invalid. " + e.getMessage(), e);
            }
        }
        return Set.copyOf(items);
    }

    /** Ids of users; those of people who sign in may also be given as {@code issuer#sub}. */
    static Set<String> userIds(String setting, String value) {
        Set<String> ids = new LinkedHashSet<>();
        for (String item : list(value)) {
            int hash = item.lastIndexOf('#');
            if (hash > 0 && hash < item.length() - 1) {
                ids.add(Identity.idOf(item.substring(0, hash), item.substring(hash + 1)));
            } else if (USER_ID.matcher(item).matches()) {
                ids.add(item);
            } else {
                throw new IllegalArgumentException("The setting " + setting + " has \"" + item
                        + "\", but must be a list of user ids such as u-8x1c2k4mn5pq, or of people who sign in as"
                        + " issuer#sub. Look up a user's id with GET /api/people?q=NAME.");
            }
        }
        return Set.copyOf(ids);
    }

    /** Secrets by name, from a list such as {@code Builds=SECRET, Alarms=SECRET}. Error messages contain no secret. */
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
