package id.warung.endpoint;

import id.warung.pump.FatalErrors;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
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
    private volatile Rest rest; // null when it was given up
    private boolean flushed;
    private boolean told;

    BodyWriter(ServletOutputStream out, Collection<byte[]> body, ProgressDeadline deadline, Ending ending) {
        this.out = out;
        this.rest = new Rest(body);
        this.deadline = deadline;
        this.ending = ending;
    }

    /** What is still to be written. Not thread-safe. */
    private static final class Rest {
        private final Queue<byte[]> pieces;
        private byte[] piece = {};
        private int written;

        Rest(Collection<byte[]> body) {
            pieces = new ArrayDeque<>(body);
        }

        /** A step, in an array of its own size: a server may keep it until the client takes it. Null at the end. */
        byte[] next() {
            while (written == piece.length) {
                if (pieces.isEmpty()) {
                    return null;
                }
                piece = pieces.remove();
                written = 0;
            }
            int count = Math.min(STEP_BYTES, piece.length - written);
            byte[] step = count == piece.length ? piece : Arrays.copyOfRange(piece, written, written + count);
            written += count;
            return step;
        }
    }

    @Override
    public void onWritePossible() throws IOException {
        while (!told && out.isReady()) {
            Rest its = rest;
            if (its == null) {
                throw new IOException("The client does not read its response"); // so the container cuts the connection
            }
            byte[] step = its.next();
            if (step != null) {
                out.write(step);
                deadline.moved(step.length);
            } else if (!flushed) {
                flushed = true;
                out.flush();
            } else {
                told = true;
                ending.written();
            }
        }
    }

    /** Writes no more, and keeps nothing: the connection is cut as soon as the client, or the server's own patience, moves. Any thread may say so. */
    void giveUp() {
        rest = null;
    }

    @Override
    public void onError(Throwable reason) {
        FatalErrors.report(reason);
        told = true;
        rest = null;
        ending.broken(reason);
    }
}
