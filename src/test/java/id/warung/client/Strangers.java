package id.warung.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections of hostile clients: each sends the given bytes and never reads the answer. For one thread. */
public final class Strangers implements AutoCloseable {
    private static final int RECEIVE_BYTES = 4 * 1024;

    private final URI address;
    private final List<Socket> sockets = new ArrayList<>();
    private int gone;

    /** No connections yet; {@code address} is any of the server's. */
    public Strangers(URI address) {
        this.address = address;
    }

    /** The beginning of a request whose body is missing: method, path below the server's root, and more headers. */
    public static String bodyToCome(String method, String path, String... headers) {
        return request(method, path, "Content-Length: 9", headers);
    }

    /** The same with a chunked body whose first chunk has begun. */
    public static String chunksToCome(String method, String path, String... headers) {
        return request(method, path, "Transfer-Encoding: chunked", headers) + "9\r\n{\"te";
    }

    /** This many requests in a row. */
    public static String reading(String path, int times) {
        return request("GET", path, "Accept: */*").repeat(times);
    }

    private static String request(String method, String path, String header, String... headers) {
        StringBuilder request =
                new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: warung\r\n" + header + "\r\n");
        for (String each : headers) {
            request.append(each).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    /** Opens this many more connections and sends this on each. Rejected ones are ignored. */
    public Strangers come(int count, String said) {
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < count; i++) {
            try {
                Socket socket = new Socket();
                sockets.add(socket);
                socket.setReceiveBufferSize(RECEIVE_BYTES);
                socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
                socket.getOutputStream().write(bytes);
            } catch (IOException refused) {
                // it holds nothing
            }
        }
        return this;
    }

    /** Every open connection sends one more byte. */
    public void drip() {
        gone = 0;
        for (Socket socket : sockets) {
            try {
                socket.getOutputStream().write(' ');
            } catch (IOException cutOff) {
                gone++;
            }
        }
    }

    /** How many connections the server has closed, as far as a write can tell. */
    public int gone() {
        return gone;
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0); // nothing of it remains, on either side
                socket.close();
            } catch (IOException gone) {
                // so it is closed
            }
        }
        sockets.clear();
    }
}
