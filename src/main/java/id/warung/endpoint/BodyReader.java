package id.warung.endpoint;

import id.warung.pump.FatalErrors;
import id.warung.session.InputBudget;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a request's body as it arrives, without a waiting thread. Keeps a limited number of bytes, all taken from the budget of all
 * input. Of a body that is too long, or for which the budget has no room, it reads some more, so that a client that only writes learns
 * what was wrong. Called by one thread of the container's at a time, except {@link #close}.
 */
final class BodyReader implements ReadListener {
    private static final int PASSED_OVER = 1024 * 1024;
    private static final int FIRST_BYTES = 1024;

    /** Receives the result, once. */
    interface Receiver {
        /** The whole body. */
        void received(byte[] body);

        /** The body is longer than allowed. */
        void tooLarge();

        /** The budget has no room for the body now. */
        void busy();

        /** The rest of the body will not arrive. */
        void broken(Throwable reason);
    }

    private final ServletInputStream in;
    private final int maxBytes;
    private final InputBudget.Share input;
    private final ProgressDeadline deadline;
    private final Receiver receiver;
    private final AtomicInteger taken = new AtomicInteger(); // from the budget, in bytes
    private volatile byte[] kept = {};
    private long seen;
    private boolean refused;
    private volatile boolean told;
    private volatile boolean closed;
    private volatile boolean complete;
    private Runnable over; // null: what arrives after close is left to the container

    BodyReader(
            ServletInputStream in,
            int maxBytes,
            InputBudget.Share input,
            ProgressDeadline deadline,
            Receiver receiver) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.input = input;
        this.deadline = deadline;
        this.receiver = receiver;
    }

    /** Reads what arrives after close as well, and discards it; {@code over} runs when nothing more will arrive. */
    void discard(Runnable heard) {
        over = heard;
    }

    /** Whether the whole body has arrived. */
    boolean isComplete() {
        return complete;
    }

    /** Discards everything and stops reading. Any thread may call it, more than once. */
    void close() {
        closed = true;
        drop();
    }

    private void drop() {
        kept = new byte[0];
        int all = taken.getAndSet(0);
        if (all > 0) {
            input.giveBack(all);
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        byte[] passing = null; // what is passed over is not kept, not even until more arrives
        while ((over != null || !isDone()) && in.isReady()) { // not asked again after a no: servers may rely on that
            boolean kept = !isDone() && !refused && seen <= maxBytes;
            byte[] into = kept ? room((int) seen) : null;
            int count;
            if (into == null) {
                passing = passing == null ? new byte[FIRST_BYTES] : passing;
                count = in.read(passing);
            } else {
                count = in.read(into, (int) seen, into.length - (int) seen);
            }
            if (count < 0) {
                return; // that was all: the container reports the end in its own time
            }
            if (!isDone()) {
                counts(count);
            }
        }
    }

    private boolean isDone() {
        return told || closed;
    }

    private void counts(int count) {
        deadline.moved(count);
        seen += count;
        if (seen > maxBytes) {
            drop();
        }
        if (seen > maxBytes + (long) PASSED_OVER) {
            told = true;
            reportRejection();
        }
    }

    /** A buffer with room for at least one more byte; null when the budget has none. */
    private byte[] room(int used) {
        byte[] before = kept;
        if (used < before.length) {
            return before;
        }
        int length = (int) Math.min(maxBytes + 1L, Math.max(FIRST_BYTES, 2L * used));
        if (!input.take(length - used)) {
            refused = true;
            drop();
            return null;
        }
        taken.addAndGet(length - used);
        byte[] grown = Arrays.copyOf(before, length);
        kept = grown;
        if (closed) {
            drop(); // closed in between
        }
        return grown;
    }

    private void reportRejection() {
        if (seen > maxBytes) {
            receiver.tooLarge();
        } else {
            receiver.busy();
        }
    }

    @Override
    public void onAllDataRead() {
        complete = true;
        isOver();
        if (told) {
            return;
        }
        told = true;
        if (refused || seen > maxBytes) {
            reportRejection();
            return;
        }
        byte[] whole = kept;
        if (closed) {
            return;
        }
        byte[] body = Arrays.copyOf(whole, (int) seen);
        drop(); // the receiver now accounts for what it keeps
        receiver.received(body);
    }

    @Override
    public void onError(Throwable reason) {
        FatalErrors.report(reason);
        told = true;
        drop();
        isOver();
        receiver.broken(reason);
    }

    private void isOver() {
        if (over != null) {
            over.run();
        }
    }
}
