package id.warung.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Entries as JSON, as all in a room read them for ever: written once, and stored so; and what must be known of one that is read
 * again. Thread-safe. Its type comes first, so that it is known without reading it.
 */
public final class EntryCodec {
    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final byte[] MESSAGE = "{\"type\":\"message\"".getBytes(StandardCharsets.UTF_8);

    private final JsonProvider json = JsonProvider.provider();

    /**
     * What every entry begins with.
     *
     * @param n how many messages the room has had up to and with this entry
     * @param id the author's, or null
     */
    public record Heading(String room, long seq, long n, Instant at, User from, String id) {
        /** Begins an entry of this type with it. */
        public EventWriter write(String type) {
            EventWriter event = new EventWriter(type)
                    .field("room", room)
                    .field("seq", seq)
                    .field("n", n)
                    .field("at", AT.format(at))
                    .field("from", from);
            return id == null ? event : event.field("id", id);
        }
    }

    /** A message. */
    public byte[] message(Heading heading, Command.Post post) {
        EventWriter event = heading.write("message");
        if (post.replyTo() > 0) {
            event.field("replyTo", post.replyTo());
        }
        if (!post.mentions().isEmpty()) {
            event.field("mentions", post.mentions());
        }
        return event.field("text", post.text()).toBytes();
    }

    /** What stands where something deleted was. */
    public byte[] erased(String room, long seq, long n) {
        return new EventWriter("erased")
                .field("room", room)
                .field("seq", seq)
                .field("n", n)
                .toBytes();
    }

    public boolean isMessage(byte[] entry) {
        return entry.length > MESSAGE.length && Arrays.equals(entry, 0, MESSAGE.length, MESSAGE, 0, MESSAGE.length);
    }

    /**
     * A message's text; null when the entry is none.
     *
     * @throws IllegalArgumentException when these bytes are no entry
     */
    public String textOf(byte[] entry) {
        return isMessage(entry) ? header(entry).text() : null;
    }

    /** Throws an IllegalArgumentException when these bytes are no entry. */
    public void check(byte[] entry) {
        try (JsonParser parser = json.createParser(new StringReader(new String(entry, StandardCharsets.UTF_8)))) {
            while (parser.hasNext()) {
                parser.next();
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("The JSON is not an entry", e);
        }
    }

    /** What the command asked for that became this entry, as {@link Command.Lasting#body} has it. */
    public String bodyOf(byte[] entry) {
        Map<String, String> fields = read(entry);
        String type = fields.getOrDefault("type", "");
        return switch (type) {
            case "message" -> fields.get("text");
            case "edited" -> type + " " + fields.get("target") + " " + fields.get("text");
            case "deleted" -> type + " " + fields.get("target");
            case "created" -> type + " " + fields.get("access") + " " + fields.get("topic");
            case "changed" -> type + " " + fields.getOrDefault("topic", fields.get("archived"));
            case "added", "removed" -> type + " " + fields.get("user.id");
            default -> type;
        };
    }

    /**
     * What has to be known of an entry that is read again.
     *
     * @param n how many messages the room has had up to and with it
     * @param at when it was written, as it stands there; null: nothing says so
     * @param target the entry that it edits or deletes; 0: none
     * @param text the empty string where there is none
     */
    public record Header(String type, long n, String at, long target, String text) {}

    /**
     * Reads that of an entry.
     *
     * @throws IllegalArgumentException when these bytes are no entry
     */
    public Header header(byte[] entry) {
        Map<String, String> fields = read(entry);
        return new Header(
                fields.get("type"),
                Long.parseLong(fields.getOrDefault("n", "0")),
                fields.get("at"),
                Long.parseLong(fields.getOrDefault("target", "0")),
                fields.getOrDefault("text", ""));
    }

    /**
     * All that stands in an entry, as text; what stands in an object within it, under both names ({@code from.id}).
     *
     * @throws IllegalArgumentException when these bytes are no entry
     */
    public Map<String, String> read(byte[] entry) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = json.createParser(new StringReader(new String(entry, StandardCharsets.UTF_8)))) {
            String within = "";
            String key = "";
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case KEY_NAME -> key = parser.getString();
                    case START_OBJECT -> within = key.isEmpty() ? "" : key + ".";
                    case END_OBJECT -> within = "";
                    case VALUE_STRING, VALUE_NUMBER -> fields.put(within + key, parser.getString());
                    case VALUE_TRUE -> fields.put(within + key, "true");
                    case VALUE_FALSE -> fields.put(within + key, "false");
                    default -> {
                        // lists are of no matter here: of their strings the last one stands
                    }
                }
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("The JSON is not an entry", e);
        }
        if (!fields.containsKey("type")) {
            throw new IllegalArgumentException("The JSON is not an entry");
        }
        return fields;
    }
}
