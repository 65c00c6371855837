package id.warung.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The query of a URL. Parsed here, as UTF-8, because not every server does that by itself. Immutable. */
final class Query {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> values = new HashMap<>();

    /** Parses a query as it was sent (null: none); of repeated names the first counts. */
    Query(String raw) {
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            values.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadQueryException("Two hexadecimal digits must follow a percent sign.");
        }
    }

    /** The value of a parameter; null when it is missing. */
    String text(String name) {
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
