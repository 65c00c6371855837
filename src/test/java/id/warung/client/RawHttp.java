package id.warung.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Requests over HTTP that libraries refuse to send: any method, any header, any byte. Stateless. */
public final class RawHttp {
    private RawHttp() {}

    /** A response; the names of headers are in lower case, and the values of one that is repeated are joined by commas. */
    public record Response(int status, Map<String, String> headers, String body) {}

    /**
     * Sends a request and reads its response.
     *
     * @param server its host and port are used
     * @param head the lines of the head, separated by bars; {@code Host} is added if it is not there
     */
    public static Response ask(URI server, String head, String body) throws IOException {
        return send(null, server, withHost(server, head) + body);
    }

    /** The same from an address of this machine: it has all of 127.0.0.0/8. */
    public static Response askFrom(String address, URI server, String head, String body) throws IOException {
        return send(address, server, withHost(server, head) + body);
    }

    private static String withHost(URI server, String head) {
        String lines = head.replace("|", "\r\n") + "\r\n";
        String host = lines.contains("\r\nHost:") ? "" : "Host: " + server.getAuthority() + "\r\n";
        return lines + host + "\r\n";
    }

    /** Sends these bytes and reads the response. */
    public static Response send(URI server, String request) throws IOException {
        return send(null, server, request);
    }

    private static Response send(String from, URI server, String request) throws IOException {
        try (Socket socket = connect(from, server)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return read(new DataInputStream(socket.getInputStream()), request.startsWith("HEAD "));
        }
    }

    public static Socket connect(URI server) throws IOException {
        return connect(null, server);
    }

    private static Socket connect(String from, URI server) throws IOException {
        Socket socket = new Socket();
        if (from != null) {
            socket.bind(new InetSocketAddress(from, 0));
        }
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Wire.PATIENCE_SECONDS));
        return socket;
    }

    private static Response read(DataInputStream in, boolean bodiless) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] header = line.split(": ?", 2);
            headers.merge(header[0].toLowerCase(Locale.ROOT), header[1], (one, other) -> one + ", " + other);
        }
        int status = Integer.parseInt(first[1]);
        boolean empty = bodiless || status == 304 || status == 204 || status < 200;
        return new Response(status, headers, empty ? "" : body(in, headers));
    }

    private static String body(DataInputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            String length = headers.get("content-length");
            byte[] all = length == null ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
            return new String(all, StandardCharsets.UTF_8);
        }
        StringBuilder body = new StringBuilder();
        for (int size = chunk(in); size > 0; size = chunk(in)) {
            body.append(new String(in.readNBytes(size), StandardCharsets.UTF_8));
            line(in);
        }
        return body.toString();
    }

    private static int chunk(DataInputStream in) throws IOException {
        return Integer.parseInt(line(in).strip(), 16);
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (char next = (char) in.readUnsignedByte(); next != '\n'; next = (char) in.readUnsignedByte()) {
            line.append(next);
        }
        return line.toString().stripTrailing();
    }
}
