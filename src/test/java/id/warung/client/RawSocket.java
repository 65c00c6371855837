package id.warung.client;

import id.warung.kit.Certificates;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A WebSocket client that can do what libraries prevent: any header, any byte, any frame. For one thread, or for one
 * that reads and one that does the rest.
 */
public final class RawSocket implements AutoCloseable {
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int MASKED = 0x80;
    private static final int FINAL = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private final int status;

    /** Connects with these headers, each a whole line, in addition to those of every handshake, except an {@code Upgrade} of its own. */
    public RawSocket(URI chat, String... headers) throws IOException {
        this(new Socket(), chat, headers);
    }

    /** Connects from an address of this machine: it has all of 127.0.0.0/8. */
    public static RawSocket from(String address, URI chat, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        return new RawSocket(socket, chat, headers);
    }

    /** Connects with a small receive buffer. */
    public static RawSocket narrow(URI chat, String... headers) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        return new RawSocket(socket, chat, headers);
    }

    private RawSocket(Socket unconnected, URI chat, String... headers) throws IOException {
        unconnected.connect(new InetSocketAddress(chat.getHost(), chat.getPort()));
        socket = "wss".equals(chat.getScheme())
                ? Certificates.trusting()
                        .getSocketFactory()
                        .createSocket(unconnected, chat.getHost(), chat.getPort(), true)
                : unconnected;
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(Wire.PATIENCE_SECONDS));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        String path = chat.getRawPath() + (chat.getRawQuery() == null ? "" : "?" + chat.getRawQuery());
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n")
                .append("Host: " + chat.getHost() + ":" + chat.getPort() + "\r\n")
                .append("Connection: Upgrade\r\n")
                .append(
                        Stream.of(headers).anyMatch(header -> header.startsWith("Upgrade:"))
                                ? ""
                                : "Upgrade: websocket\r\n")
                .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        status = Integer.parseInt(head().split(" ", 3)[1]);
    }

    /** The handshake's status; 101 when it was accepted. */
    public int status() {
        return status;
    }

    /** Sends a frame, masked with zeros, so that the bytes on the wire are those given. */
    public void frame(boolean last, int opcode, byte... payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write((last ? FINAL : 0) | opcode);
        if (payload.length < 126) {
            frame.write(MASKED | payload.length);
        } else {
            frame.write(MASKED | 126);
            frame.write(payload.length >> 8);
            frame.write(payload.length);
        }
        frame.write(new byte[4]);
        frame.write(payload);
        write(frame.toByteArray());
    }

    /** Sends a whole text. */
    public void text(String whole) throws IOException {
        frame(true, TEXT, whole.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads up to the server's next text and returns it; the server must not close before. */
    public String text() throws IOException {
        Read read = read(TEXT);
        if (read.opcode() != TEXT) {
            throw new AssertionError("closed with " + code(read));
        }
        return new String(read.payload(), StandardCharsets.UTF_8);
    }

    /** Reads up to the server's next text and returns it; null when the server closes before. */
    public String textOrNull() throws IOException {
        Read read = read(TEXT);
        return read.opcode() == TEXT ? new String(read.payload(), StandardCharsets.UTF_8) : null;
    }

    /** Reads up to the server's close frame and returns its code. */
    public int closeCode() throws IOException {
        return code(read(CLOSE));
    }

    private static int code(Read close) {
        return ByteBuffer.wrap(close.payload()).getShort();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Read(int opcode, byte[] payload) {}

    /** The next message of this kind, or the close frame. */
    private Read read(int wanted) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean unfinished = false;
        while (true) {
            int first = in.readUnsignedByte();
            int opcode = first & 0xF;
            int length = in.readUnsignedByte();
            if (length == 126) {
                length = in.readUnsignedShort();
            } else if (length == 127) {
                length = (int) in.readLong();
            }
            byte[] payload = new byte[length];
            in.readFully(payload);
            if (opcode == CLOSE) {
                return new Read(opcode, payload);
            }
            if (opcode == wanted || (opcode == CONTINUATION && unfinished)) {
                message.write(payload);
                unfinished = (first & FINAL) == 0;
                if (!unfinished) {
                    return new Read(wanted, message.toByteArray());
                }
            }
        }
    }

    /** Reads to the end of the connection, however it ends; returns the number of bytes. */
    public long drained() throws IOException {
        long bytes = 0;
        byte[] some = new byte[64 * 1024];
        try {
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                bytes += n;
            }
        } catch (SocketException reset) {
            // also an end
        }
        return bytes;
    }

    /** Disconnects at once, without a goodbye of either protocol: the server receives a reset. */
    public void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void write(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
