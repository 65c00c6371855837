package id.warung.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;

/** A web server that runs inside this process and serves one unpacked WAR at the context root. */
public interface EmbeddedServer {
    /** The application puts the reason it could not start here: a {@link Thread.UncaughtExceptionHandler} that hears of it. */
    String FAILURE_HANDLER = "id.warung.failure-handler";

    /** The application finds here for how many sockets there are file descriptors: an {@link Integer}; 0: for any number. */
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
     * Returns when the WAR has started and the port accepts connections.
     *
     * @param host the address to listen on; null: every address of this machine
     * @param work an empty directory for the server's own files
     * @return the port, which the system has chosen when {@code port} is 0
     * @throws java.net.SocketException when the address cannot be listened on; a {@link java.net.BindException} when it is taken, or no
     *     address of this machine
     */
    int start(Path webRoot, InetAddress host, int port, Path work) throws IOException;

    /** Ends the WAR first, so that it can say good-bye over connections that are still open. */
    void stop() throws IOException;
}
