package id.warung.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections of people who mean no good: each says what it is given and never reads what is answered. For one thread. */
public final class Strangers implements AutoCloseable {
    private static final int RECEIVE_BYTES = 4 * 1024;

    private final URI address;
    private final List<Socket> sockets = new ArrayList<>();
    private int gone;

    /** Nobody yet; {@code address} is any of the server's. */
    public Strangers(URI address) {
        this.address = address;
    }

    /** How requests that only have their bodies missing begin: method, path below the server's root, and more headers. */
    public static String bodyToCome(String method, String path, String... headers) {
        return request(method, path, "Content-Length: 9", headers);
    }

    /** The same, in chunks of which the first has begun. */
    public static String chunksToCome(String method, String path, String... headers) {
        return request(method, path, "Transfer-Encoding: chunked", headers) + "9\r\n{\"te";
    }

    /** So many requests at once, in a row. */
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

    /** As many more come, and say this. Who is turned away is turned away. */
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
                // that is one who holds nothing
            }
        }
        return this;
    }

    /** Everybody who is still there says one byte more. */
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

    /** How many of them the server has cut off, as far as those can tell who try to speak. */
    public int gone() {
        return gone;
    }

    @Override
    public void close() {
        for (Socket socket : sockets) {
            try {
                socket.setSoLinger(true, 0); // nothing of it stays behind, on either side
                socket.close();
            } catch (IOException gone) {
                // so it is closed
            }
        }
        sockets.clear();
    }
}
