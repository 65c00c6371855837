package id.warung.drill;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A connection that sends raw HTTP, perhaps incomplete, from an address of this machine. For one thread. */
final class Half implements AutoCloseable {
    static final String BEGINNING = "GET /chat HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nX-More: ";

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final Socket socket = new Socket();

    Half(String from, URI server) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), server.getPort()), 5_000);
    }

    /** Sends this; no effect when the server has closed. */
    Half say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException closed) {
            // a later check of the connection sees it
        }
        return this;
    }

    /** Whether the server closes the connection within this time; what it sends before does not matter. */
    boolean isClosedWithinMs(int millis) throws IOException {
        long end = System.nanoTime() + millis * 1_000_000L;
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            socket.setSoTimeout((int) left);
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException stillOpen) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }
        return false;
    }

    /** The status of the response. */
    int status() throws IOException {
        socket.setSoTimeout(10_000);
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        return Integer.parseInt(new String(line, StandardCharsets.ISO_8859_1).substring(9));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
