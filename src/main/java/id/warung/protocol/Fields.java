package id.warung.protocol;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The fields of one JSON object, flat but for lists of strings, taken one by one, so that what nobody asked for can be refused. Not thread-safe. */
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
                    case START_ARRAY -> strings(key, parser);
                    default -> throw nested();
                };
        if (values.size() == MAX_FIELDS) {
            throw new Refused(ErrorCode.BAD_COMMAND, "The command has too many fields.");
        }
        if (values.put(key, value) != null) {
            throw new Refused(ErrorCode.BAD_JSON, "A key stands there twice.");
        }
    }

    private static List<String> strings(String key, JsonParser parser) throws Refused {
        if (!key.equals("mentions")) {
            throw nested();
        }
        List<String> strings = new ArrayList<>();
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (event != Event.VALUE_STRING) {
                throw nested();
            }
            if (strings.size() <= Limits.MAX_MENTIONS) { // one too many is enough to refuse them
                strings.add(parser.getString());
            }
        }
        return strings;
    }

    private static Refused nested() {
        return new Refused(ErrorCode.BAD_JSON, "A command has no values within values.");
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

    /** The strings of a list; none when it is not given. */
    List<String> texts(String key) throws Refused {
        if (!has(key)) {
            return List.of();
        }
        if (take(key) instanceof List<?> list) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new Refused(ErrorCode.BAD_COMMAND, "The command needs \"" + key + "\", a list of strings.");
    }

    /** Null when it is not given. */
    Boolean optionalTruth(String key) throws Refused {
        if (!has(key)) {
            return null;
        }
        Object value = take(key);
        if (value == Other.TRUE || value == Other.FALSE) {
            return value == Other.TRUE;
        }
        throw new Refused(ErrorCode.BAD_COMMAND, "The command needs \"" + key + "\", true or false.");
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
