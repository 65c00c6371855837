package id.warung.endpoint;

import id.warung.pump.FatalErrors;
import id.warung.session.InputBudget;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Reads a request's body as it comes, without a thread that waits for it. Keeps a bounded number of bytes, all of which are taken from the
 * budget of all input; of a body that is longer, or finds no room there, it takes some more, so that a client that only writes learns what
 * was wrong. Called by one thread of the container's at a time, but for {@link #close}.
 */
final class BodyReader implements ReadListener {
    private static final int PASSED_OVER = 1024 * 1024;
    private static final int FIRST_BYTES = 1024;

    /** Who hears what came, once. */
    interface Receiver {
        /** The whole body. */
        void received(byte[] body);

        /** There is more than may be. */
        void tooLarge();

        /** There is no room for it now. */
        void busy();

        /** The rest will not come. */
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
    private Runnable over; // null: what comes after it was closed is left to the container

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

    /** Has what comes after it was closed read as well, and kept nowhere; {@code over} hears when nothing more will come. */
    void passOver(Runnable heard) {
        over = heard;
    }

    /** Whether nothing of it is still to come. */
    boolean isComplete() {
        return complete;
    }

    /** Keeps nothing, and reads no more. Any thread may say so, more than once. */
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
        byte[] passing = null; // what is passed over is not kept, not even until more comes
        while ((over != null || !isDone())
                && in.isReady()) { // not asked again once it said no: a server may count on that
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
                return; // that was all: the container says so in its own time
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
            tellWhyNot();
        }
    }

    /** With room for one more byte than there is; null when there is none to be had. */
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
            drop(); // it came in between
        }
        return grown;
    }

    private void tellWhyNot() {
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
            tellWhyNot();
            return;
        }
        byte[] whole = kept;
        if (closed) {
            return;
        }
        byte[] body = Arrays.copyOf(whole, (int) seen);
        drop(); // whoever has it now takes what it makes of it
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
