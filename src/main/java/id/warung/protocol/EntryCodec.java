package id.warung.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Encodes entries as JSON, in the form in which they are stored and sent for ever, and reads the fields that the server
 * needs from stored ones. The type comes first, so that it is known without parsing. Thread-safe.
 */
public final class EntryCodec {
    private static final byte[] MESSAGE = "{\"type\":\"message\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DELETED = "{\"type\":\"deleted\"".getBytes(StandardCharsets.UTF_8);

    private static final byte[] REACTED = "{\"type\":\"reacted\"".getBytes(StandardCharsets.UTF_8);

    private final JsonProvider json = JsonProvider.provider();

    /**
     * The common beginning of every entry.
     *
     * @param n the number of messages in the room up to and including this entry
     * @param id the author's, or null
     */
    public record Heading(String room, long seq, long n, Instant at, User from, String id) {
        /** Starts an entry of this type with these fields. */
        public EventWriter write(String type) {
            EventWriter event = new EventWriter(type)
                    .field("room", room)
                    .field("seq", seq)
                    .field("n", n)
                    .field("at", EntryTime.text(at))
                    .field("from", from);
            return id == null ? event : event.field("id", id);
        }
    }

    /** Encodes a message without the names of those it mentions. */
    public byte[] message(Heading heading, Command.Post post) {
        return message(heading, post, Map.of());
    }

    /**
     * Encodes a message.
     *
     * @param names of mentioned users, by id, as they are now
     */
    public byte[] message(Heading heading, Command.Post post, Map<String, String> names) {
        EventWriter event = heading.write("message");
        if (post.replyTo() > 0) {
            event.field("replyTo", post.replyTo());
            if (!post.callsAuthor()) {
                event.field("call", false);
            }
        }
        return calling(mentioning(event, post.mentions(), names), post.calls())
                .field("text", post.text())
                .toBytes();
    }

    /** Encodes an edit; {@code names} as for a message. */
    public byte[] edited(Heading heading, Command.Edit edit, Map<String, String> names) {
        EventWriter event = heading.write("edited").field("target", edit.seq());
        return calling(mentioning(event, edit.mentions(), names), edit.calls())
                .field("text", edit.text())
                .toBytes();
    }

    private static EventWriter mentioning(EventWriter event, List<String> mentions, Map<String, String> names) {
        if (!mentions.isEmpty()) {
            event.field("mentions", mentions);
        }
        return names.isEmpty() ? event : event.field("names", names);
    }

    private static EventWriter calling(EventWriter event, Calls calls) {
        return calls == null ? event : event.field("calls", calls.wire());
    }

    /** Whom a message or an edit calls besides those whom it mentions; null: nobody. */
    public Calls callsOf(byte[] entry) {
        String wire = read(entry).get("calls");
        return wire == null ? null : Calls.of(wire);
    }

    /**
     * The ids of the users that a message or an edit mentions.
     *
     * @throws IllegalArgumentException when the bytes are not an entry
     */
    public List<String> mentionsOf(byte[] entry) {
        List<String> mentions = new ArrayList<>();
        try (JsonParser parser = json.createParser(new StringReader(new String(entry, StandardCharsets.UTF_8)))) {
            boolean within = false;
            while (parser.hasNext()) {
                switch (parser.next()) {
                    case KEY_NAME -> within = parser.getString().equals("mentions");
                    case END_ARRAY -> within = false;
                    case VALUE_STRING -> {
                        if (within) {
                            mentions.add(parser.getString());
                        }
                    }
                    default -> {
                        // no mention
                    }
                }
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("The JSON is not an entry", e);
        }
        return mentions;
    }

    /** Encodes the placeholder of a deleted entry, which had the type {@code was}. */
    public byte[] erased(String room, long seq, long n, String was) {
        return new EventWriter("erased")
                .field("room", room)
                .field("seq", seq)
                .field("n", n)
                .field("was", was)
                .toBytes();
    }

    /**
     * A notice of an inbox, for a reader for whom only some rooms exist: in place of one about another room, which would name it, there is
     * a placeholder.
     */
    public byte[] notice(byte[] entry, Predicate<String> exists) {
        Map<String, String> fields = read(entry);
        String about = fields.get("in");
        return about == null || exists.test(about)
                ? entry
                : new EventWriter("erased")
                        .field("room", fields.get("room"))
                        .field("seq", Long.parseLong(fields.get("seq")))
                        .field("n", Long.parseLong(fields.get("n")))
                        .toBytes();
    }

    public boolean isMessage(byte[] entry) {
        return begins(entry, MESSAGE);
    }

    /** Whether the entry says that a user has reacted to a message, or does not any more. */
    public boolean isReaction(byte[] entry) {
        return begins(entry, REACTED);
    }

    /** Whether the entry says that another one was erased. */
    public boolean isDeletion(byte[] entry) {
        return begins(entry, DELETED);
    }

    private static boolean begins(byte[] entry, byte[] with) {
        return entry.length > with.length && Arrays.equals(entry, 0, with.length, with, 0, with.length);
    }

    /**
     * A message's text; null when the entry is not a message.
     *
     * @throws IllegalArgumentException when the bytes are not an entry
     */
    public String textOf(byte[] entry) {
        return isMessage(entry) ? header(entry).text() : null;
    }

    /** Checks an entry; throws an IllegalArgumentException when the bytes are not an entry. */
    public void check(byte[] entry) {
        try (JsonParser parser = json.createParser(new StringReader(new String(entry, StandardCharsets.UTF_8)))) {
            while (parser.hasNext()) {
                parser.next();
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("The JSON is not an entry", e);
        }
    }

    /** The body of the command that became this entry, as in {@link Command.Durable#body}. */
    public String bodyOf(byte[] entry) {
        Map<String, String> fields = read(entry);
        String type = fields.getOrDefault("type", "");
        return switch (type) {
            case "message" -> fields.get("text");
            case "edited" -> type + " " + fields.get("target") + " " + fields.get("text");
            case "deleted" -> type + " " + fields.get("target");
            case "created" -> type + " " + fields.get("access") + " " + fields.get("topic");
            case "changed" ->
                type + " "
                        + Stream.of("topic", "title", "calls", "archived")
                                .map(fields::get)
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null);
            case "starred" -> type + " " + fields.get("in") + " " + fields.get("on");
            case "reacted" -> type + " " + fields.get("target") + " " + fields.get("emoji") + " " + fields.get("on");
            case "added", "removed", "appointed", "dismissed" -> type + " " + fields.get("user.id");
            default -> type;
        };
    }

    /**
     * The fields that the server needs from a stored entry.
     *
     * @param n the number of messages in the room up to and including it
     * @param at when it was written, as text; null: unknown
     * @param target the entry that it edits or deletes; 0: none
     * @param text empty when there is none
     */
    public record Header(String type, long n, String at, long target, String text) {}

    /**
     * Reads the header of an entry.
     *
     * @throws IllegalArgumentException when the bytes are not an entry
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
     * Reads all fields of an entry as text; fields of a nested object have both names joined ({@code from.id}).
     *
     * @throws IllegalArgumentException when the bytes are not an entry
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
                        // lists are ignored, except that their last string remains
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
