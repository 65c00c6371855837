package id.warung.session;

import id.warung.room.Frame;

/**
 * The connection to one client, as the container gives it: nothing it says is believed. Only {@link Sender} sends.
 */
public interface Transport {
    /** Hears what became of a send. Whoever gets it must bear being told inline, on any thread, twice, or never. */
    interface Completion {
        /** The send has ended. No failure (null) means that the container took the frame over, not that the client has it. */
        void done(Throwable failure);
    }

    /** Starts to send; never blocks. May throw instead of telling the completion. */
    void send(Frame frame, Completion completion);

    /** Sends a WebSocket ping that carries {@code n}. Never while a send is in flight. */
    void ping(long n);

    /** Closes the connection. May block for long: call it on a thread that may. */
    void close(int code, String reason);

    /** The short id by which the log knows the session of this connection; see {@link SessionIds}. */
    String sessionId();

    /** Whether a completed send says that the operating system has the frame. If not, only a pong proves anything. */
    boolean provesHandover();
}
