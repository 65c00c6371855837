package id.warung.log.command;

import id.warung.protocol.Command;
import id.warung.protocol.Sha256;
import java.util.Arrays;

/** An author's own name for a command, under which it is done once in its room. */
public record Request(String room, String author, String id) {
    /** So much of a hash is kept of what was asked for. */
    public static final int HASH_BYTES = 16;

    /**
     * A request that was met.
     *
     * @param seq of the entry that it became
     * @param hash of what was asked for: {@value #HASH_BYTES} bytes of {@link #hash}, or from before there were those, {@link #hashOfBody}
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and never changed
    public record Met(long seq, byte[] hash) {
        /** Whether the command asks for the same. */
        boolean isFor(Command.Lasting command) {
            return Arrays.equals(hash, hash.length == HASH_BYTES ? Request.hash(command) : hashOfBody(command.body()));
        }
    }

    /** Of all that the command asks for. */
    public static byte[] hash(Command.Lasting command) {
        return Arrays.copyOf(Sha256.of(command.type() + "\n" + command.canonical()), HASH_BYTES);
    }

    /** Of what an entry says of the command that it was, as {@link Command.Lasting#body} has it. */
    public static byte[] hashOfBody(String body) {
        return Sha256.of(body);
    }
}
