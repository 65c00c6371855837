package id.warung.protocol;

import jakarta.json.spi.JsonProvider;
import java.util.List;

/**
 * Decodes commands and encodes replies as JSON, as in docs/protocol.md; for entries see {@link EntryCodec}.
 * Thread-safe. The JSON provider is looked up once: a look-up per call is slow and fails on some containers' threads.
 */
public final class Codec {
    private final CommandReader commands;

    /**
     * @param durable reads the durable commands
     * @param maxTextChars the most characters of a message's text, in code points
     */
    public Codec(DurableCommands durable, int maxTextChars) {
        commands = new CommandReader(JsonProvider.provider(), durable, maxTextChars);
    }

    /**
     * Decodes one client frame.
     *
     * @throws CommandRejectedException with the code that says what is wrong, and with the command's id if it could be read
     */
    public Command decode(String frame) throws CommandRejectedException {
        return commands.read(frame);
    }

    /** Decodes a post that comes over HTTP: it has no type, and its room and its id (or null) are given elsewhere. */
    public Command.Post decodePost(String json, String room, String id) throws CommandRejectedException {
        return (Command.Post) commands.read("post", json, room, id);
    }

    /** Creates a post from bare text. */
    public Command.Post plainPost(String text, String room, String id) throws CommandRejectedException {
        return commands.plainPost(text, room, id == null ? null : Syntax.id(id));
    }

    /** Encodes the event as JSON, without the surrounding array. */
    public byte[] encode(Reply reply) {
        return reply.event().toBytes();
    }

    /** Encodes the event as a frame of its own. */
    public byte[] encodeFrame(Reply reply) {
        return JsonArray.of(List.of(encode(reply)));
    }
}
