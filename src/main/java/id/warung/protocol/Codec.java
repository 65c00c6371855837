package id.warung.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.io.StringWriter;
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

    /** The event as JSON, without the array around it. */
    public byte[] encode(Reply reply) {
        return reply instanceof Reply.Ack ack ? encodeAck(ack) : write(out -> writeReply(out, reply));
    }

    /** By hand, because each post has one and it is made on the one thread that writes, where a generator took 16 % of the time. */
    private static byte[] encodeAck(Reply.Ack ack) {
        String id = ack.id().replace("\\", "\\\\").replace("\"", "\\\""); // printable ASCII, as a room's name is
        String json =
                "{\"type\":\"ack\",\"room\":\"" + ack.room() + "\",\"id\":\"" + id + "\",\"seq\":" + ack.seq() + "}";
        return json.getBytes(StandardCharsets.UTF_8);
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
        return write(out -> {
            out.write("type", "message").write("room", room).write("seq", seq).write("at", AT.format(at));
            writeUser(out.writeStartObject("from"), from);
            if (id != null) {
                out.write("id", id);
            }
            out.write("text", text);
        });
    }

    private interface Body {
        void write(JsonGenerator out);
    }

    private byte[] write(Body body) {
        StringWriter buffer = new StringWriter(256);
        try (JsonGenerator out = json.createGenerator(buffer)) {
            out.writeStartObject();
            body.write(out);
            out.writeEnd();
        }
        return buffer.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void writeUser(JsonGenerator out, User user) {
        out.write("id", user.id()).write("name", user.name()).writeEnd();
    }

    private static void writeReply(JsonGenerator out, Reply reply) {
        if (reply instanceof Reply.Ping ping) {
            out.write("type", "ping").write("n", ping.n());
        } else if (reply instanceof Reply.Welcome welcome) {
            out.write("type", "welcome")
                    .write("version", welcome.version())
                    .write("heartbeatSeconds", welcome.heartbeatSeconds())
                    .write("maxFrameBytes", welcome.maxFrameBytes())
                    .write("maxTextChars", welcome.maxTextChars());
        } else if (reply instanceof Reply.SignedIn signedIn) {
            out.write("type", "signed-in").writeStartObject("user");
            writeUser(out, signedIn.user());
            out.write("token", signedIn.token());
        } else if (reply instanceof Reply.Joined joined) {
            out.write("type", "joined")
                    .write("room", joined.room())
                    .write("epoch", joined.epoch())
                    .write("head", joined.head());
        } else if (reply instanceof Reply.Reset reset) {
            out.write("type", "reset")
                    .write("room", reset.room())
                    .write("epoch", reset.epoch())
                    .write("head", reset.head());
        } else if (reply instanceof Reply.Gap gap) {
            out.write("type", "gap")
                    .write("room", gap.room())
                    .write("from", gap.from())
                    .write("to", gap.to());
        } else if (reply instanceof Reply.Left left) {
            out.write("type", "left").write("room", left.room());
        } else if (reply instanceof Reply.Failure failure) {
            writeFailure(out, failure);
        } else if (reply instanceof Reply.Bye bye) {
            writeBye(out, bye);
        }
    }

    private static void writeFailure(JsonGenerator out, Reply.Failure failure) {
        out.write("type", "error").write("code", failure.code().wire()).write("message", failure.message());
        if (failure.id() != null) {
            out.write("id", failure.id());
        }
        if (failure.retryAfterMs() > 0) {
            out.write("retryAfterMs", failure.retryAfterMs());
        }
    }

    private static void writeBye(JsonGenerator out, Reply.Bye bye) {
        out.write("type", "bye")
                .write("code", bye.code().number())
                .write("reason", bye.code().reason());
        if (bye.reconnectAfterMs() > 0) {
            out.write("reconnectAfterMs", bye.reconnectAfterMs());
        }
    }
}
