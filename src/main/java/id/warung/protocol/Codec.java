package id.warung.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.NoSuchElementException;

/**
 * JSON to commands, replies and entries to JSON: the wire of docs/protocol.md. Thread-safe. Holds the one JSON provider,
 * looked up when it is made: a look-up per call is slow and fails on some containers' threads. What a provider lets
 * pass (keys named twice, 1.9 as an integer, lone surrogates) is refused here.
 */
public final class Codec {
    private static final DateTimeFormatter AT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private final JsonProvider json = JsonProvider.provider();
    private final int maxTextChars;

    public Codec(int maxTextChars) {
        this.maxTextChars = maxTextChars;
    }

    /**
     * Reads one client frame.
     *
     * @throws Refused with the code that says what is wrong with it, and the command's id if it could be read
     */
    public Command decode(String frame) throws Refused {
        Fields fields = new Fields();
        try {
            read(frame, fields);
            Command command = command(fields);
            fields.refuseTheRest();
            return command;
        } catch (Refused refused) {
            throw refused.of(fields.id());
        }
    }

    private void read(String frame, Fields fields) throws Refused {
        try (JsonParser parser = json.createParser(new StringReader(frame))) {
            if (parser.next() != Event.START_OBJECT) {
                throw new Refused(ErrorCode.BAD_JSON, "A frame is one JSON object.");
            }
            while (parser.next() != Event.END_OBJECT) {
                fields.read(parser);
            }
            if (parser.hasNext()) {
                throw new Refused(ErrorCode.BAD_JSON, "There is something behind the JSON object.");
            }
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new Refused(ErrorCode.BAD_JSON, "The frame is not JSON.");
        }
    }

