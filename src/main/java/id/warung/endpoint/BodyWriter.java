package id.warung.endpoint;

import id.warung.pump.FatalErrors;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;

/**
 * Writes a response's body as the client takes it, without a thread that waits for it, a step at a time: what the server has to keep of
 * it is one step. Called by one thread of the container's at a time, but for {@link #giveUp}.
 */
final class BodyWriter implements WriteListener {
    private static final int STEP_BYTES = 16 * 1024;

    /** Who hears how it ends, once. */
    interface Ending {
        /** All of it is handed over. */
        void written();

        /** The rest will not go. */
        void broken(Throwable reason);
    }

    private final ServletOutputStream out;
    private final ProgressDeadline deadline;
    private final Ending ending;
    private volatile Queue<byte[]> left;
    private byte[] piece = {};
    private int written;
    private boolean flushed;
    private boolean told;
    private volatile boolean givenUp;

    BodyWriter(ServletOutputStream out, Collection<byte[]> body, ProgressDeadline deadline, Ending ending) {
        this.out = out;
        this.left = new ArrayDeque<>(body);
        this.deadline = deadline;
        this.ending = ending;
    }

    @Override
    public void onWritePossible() throws IOException {
        while (!told && out.isReady()) {
            if (givenUp) {
                throw new IOException("The client does not take its answer"); // so the container cuts the connection
            }
            if (next()) {
                int count = Math.min(STEP_BYTES, piece.length - written);
                out.write(piece, written, count);
                written += count;
                deadline.moved(count);
            } else if (!flushed) {
                flushed = true;
                out.flush();
            } else {
                told = true;
                ending.written();
            }
        }
    }

    private boolean next() {
        Queue<byte[]> pieces = left;
        while (written == piece.length && !pieces.isEmpty()) {
            piece = pieces.remove();
            written = 0;
        }
        return written < piece.length;
    }

    /** Writes no more: the connection is cut as soon as the client, or the server's own patience, moves. Any thread may say so. */
    void giveUp() {
        givenUp = true;
        left = new ArrayDeque<>(); // what would have been written is garbage now
    }

    @Override
    public void onError(Throwable reason) {
        FatalErrors.report(reason);
        told = true;
        left = new ArrayDeque<>();
        ending.broken(reason);
    }
}
