package id.warung.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes one event as compact JSON, starting with its type. It replaces the JSON library's generator, which took a
 * third of the Java time on the thread that writes the log. Not thread-safe.
 */
public final class EventWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder(256);

    public EventWriter(String type) {
        json.append("{\"type\":\"").append(type).append('"');
    }

    public EventWriter field(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    /** Adds the field unless its value is null. */
    EventWriter optional(String name, String value) {
        return value == null ? this : field(name, value);
    }

    public EventWriter field(String name, long value) {
        key(name);
        json.append(value);
        return this;
    }

    public EventWriter field(String name, boolean value) {
        key(name);
        json.append(value);
        return this;
    }

    /** Adds a user as entries have them: that they are a guest, only their id says. */
    public EventWriter field(String name, User user) {
        key(name);
        append(user, false);
        return this;
    }

    /** Adds a user as replies have them: guests are marked. */
    EventWriter markedUser(String name, User user) {
        key(name);
        append(user, true);
        return this;
    }

    public EventWriter field(String name, List<String> values) {
        return list(name, values, this::quote);
    }

    /** Adds an object with these fields. */
    public EventWriter field(String name, Map<String, String> values) {
        key(name);
        char before = '{';
        for (Map.Entry<String, String> value : values.entrySet()) {
            json.append(before);
            quote(value.getKey());
            json.append(':');
            quote(value.getValue());
            before = ',';
        }
        json.append(values.isEmpty() ? "{}" : "}");
        return this;
    }

    EventWriter users(String name, Collection<User> users) {
        return list(name, users, user -> append(user, true));
    }

    <T> EventWriter list(String name, Collection<T> values, Consumer<T> append) {
        key(name);
        char before = '[';
        for (T value : values) {
            json.append(before);
            append.accept(value);
            before = ',';
        }
        json.append(values.isEmpty() ? "[]" : "]");
        return this;
    }

    /** Adds an object to a list. */
    void append(Reply.Reads.Mark mark) {
        json.append("{\"room\":");
        quote(mark.room());
        json.append(",\"seq\":").append(mark.seq()).append(",\"n\":").append(mark.n());
        json.append(mark.back() ? ",\"back\":true}" : "}");
    }

    /** Adds an object to a list. */
    void append(Reply.Unread.Count count) {
        json.append("{\"room\":");
        quote(count.room());
        field("head", count.head()).field("n", count.n()).field("at", count.at().toString());
        json.append(",\"read\":{\"seq\":").append(count.read().seq());
        json.append(",\"n\":").append(count.read().n()).append('}');
        field("unread", count.unread()).field("mentions", count.mentions());
        json.append('}');
    }

    /** Adds the users of one reaction to a list. */
    void append(Reactions.Kind kind) {
        json.append("{\"emoji\":");
        quote(kind.emoji());
        field("count", kind.count());
        list("users", kind.users(), user -> append(user, false));
        list("seqs", kind.seqs(), json::append);
        json.append(kind.mine() ? ",\"mine\":true}" : "}");
    }

    private void append(User user, boolean marked) {
        json.append("{\"id\":");
        quote(user.id());
        json.append(",\"name\":");
        quote(user.name());
        json.append(marked && user.isGuest() ? ",\"guest\":true}" : "}");
    }

    /** The whole event, in UTF-8. */
    public byte[] toBytes() {
        return json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void key(String name) {
        json.append(",\"").append(name).append("\":");
    }

    private void quote(String value) {
        json.append('"');
        int written = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                json.append(value, written, i);
                escape(c);
                written = i + 1;
            }
        }
        json.append(value, written, value.length()).append('"');
    }

    private void escape(char c) {
        json.append('\\');
        switch (c) {
            case '"', '\\' -> json.append(c);
            case '\n' -> json.append('n');
            case '\r' -> json.append('r');
            case '\t' -> json.append('t');
            case '\b' -> json.append('b');
            case '\f' -> json.append('f');
            default -> json.append("u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
        }
    }
}
