package id.warung.protocol;

import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The fields of one JSON object without nesting except lists of strings, taken one by one to find unknown ones. Not thread-safe. */
public final class Fields {
    private static final int MAX_FIELDS = 16;
    private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final Pattern INTEGER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private record Digits(String text) {}

    private enum Other {
        TRUE,
        FALSE,
        NULL,
        /** A list with values that are not strings. */
        MIXED_LIST
    }

    private final Map<String, Object> values = new HashMap<>(8);
    private final int maxTextChars;
    // as they were given, for the error reply
    private Object type;
    private Object room;
    private Object id;

    Fields(int maxTextChars) {
        this.maxTextChars = maxTextChars;
    }

    /** Reads the value of the key at which the parser stands. */
    void read(JsonParser parser) throws CommandRejectedException {
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
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "The command has too many fields.");
        }
        if (values.put(key, value) != null) {
            throw new CommandRejectedException(ErrorCode.BAD_JSON, "Duplicate key.");
        }
    }

    /** Adds a string; false when there are too many fields, or one of this key. */
    boolean put(String key, String value) {
        return values.size() < MAX_FIELDS && values.put(key, value) == null;
    }

    /** The same for a boolean. */
    boolean put(String key, boolean value) {
        return values.size() < MAX_FIELDS && values.put(key, value ? Other.TRUE : Other.FALSE) == null;
    }

    /** The same for a number, as it is written. */
    boolean putDigits(String key, String digits) {
        return values.size() < MAX_FIELDS && values.put(key, new Digits(digits)) == null;
    }

    /** Forgets what was read. */
    void clear() {
        values.clear();
    }

    private static Object strings(String key, JsonParser parser) throws CommandRejectedException {
        if (!key.equals("mentions")) {
            throw nested();
        }
        List<String> strings = new ArrayList<>();
        boolean others = false;
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            if (event == Event.START_ARRAY || event == Event.START_OBJECT) {
                throw nested();
            }
            others |= event != Event.VALUE_STRING;
            if (!others
                    && strings.size() <= Limits.MAX_MENTIONS) { // one more than allowed is enough to reject the list
                strings.add(parser.getString());
            }
        }
        return others ? Other.MIXED_LIST : strings;
    }

    private static CommandRejectedException nested() {
        return new CommandRejectedException(ErrorCode.BAD_JSON, "The values of a command must not be nested.");
    }

    /** Adds a value that is given outside the object, which must not contain it as well; null: not given. */
    void add(String key, String value) throws CommandRejectedException {
        if (has(key)) {
            throw unknown();
        }
        if (value != null) {
            values.put(key, value);
        }
    }

    /** The same for a number. */
    void add(String key, long value) throws CommandRejectedException {
        if (has(key)) {
            throw unknown();
        }
        values.put(key, new Digits(Long.toString(value)));
    }

    /** The same for a boolean. */
    void add(String key, Boolean value) throws CommandRejectedException {
        if (has(key)) {
            throw unknown();
        }
        if (value != null) {
            values.put(key, value ? Other.TRUE : Other.FALSE);
        }
    }

    /** The command's room. */
    public String room() throws CommandRejectedException {
        return Syntax.room(text("room"));
    }

    /** The author's id for the command; null when it is not given. */
    public String commandId() throws CommandRejectedException {
        String given = optionalText("id");
        return given == null ? null : Syntax.id(given);
    }

    /** The seq of the entry that the command is about. */
    public long seq() throws CommandRejectedException {
        return integer("seq", 1, Long.MAX_VALUE);
    }

    /** The id of the user that the command names. */
    public String user() throws CommandRejectedException {
        return Syntax.user(text("user"));
    }

    /** A list of user ids; empty when it is not given. */
    public List<String> users(String key) throws CommandRejectedException {
        List<String> users = new ArrayList<>();
        for (String user : texts(key)) {
            users.add(Syntax.user(user));
        }
        return List.copyOf(users);
    }

    /** The character of a reaction. */
    public String emoji() throws CommandRejectedException {
        return Emoji.checked(text("emoji"));
    }

    /** A message's text. */
    public String message() throws CommandRejectedException {
        return Syntax.text(text("text"), maxTextChars);
    }

    /** A room's topic; null when it is not given. */
    public String optionalTopic() throws CommandRejectedException {
        String topic = optionalText("topic");
        return topic == null ? null : Syntax.topic(topic);
    }

    /** A room's title; null when it is not given. */
    public String optionalTitle() throws CommandRejectedException {
        String title = optionalText("title");
        return title == null ? null : Syntax.title(title);
    }

    /** Whom a message calls; null when it is not given. */
    public Calls optionalCalls() throws CommandRejectedException {
        String wire = optionalText("calls");
        Calls calls = wire == null ? null : Calls.of(wire);
        if (wire != null && calls == null) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "calls must be all or here.");
        }
        return calls;
    }

    /** Whether the field is given and has not been taken yet. */
    public boolean has(String key) {
        return values.containsKey(key);
    }

    /** Takes the command's type; the empty string when it is missing. */
    String takeType() {
        return take("type") instanceof String given ? given : "";
    }

    /** A required string. */
    public String text(String key) throws CommandRejectedException {
        boolean given = has(key);
        if (take(key) instanceof String text) {
            return text;
        }
        throw unfit(given, key, "a string");
    }

    /** An optional string; null when it is not given. */
    public String optionalText(String key) throws CommandRejectedException {
        return has(key) ? text(key) : null;
    }

    /** A list of strings; empty when it is not given. */
    List<String> texts(String key) throws CommandRejectedException {
        if (!has(key)) {
            return List.of();
        }
        if (take(key) instanceof List<?> list) {
            return list.stream().map(String.class::cast).toList();
        }
        throw unfit(true, key, "a list of strings");
    }

    /** An optional boolean; null when it is not given. */
    public Boolean optionalBoolean(String key) throws CommandRejectedException {
        if (!has(key)) {
            return null;
        }
        Object value = take(key);
        if (value == Other.TRUE || value == Other.FALSE) {
            return value == Other.TRUE;
        }
        throw unfit(true, key, "true or false");
    }

    /** A required boolean. */
    public boolean truth(String key) throws CommandRejectedException {
        if (!has(key)) {
            throw unfit(false, key, "true or false");
        }
        return optionalBoolean(key);
    }

    /** A required whole number, written as such: neither 1.0 nor 1e2. */
    public long integer(String key, long least, long most) throws CommandRejectedException {
        boolean given = has(key);
        if (take(key) instanceof Digits digits && INTEGER.matcher(digits.text()).matches()) {
            long value = Long.parseLong(digits.text());
            if (value >= least && value <= most) {
                return value;
            }
        }
        String range = most == Long.MAX_VALUE
                ? " of at most 18 digits, not less than " + least
                : " from " + least + " to " + most;
        throw unfit(given, key, "a whole number" + range);
    }

    /** The rejection of a field that is missing, or given with a value of another kind. */
    private static CommandRejectedException unfit(boolean given, String key, String wanted) {
        String beginning = given ? "\"" + key + "\" must be " : "The command needs \"" + key + "\", ";
        return new CommandRejectedException(ErrorCode.BAD_COMMAND, beginning + wanted + ".");
    }

    void refuseTheRest() throws CommandRejectedException {
        if (!values.isEmpty()) {
            throw unknown();
        }
    }

    private static CommandRejectedException unknown() {
        return new CommandRejectedException(ErrorCode.BAD_COMMAND, "The command has an unknown field.");
    }

    /** The command's type for an error reply, if it could be one. */
    String type() {
        Object value = type == null ? values.get("type") : type;
        return value instanceof String text && TYPE.matcher(text).matches() ? text : null;
    }

    /** The command's room for an error reply, if it has a legal one. */
    String roomName() {
        Object value = room == null ? values.get("room") : room;
        return value instanceof String text && Syntax.isRoom(text) ? text : null;
    }

    /** The command's id for an error reply, if it has a legal one. */
    String id() {
        Object value = id == null ? values.get("id") : id;
        try {
            return value instanceof String text ? Syntax.id(text) : null;
        } catch (CommandRejectedException notAnId) {
            return null;
        }
    }

    private Object take(String key) {
        Object value = values.remove(key);
        switch (key) {
            case "type" -> type = value;
            case "room" -> room = value;
            case "id" -> id = value;
            default -> {
                // an error reply does not name it
            }
        }
        return value;
    }
}
