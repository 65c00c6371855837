package id.warung.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The query of a URL. Parsed here, as UTF-8, because not every server does that by itself. Immutable. */
final class Query {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> values = new HashMap<>();
    private final Set<String> repeated = new HashSet<>();

    /** Parses a query as it was sent; null: none. */
    Query(String raw) {
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                repeated.add(name);
            }
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadQueryException("Two hexadecimal digits must follow a percent sign.");
        }
    }

    /** The same query; refuses parameters with other names than these, which would have no effect. */
    Query only(String... names) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(List.of(names));
        if (!unknown.isEmpty()) {
            throw new BadQueryException(
                    "There is no parameter " + unknown.iterator().next() + " here"
                            + (names.length == 0 ? "." : ", only " + String.join(", ", names) + "."));
        }
        return this;
    }

    /** The value of a parameter; null when it is missing. Refuses a parameter that is given twice. */
    String text(String name) {
        if (repeated.contains(name)) {
            throw new BadQueryException(name + " is given twice.");
        }
        return values.get(name);
    }

    long number(String name, long byDefault) {
        String value = text(name);
        if (value == null) {
            return byDefault;
        }
        if (!NUMBER.matcher(value).matches()) {
            throw new BadQueryException(name + " must be a whole number.");
        }
        return Long.parseLong(value);
    }

    int limit(int byDefault, int most) {
        long limit = number("limit", byDefault);
        if (limit < 1 || limit > most) {
            throw new BadQueryException("limit must be a whole number from 1 to " + most + ".");
        }
        return (int) limit;
    }
}