    private Command command(Fields fields) throws Refused {
        String type = fields.type();
        switch (type) {
            case "post" -> {
                String id = fields.optionalText("id");
                return new Command.Post(
                        Syntax.room(fields.text("room")),
                        id == null ? null : Syntax.id(id),
                        Syntax.text(fields.text("text"), maxTextChars));
            }
            case "pong" -> {
                return new Command.Pong(fields.integer("n", 0, Long.MAX_VALUE));
            }
            case "hello" -> {
                String token = fields.optionalText("token");
                String name = fields.optionalText("name");
                if (token == null && name == null) {
                    throw new Refused(ErrorCode.BAD_COMMAND, "hello has a name or a token.");
                }
                return new Command.Hello(token, name == null ? null : Syntax.name(name));
            }
            case "join" -> {
                return join(fields);
            }
            case "leave" -> {
                return new Command.Leave(Syntax.room(fields.text("room")));
            }
            default -> throw new Refused(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
        }
    }

    private static Command join(Fields fields) throws Refused {
        String room = Syntax.room(fields.text("room"));
        if (!fields.has("epoch") && !fields.has("after")) {
            int last = fields.has("last") ? (int) fields.integer("last", 0, Limits.MAX_LAST) : Limits.DEFAULT_LAST;
            return new Command.Join(room, null, 0, last);
        }
        if (fields.has("last")) {
            throw new Refused(ErrorCode.BAD_COMMAND, "A join has either last, or epoch and after.");
        }
        return new Command.Join(room, fields.text("epoch"), fields.integer("after", 0, Long.MAX_VALUE), 0);
    }

    /**
     * The text of an entry; empty if it has none.
     *
     * @throws IllegalArgumentException when these bytes are no entry
     */
    public String textOf(byte[] entry) {
        try (JsonParser parser = json.createParser(new StringReader(new String(entry, StandardCharsets.UTF_8)))) {
            for (int depth = 0; parser.hasNext(); ) {
                switch (parser.next()) {
                    case START_OBJECT, START_ARRAY -> depth++;
                    case END_OBJECT, END_ARRAY -> depth--;
                    case KEY_NAME -> {
                        if (depth == 1 && parser.getString().equals("text")) {
                            parser.next();
                            return parser.getString();
                        }
                    }
                    default -> {
                        // a value that is not asked for
                    }
                }
            }
            return "";
        } catch (JsonException e) {
            throw new IllegalArgumentException("This is no entry", e);
        }
    }

    /** Throws an IllegalArgumentException when these bytes are no entry. */
    public void check(byte[] entry) {
        try (JsonParser parser = json.createParser(new StringReader(new String(entry, StandardCharsets.UTF_8)))) {
            while (parser.hasNext()) {
                parser.next();
            }
        } catch (JsonException e) {
            throw new IllegalArgumentException("This is no entry", e);
        }
    }

    /** The event as JSON, without the array around it. */
    public byte[] encode(Reply reply) {
        return written(reply).toBytes();
    }

    /** The event as a frame of its own. */
    public byte[] encodeFrame(Reply reply) {
        byte[] event = encode(reply);
        byte[] frame = new byte[event.length + 2];
        frame[0] = '[';
        System.arraycopy(event, 0, frame, 1, event.length);
        frame[frame.length - 1] = ']';
        return frame;
    }

    /** The entry as all in the room read it, for ever: encoded once, and stored so. */
    public byte[] encodeMessage(String room, long seq, Instant at, User from, String id, String text) {
        EventWriter event = new EventWriter("message")
                .field("room", room)
                .field("seq", seq)
                .field("at", AT.format(at))
                .field("from", from);
        if (id != null) {
            event.field("id", id);
        }
        return event.field("text", text).toBytes();
    }

    private static EventWriter written(Reply reply) {
        if (reply instanceof Reply.Ack ack) {
            return new EventWriter("ack")
                    .field("room", ack.room())
                    .field("id", ack.id())
                    .field("seq", ack.seq());
        }
        if (reply instanceof Reply.Ping ping) {
            return new EventWriter("ping").field("n", ping.n());
        }
        if (reply instanceof Reply.Welcome welcome) {
            return new EventWriter("welcome")
                    .field("version", welcome.version())
                    .field("heartbeatSeconds", welcome.heartbeatSeconds())
                    .field("maxFrameBytes", welcome.maxFrameBytes())
                    .field("maxTextChars", welcome.maxTextChars());
        }
        if (reply instanceof Reply.SignedIn signedIn) {
            return new EventWriter("signed-in").field("user", signedIn.user()).field("token", signedIn.token());
        }
        if (reply instanceof Reply.Joined joined) {
            return new EventWriter("joined")
                    .field("room", joined.room())
                    .field("epoch", joined.epoch())
                    .field("head", joined.head());
        }
        if (reply instanceof Reply.Reset reset) {
            return new EventWriter("reset")
                    .field("room", reset.room())
                    .field("epoch", reset.epoch())
                    .field("head", reset.head());
        }
        if (reply instanceof Reply.Gap gap) {
            return new EventWriter("gap")
                    .field("room", gap.room())
                    .field("from", gap.from())
                    .field("to", gap.to());
        }
        if (reply instanceof Reply.Left left) {
            return new EventWriter("left").field("room", left.room());
        }
        if (reply instanceof Reply.Failure failure) {
            return written(failure);
        }
        return written((Reply.Bye) reply);
    }

    private static EventWriter written(Reply.Failure failure) {
        EventWriter event =
                new EventWriter("error").field("code", failure.code().wire()).field("message", failure.message());
        if (failure.id() != null) {
            event.field("id", failure.id());
        }
        return failure.retryAfterMs() > 0 ? event.field("retryAfterMs", failure.retryAfterMs()) : event;
    }

    private static EventWriter written(Reply.Bye bye) {
        EventWriter event = new EventWriter("bye")
                .field("code", bye.code().number())
                .field("reason", bye.code().reason());
        return bye.reconnectAfterMs() > 0 ? event.field("reconnectAfterMs", bye.reconnectAfterMs()) : event;
    }
}
