package id.warung.protocol;

import jakarta.json.stream.JsonParser;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The fields of one flat JSON object, taken one by one, so that what nobody asked for can be refused. Not thread-safe. */
final class Fields {
    private static final int MAX_FIELDS = 16;
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private record Digits(String text) {}

    private enum Other {
        TRUE,
        FALSE,
        NULL
    }

    private final Map<String, Object> values = new HashMap<>(8);
    private String id;

    /** Reads the value behind the key the parser stands at. */
    void read(JsonParser parser) throws Refused {
        String key = parser.getString();
        Object value =
                switch (parser.next()) {
                    case VALUE_STRING -> parser.getString();
                    case VALUE_NUMBER -> new Digits(parser.getString());
                    case VALUE_TRUE -> Other.TRUE;
                    case VALUE_FALSE -> Other.FALSE;
                    case VALUE_NULL -> Other.NULL;
                    default -> throw new Refused(ErrorCode.BAD_JSON, "A command has no values within values.");
                };
        if (values.size() == MAX_FIELDS) {
            throw new Refused(ErrorCode.BAD_COMMAND, "The command has too many fields.");
        }
        if (values.put(key, value) != null) {
            throw new Refused(ErrorCode.BAD_JSON, "A key stands there twice.");
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** The command's type, or the empty string, which is none. */
    String type() {
        return values.remove("type") instanceof String type ? type : "";
    }

    String text(String key) throws Refused {
        if (take(key) instanceof String text) {
            return text;
        }
        throw new Refused(ErrorCode.BAD_COMMAND, "The command needs \"" + key + "\", a string.");
    }

    String optionalText(String key) throws Refused {
        return has(key) ? text(key) : null;
    }

    /** A whole number written as such: neither 1.0 nor 1e2. */
    long integer(String key, long least, long most) throws Refused {
        if (take(key) instanceof Digits digits && INTEGER.matcher(digits.text()).matches()) {
            long value = Long.parseLong(digits.text());
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new Refused(ErrorCode.BAD_COMMAND, "The command needs \"" + key + "\", a whole number in range.");
    }

    void refuseTheRest() throws Refused {
        if (!values.isEmpty()) {
            throw new Refused(ErrorCode.BAD_COMMAND, "The command has a field that it does not know.");
        }
    }

    /** The command's id for an error reply, if there was a legal one. */
    String id() {
        Object value = id == null ? values.get("id") : id;
        try {
            return value instanceof String text ? Syntax.id(text) : null;
        } catch (Refused notAnId) {
            return null;
        }
    }

    private Object take(String key) {
        Object value = values.remove(key);
        if (key.equals("id") && value instanceof String text) {
            id = text;
        }
        return value;
    }
}
