package id.warung.endpoint;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Reads a request's body as it comes, without a thread that waits for it. Keeps a bounded number of bytes; of a longer body it takes
 * some more, so that a client that only writes learns what was wrong. Called by one thread of the container's at a time.
 */
final class BodyReader implements ReadListener {
    private static final int PASSED_OVER = 1024 * 1024;
    private static final int STEP_BYTES = 4 * 1024;

    /** Who hears what came, once. */
    interface Receiver {
        /** The whole body. */
        void received(byte[] body);

        /** There is more than may be. */
        void tooLarge();

        /** The rest will not come. */
        void broken(Throwable reason);
    }

    private final ServletInputStream in;
    private final int maxBytes;
    private final ProgressDeadline deadline;
    private final Receiver receiver;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final byte[] step = new byte[STEP_BYTES];
    private long seen;
    private boolean told;
    private volatile boolean complete;

    BodyReader(ServletInputStream in, int maxBytes, ProgressDeadline deadline, Receiver receiver) {
        this.in = in;
        this.maxBytes = maxBytes;
        this.deadline = deadline;
        this.receiver = receiver;
    }

    /** Whether nothing of it is still to come. */
    boolean isComplete() {
        return complete;
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!told && in.isReady()) {
            int count = in.read(step);
            if (count < 0) {
                return; // that was all: the container says so in its own time
            }
            deadline.moved(count);
            seen += count;
            if (seen <= maxBytes) {
                kept.write(step, 0, count);
            } else {
                kept.reset();
            }
            if (seen > maxBytes + (long) PASSED_OVER) {
                told = true;
                receiver.tooLarge();
            }
        }
    }

    @Override
    public void onAllDataRead() {
        complete = true;
        if (told) {
            return;
        }
        told = true;
        if (seen > maxBytes) {
            receiver.tooLarge();
        } else {
            receiver.received(kept.toByteArray());
        }
    }

    @Override
    public void onError(Throwable reason) {
        told = true;
        receiver.broken(reason);
    }
}
