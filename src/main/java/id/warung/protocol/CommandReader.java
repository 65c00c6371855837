package id.warung.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.NoSuchElementException;

/**
 * Parses and checks commands. Rejects what JSON libraries accept: duplicate keys, 1.9 as an integer, lone surrogates.
 * Thread-safe.
 */
final class CommandReader {
    private final JsonProvider json;
    private final DurableCommands durable;
    private final int maxTextChars;

    CommandReader(JsonProvider json, DurableCommands durable, int maxTextChars) {
        this.json = json;
        this.durable = durable;
        this.maxTextChars = maxTextChars;
    }

    Command read(String frame) throws CommandRejectedException {
        Fields fields = new Fields(maxTextChars);
        try {
            read(frame, fields);
            Command command = command(fields);
            fields.refuseTheRest();
            return command;
        } catch (CommandRejectedException refused) {
            throw refused.of(fields.type(), fields.roomName(), fields.id());
        }
    }

    /** Reads a command over HTTP; what is given in the request's address and headers must not be in its body as well. */
    Command.Durable read(String body, HttpCommand given) throws CommandRejectedException {
        Fields fields = new Fields(maxTextChars);
        read(body, fields);
        return read(fields, given);
    }

    /** Reads a command over HTTP whose body is a bare text; null: it has none. */
    Command.Durable readPlain(String text, HttpCommand given) throws CommandRejectedException {
        Fields fields = new Fields(maxTextChars);
        fields.add("text", text);
        return read(fields, given);
    }

    private Command.Durable read(Fields fields, HttpCommand given) throws CommandRejectedException {
        fields.add("room", given.room());
        fields.add("id", given.id());
        fields.add("user", given.user());
        if (given.seq() > 0) {
            fields.add("seq", given.seq());
        }
        if (given.reaction() != null) {
            fields.add("emoji", given.reaction().emoji());
            fields.add("on", given.reaction().on());
        }
        Command.Durable command = durable.read(given.type(), fields);
        fields.refuseTheRest();
        return command;
    }

    private void read(String frame, Fields fields) throws CommandRejectedException {
        if (!FlatObject.read(frame, fields)) {
            readAnything(frame, fields);
        }
    }

    /** Reads any JSON, and says what is wrong with it. */
    void readAnything(String frame, Fields fields) throws CommandRejectedException {
        try (JsonParser parser = json.createParser(new StringReader(frame))) {
            if (parser.next() != Event.START_OBJECT) {
                throw new CommandRejectedException(ErrorCode.BAD_JSON, "A frame must be one JSON object.");
            }
            while (parser.next() != Event.END_OBJECT) {
                fields.read(parser);
            }
            if (parser.hasNext()) {
                throw new CommandRejectedException(ErrorCode.BAD_JSON, "Unexpected data after the JSON object.");
            }
        } catch (JsonException | NoSuchElementException | IllegalStateException e) {
            throw new CommandRejectedException(ErrorCode.BAD_JSON, "The frame is not JSON.");
        }
    }

    private Command command(Fields fields) throws CommandRejectedException {
        String type = fields.takeType();
        return switch (type) {
            case "pong" -> new Pong(fields.integer("n", 0, Long.MAX_VALUE), fields.commandId());
            case "typing" -> new Typing(fields.room(), fields.commandId());
            case "hello" -> hello(fields);
            case "join" -> join(fields);
            case "sign-out" ->
                new SignOut(Boolean.TRUE.equals(fields.optionalBoolean("everywhere")), fields.commandId());
            case "leave" -> new Leave(fields.room(), fields.commandId());
            case "direct" -> new Command.Direct(fields.user(), fields.commandId());
            default -> durable(type, fields);
        };
    }

    private Command durable(String type, Fields fields) throws CommandRejectedException {
        Command command = durable.read(type, fields);
        if (command == null) {
            throw new CommandRejectedException(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
        }
        return command;
    }

    private static Command hello(Fields fields) throws CommandRejectedException {
        String token = fields.optionalText("token");
        String name = fields.optionalText("name");
        if (token == null && name == null) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "hello needs a name or a token.");
        }
        return new Command.Hello(
                token == null ? null : Syntax.token(token),
                name == null ? null : Syntax.name(name),
                fields.commandId());
    }

    private static Command join(Fields fields) throws CommandRejectedException {
        String room = fields.room();
        if (!fields.has("epoch") && !fields.has("after")) {
            int last = fields.has("last") ? (int) fields.integer("last", 0, Limits.MAX_LAST) : Limits.DEFAULT_LAST;
            return new Command.Join(room, null, 0, last, fields.commandId());
        }
        if (fields.has("last")) {
            throw new CommandRejectedException(ErrorCode.BAD_COMMAND, "join takes either last, or epoch and after.");
        }
        return new Command.Join(
                room,
                Syntax.epoch(fields.text("epoch")),
                fields.integer("after", 0, Long.MAX_VALUE),
                0,
                fields.commandId());
    }
}
