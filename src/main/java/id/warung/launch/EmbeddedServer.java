package id.warung.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** An embedded web server that serves one unpacked WAR at the context root. */
public interface EmbeddedServer {
    /** The attribute of a {@link Thread.UncaughtExceptionHandler} that receives the reason why the application could not start. */
    String FAILURE_HANDLER = "id.warung.failure-handler";

    /** The attribute with the number of sockets for which there are file descriptors: an {@link Integer}; 0: any number. */
    String DESCRIPTORS = "id.warung.descriptors";

    /** The attribute with the number of bytes that TLS adds to a socket: an {@link Integer}. */
    String TLS_BYTES = "id.warung.tls-bytes";

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

    /** The server cannot listen on the port that leads to https; the cause says why. */
    final class RedirectPortRefused extends IOException {
        private static final long serialVersionUID = 1;

        public RedirectPortRefused(SocketException cause) {
            super(cause);
        }

        @Override
        public synchronized SocketException getCause() {
            return (SocketException) super.getCause();
        }
    }

    /**
     * Where the server listens.
     *
     * @param host the address; null: all addresses of this machine
     * @param port 0: any free one
     * @param tls gives the context for each new connection, on any thread; null: plain http
     * @param redirectPort the port whose requests are sent to the https address, 0 for any free one; null: none
     */
    record Listening(InetAddress host, int port, Supplier<SSLContext> tls, Integer redirectPort) {}

    /**
     * The ports that the system has chosen, or those that were given.
     *
     * @param redirectPort null: there is none
     */
    record Ports(int port, Integer redirectPort) {}

    /**
     * Starts the server; returns when the WAR has started and the ports accept connections.
     *
     * @param work an empty directory for the server's own files
     * @throws SocketException when the server cannot listen on the address; a {@link java.net.BindException} when the
     *     address is in use or does not belong to this machine
     */
    Ports start(Path webRoot, Listening listening, Path work) throws IOException;

    /** Stops the WAR first, so that it can say goodbye over open connections. */
    void stop() throws IOException;
}
