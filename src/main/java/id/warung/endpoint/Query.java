package id.warung.endpoint;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What stands behind the question mark. Read here and as UTF-8, for not every server does so by itself. Immutable. */
final class Query {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Map<String, String> values = new HashMap<>();

    /** It cannot be read; with a sentence for the client. */
    static final class Bad extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Bad(String sentence) {
            super(sentence);
        }
    }

    /** Of what is named twice the first counts. {@code raw} is as it was sent; null: there is none. */
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
            throw new Bad("Two hexadecimal digits must follow a percent sign.");
        }
    }

    /** Null when it is not there. */
    String text(String name) {
        return values.get(name);
    }

    long number(String name, long byDefault) {
        String value = text(name);
        if (value == null) {
            return byDefault;
        }
        if (!NUMBER.matcher(value).matches()) {
            throw new Bad(name + " must be a whole number.");
        }
        return Long.parseLong(value);
    }

    int limit(int byDefault, int most) {
        long limit = number("limit", byDefault);
        if (limit < 1 || limit > most) {
            throw new Bad("limit must be a whole number from 1 to " + most + ".");
        }
        return (int) limit;
    }
}
