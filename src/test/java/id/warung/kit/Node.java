package id.warung.kit;

import java.net.URI;

/** One of several nodes over one database, whatever it runs on. Its addresses may be asked for by any thread, the rest is for one. */
public interface Node {
    /** The WebSocket's address; null while it does not run. */
    URI chat();

    /** An address below its root. */
    URI http(String path);

    /** Ends it with SIGKILL. */
    void kill();

    /** Ends it in order, with a goodbye. */
    void stop();

    /** Starts it at the address that it had, and waits until it listens there. */
    Node startAgain();
}
