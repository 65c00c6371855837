package id.warung.protocol;

import jakarta.json.spi.JsonProvider;
import java.util.List;

/**
 * JSON to commands, and replies to JSON: the wire of docs/protocol.md; entries are {@link EntryCodec}'s. Thread-safe. The one JSON
 * provider is looked up when it is made: a look-up per call is slow and fails on some containers' threads.
 */
public final class Codec {
    private final CommandReader commands;

    /**
     * @param lasting reads the commands that the log is told
     * @param maxTextChars UTF-16 units that a message may have
     */
    public Codec(LastingCommands lasting, int maxTextChars) {
        commands = new CommandReader(JsonProvider.provider(), lasting, maxTextChars);
    }

    /**
     * Reads one client frame.
     *
     * @throws Refused with the code that says what is wrong with it, and the command's id if it could be read
     */
    public Command decode(String frame) throws Refused {
        return commands.read(frame);
    }

    /** Reads a post as it comes over HTTP: without its type, into a room and under an id (or null) that are named elsewhere. */
    public Command.Post decodePost(String json, String room, String id) throws Refused {
        return (Command.Post) commands.read("post", json, room, id);
    }

    /** The same, of a bare text. */
    public Command.Post plainPost(String text, String room, String id) throws Refused {
        return commands.plainPost(text, room, id == null ? null : Syntax.id(id));
    }

    /** The event as JSON, without the array around it. */
    public byte[] encode(Reply reply) {
        return reply.event().toBytes();
    }

    /** The event as a frame of its own. */
    public byte[] encodeFrame(Reply reply) {
        return JsonArray.of(List.of(encode(reply)));
    }
}
