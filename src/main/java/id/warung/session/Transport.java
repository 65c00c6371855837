package id.warung.session;

import id.warung.room.Frame;

/** The connection to one client, as the container provides it. Its completions are not trusted. Only {@link Sender} sends. */
public interface Transport {
    /** The callback of a send. It must tolerate being called inline, on any thread, twice, or never. */
    interface Completion {
        /** The send has ended. Null means that the container took the frame over, not that the client has it. */
        void done(Throwable failure);
    }

    /** Starts a send; never blocks. May throw instead of calling the completion. */
    void send(Frame frame, Completion completion);

    /** Sends a WebSocket ping with the payload {@code n}. Never while a send is in flight. */
    void ping(long n);

    /** Closes the connection. May block for long: call it on a thread that may block. */
    void close(int code, String reason);

    /** The short id by which the log identifies this connection's session; see {@link SessionIds}. */
    String sessionId();

    /** Whether a completed send means that the operating system has the frame. If not, only a pong proves delivery. */
    boolean confirmsDelivery();
}
