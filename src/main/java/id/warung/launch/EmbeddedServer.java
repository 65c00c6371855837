package id.warung.launch;

import java.io.IOException;
import java.nio.file.Path;

/** A web server that runs inside this process and serves one unpacked WAR at the context root. */
public interface EmbeddedServer {
    /**
     * Returns when the WAR has started and the port accepts connections.
     *
     * @param work an empty directory for the server's own files
     * @return the port, which the system has chosen when {@code port} is 0
     * @throws java.net.BindException when the address cannot be listened on
     */
    int start(Path webRoot, String host, int port, Path work) throws IOException;

    /** Ends the WAR first, so that it can say good-bye over connections that are still open. */
    void stop() throws IOException;
}
