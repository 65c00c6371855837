package id.warung.log.command;

import id.warung.protocol.Command;
import id.warung.protocol.Sha256;
import java.util.Arrays;

/** A command's id within its room and author, under which it is executed once. */
public record RequestKey(String room, String author, String id) {
    /** The number of bytes that are kept of a request's hash. */
    public static final int HASH_BYTES = 16;

    /**
     * A request that was executed.
     *
     * @param seq of its entry
     * @param hash of what was asked for: {@value #HASH_BYTES} bytes of {@link #hash}, or in older data of {@link #hashOfBody}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never modified
    public record Executed(long seq, byte[] hash) {
        /** Whether the command asks for the same. */
        boolean isFor(Command.Durable command) {
            return Arrays.equals(
                    hash, hash.length == HASH_BYTES ? RequestKey.hash(command) : hashOfBody(command.body()));
        }
    }

    /** The hash of everything that the command asks for. */
    public static byte[] hash(Command.Durable command) {
        return Arrays.copyOf(Sha256.of(command.type() + "\n" + command.canonical()), HASH_BYTES);
    }

    /** The hash of a command's body, as in {@link Command.Durable#body}. */
    public static byte[] hashOfBody(String body) {
        return Sha256.of(body);
    }
}
