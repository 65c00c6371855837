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
 * Writes a response's body as the client reads it, without a waiting thread, one step at a time: the server buffers one
 * step at most. Called by one thread of the container's at a time, except {@link #giveUp}.
 */
final class BodyWriter implements WriteListener {
    private static final int STEP_BYTES = 16 * 1024;

    /** Receives the result, once. */
    interface Ending {
        /** The whole body is handed over. */
        void written();

        /** The rest cannot be sent. */
        void broken(Throwable reason);
    }

    private final ServletOutputStream out;
    private final ProgressDeadline deadline;
    private final Ending ending;
    private volatile Rest rest; // null after giving up
    private boolean flushed;
    private boolean told;

    BodyWriter(ServletOutputStream out, Collection<byte[]> body, ProgressDeadline deadline, Ending ending) {
        this.out = out;
        this.rest = new Rest(body);
        this.deadline = deadline;
        this.ending = ending;
    }

    /** The rest of the body. Not thread-safe. */
    private static final class Rest {
        private final Queue<byte[]> pieces;
        private byte[] piece = {};
        private int written;

        Rest(Collection<byte[]> body) {
            pieces = new ArrayDeque<>(body);
        }

        /** The next step, in an array of exactly its size: a server may keep it until the client reads it. Null at the end. */
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
                // so that the container closes the connection
                throw new IOException("The client does not read its response");
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

    /**
     * Stops writing and frees the body: the connection is closed as soon as the client reads or the server times out. Any thread may call
     * it.
     */
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
