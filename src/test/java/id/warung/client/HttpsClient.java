package id.warung.client;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Requests by https, one for each connection, and what comes back. Static. */
public final class HttpsClient {
    private static final int PATIENCE_MS = 10_000;

    private HttpsClient() {}

    /** Connects to a server of this machine; the handshake begins with the first byte. */
    public static SSLSocket connected(SSLContext context, URI server, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.getPort());
        socket.setSoTimeout(PATIENCE_MS);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        return socket;
    }

    /** Sends a request, and returns the response, to the end of the connection. */
    public static String ask(Socket socket, String request) throws IOException {
        try (Socket asked = socket) {
            asked.setSoTimeout(PATIENCE_MS);
            asked.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A request after which the connection ends. */
    public static String get(String path, String... headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + Stream.of(headers).map(header -> header + "\r\n").reduce("", String::concat) + "\r\n";
    }

    /** The name in the certificate that a server shows to a client, which may resume a session of an earlier connection. */
    public static String certificateOf(URI server, SSLContext client) throws IOException {
        try (SSLSocket socket = connected(client, server)) {
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            String unused = ask(socket, get("/health/ready")); // the ticket for the next time comes with it
            return certificate.getSubjectX500Principal().getName();
        }
    }

    /** Whether the server closes the connection within ten seconds. */
    public static boolean closes(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        try {
            byte[] unused = socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
