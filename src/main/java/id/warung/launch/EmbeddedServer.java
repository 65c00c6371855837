package id.warung.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** An embedded web server that serves one unpacked WAR at the context root. */
public interface EmbeddedServer {
    /** The attribute of a {@link Thread.UncaughtExceptionHandler} that receives the reason why the application could not start. */
    String FAILURE_HANDLER = "id.warung.failure-handler";

    /** The attribute with the number of sockets for which there are file descriptors: an {@link Integer}; 0: any number. */
    String DESCRIPTORS = "id.warung.descriptors";

    /**
     * A system property, for development only: a folder like an unpacked WAR, which is served instead of the WAR. Its files may be links and
     * may change at any time. The application finds the same in an attribute of this name.
     */
    String SOURCES = "id.warung.sources";

    /** The server runs, but the application did not start; the message says why, in a sentence. */
    final class ApplicationFailed extends IOException {
        private static final long serialVersionUID = 1;

        public ApplicationFailed(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * Starts the server; returns when the WAR has started and the port accepts connections.
     *
     * @param host the address to listen on; null: all addresses of this machine
     * @param work an empty directory for the server's own files
     * @return the port, which the system has chosen when {@code port} is 0
     * @throws java.net.SocketException when the server cannot listen on the address; a {@link java.net.BindException}
     *     when the address is in use or does not belong to this machine
     */
    int start(Path webRoot, InetAddress host, int port, Path work) throws IOException;

    /** Stops the WAR first, so that it can say goodbye over open connections. */
    void stop() throws IOException;
}
