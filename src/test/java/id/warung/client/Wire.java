package id.warung.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The client's end of a WebSocket, whichever library implements it. Events stay in order until a test asks for them. */
public abstract class Wire implements AutoCloseable {
    public static final int PATIENCE_SECONDS = 15;

    /** A whole message from the server. */
    public record Frame(boolean binary, String text) {}

    private static final Frame END = new Frame(false, "the connection was closed");

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();

    public abstract String subprotocol();

    /** Sends a whole message. Has no effect when the connection is lost: {@link #closeCode} tells. */
    public abstract void text(String whole);

    /** Sends a fragment of a message. */
    public abstract void part(String part, boolean last);

    public abstract void binary(byte... data);

    @Override
    public abstract void close();

    public final void heard(boolean binary, String text) {
        frames.add(new Frame(binary, text));
    }

    public final void ended(int code) {
        closed.complete(code);
        frames.add(END);
    }

    /** Waits for the next frame. */
    public final Frame frame() {
        try {
            Frame frame = frames.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(frame).as("a frame from the server").isNotNull();
            assertThat(frame).as("closed with %s", closed.getNow(null)).isNotSameAs(END);
            return frame;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next frame if it has arrived, otherwise null. */
    public final Frame frameIfAny() {
        Frame frame = frames.poll();
        assertThat(frame).as("closed with %s", closed.getNow(null)).isNotSameAs(END);
        return frame;
    }

    /** Waits for the server's close code. */
    public final int closeCode() {
        try {
            return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the server did not close; unread: " + frames, e);
        }
    }
}
