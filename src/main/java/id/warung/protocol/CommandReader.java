package id.warung.protocol;

import jakarta.json.JsonException;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Reads what a client says. What a JSON library lets pass (keys named twice, 1.9 as an integer, lone surrogates) is refused
 * here. Thread-safe.
 */
final class CommandReader {
    private final JsonProvider json;
    private final int maxTextChars;

    CommandReader(JsonProvider json, int maxTextChars) {
        this.json = json;
        this.maxTextChars = maxTextChars;
    }

    Command read(String frame) throws Refused {
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

    /** A post whose room and id are known already, as it comes over HTTP. */
    Command.Post readPost(String body, String room, String id) throws Refused {
        Fields fields = new Fields();
        read(body, fields);
        Command.Post post = post(room, id, fields);
        fields.refuseTheRest();
        return post;
    }

    Command.Post plainPost(String text, String room, String id) throws Refused {
        return new Command.Post(room, id, Syntax.text(text, maxTextChars));
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
        return switch (type) {
            case "post" -> post(room(fields), id(fields), fields);
            case "pong" -> new Command.Pong(fields.integer("n", 0, Long.MAX_VALUE));
            case "typing" -> new Command.Typing(room(fields));
            case "read" -> new Command.Read(room(fields), fields.integer("seq", 0, Long.MAX_VALUE));
            case "hello" -> hello(fields);
            case "join" -> join(fields);
            case "leave" -> new Command.Leave(room(fields));
            case "edit" -> new Command.Edit(room(fields), id(fields), seq(fields), text(fields));
            case "delete" -> new Command.Delete(room(fields), id(fields), seq(fields));
            case "create" -> create(fields);
            case "change" -> change(fields);
            case "add" -> new Command.Add(room(fields), id(fields), user(fields));
            case "remove" -> new Command.Remove(room(fields), id(fields), user(fields));
            case "direct" -> new Command.Direct(user(fields));
            default -> throw new Refused(ErrorCode.UNKNOWN_COMMAND, "There is no such command.");
        };
    }

    private Command.Post post(String room, String id, Fields fields) throws Refused {
        long replyTo = fields.has("replyTo") ? fields.integer("replyTo", 1, Long.MAX_VALUE) : 0;
        List<String> mentions = new ArrayList<>();
        for (String user : fields.texts("mentions")) {
            mentions.add(Syntax.user(user));
        }
        if (mentions.size() > Limits.MAX_MENTIONS) {
            throw new Refused(ErrorCode.BAD_COMMAND, "A message mentions at most " + Limits.MAX_MENTIONS + " users.");
        }
        return new Command.Post(room, id, text(fields), replyTo, List.copyOf(mentions));
    }

    private static Command hello(Fields fields) throws Refused {
        String token = fields.optionalText("token");
        String name = fields.optionalText("name");
        if (token == null && name == null) {
            throw new Refused(ErrorCode.BAD_COMMAND, "hello has a name or a token.");
        }
        return new Command.Hello(token == null ? null : Syntax.token(token), name == null ? null : Syntax.name(name));
    }

    private static Command join(Fields fields) throws Refused {
        String room = room(fields);
        if (!fields.has("epoch") && !fields.has("after")) {
            int last = fields.has("last") ? (int) fields.integer("last", 0, Limits.MAX_LAST) : Limits.DEFAULT_LAST;
            return new Command.Join(room, null, 0, last);
        }
        if (fields.has("last")) {
            throw new Refused(ErrorCode.BAD_COMMAND, "A join has either last, or epoch and after.");
        }
        return new Command.Join(
                room, Syntax.epoch(fields.text("epoch")), fields.integer("after", 0, Long.MAX_VALUE), 0);
    }

    private static Command create(Fields fields) throws Refused {
        String room = room(fields);
        if (RoomName.isReserved(room)) {
            throw new Refused(ErrorCode.BAD_ROOM, "A room's name does not begin with inbox. or direct.");
        }
        Access access = fields.has("access") ? Access.of(fields.text("access")) : Access.PUBLIC;
        if (access == null) {
            throw new Refused(ErrorCode.BAD_COMMAND, "access is public or members.");
        }
        String topic = fields.optionalText("topic");
        return new Command.Create(room, id(fields), access, topic == null ? "" : Syntax.topic(topic));
    }

    private static Command change(Fields fields) throws Refused {
        String topic = fields.optionalText("topic");
        Boolean archived = fields.optionalTruth("archived");
        if ((topic == null) == (archived == null)) {
            throw new Refused(ErrorCode.BAD_COMMAND, "change has either topic or archived.");
        }
        return new Command.Change(room(fields), id(fields), topic == null ? null : Syntax.topic(topic), archived);
    }

    private static String room(Fields fields) throws Refused {
        return Syntax.room(fields.text("room"));
    }

    private static String id(Fields fields) throws Refused {
        String id = fields.optionalText("id");
        return id == null ? null : Syntax.id(id);
    }

    private static long seq(Fields fields) throws Refused {
        return fields.integer("seq", 1, Long.MAX_VALUE);
    }

    private static String user(Fields fields) throws Refused {
        return Syntax.user(fields.text("user"));
    }

    private String text(Fields fields) throws Refused {
        return Syntax.text(fields.text("text"), maxTextChars);
    }
}
