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

    /** Decodes the body of a command over HTTP, whose other parts are given elsewhere. */
    public Command.Durable decode(String json, HttpCommand given) throws CommandRejectedException {
        return commands.read(json, given);
    }

    /** Creates a command over HTTP from bare text; null: it needs none. */
    public Command.Durable plain(String text, HttpCommand given) throws CommandRejectedException {
        return commands.readPlain(text, given);
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
