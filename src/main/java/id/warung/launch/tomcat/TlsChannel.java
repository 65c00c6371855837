package id.warung.launch.tomcat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLParameters;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SSLSupport;
import org.apache.tomcat.util.net.SecureNioChannel;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * A connection with TLS 1.2 or 1.3, whose context is chosen when it begins. Tomcat's own channel keeps five buffers of 16 KiB for as long
 * as a connection lasts, and whatever a client's first message lists; this one has one of them, and the others only while they have
 * content. Used by one thread at a time, as Tomcat's.
 */
final class TlsChannel extends SecureNioChannel {
    /** What TLS adds to a connection, at most; a handshake takes three times as much as a connection, as a request does. */
    static final int MOST_BYTES = 40 * 1024;

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] APPLICATION_PROTOCOLS = {"http/1.1"};
    private static final int PLAIN_READ_BYTES = 16 * 1024 + 512; // a record, decrypted, fits
    private static final int PLAIN_WRITE_BYTES = 1024;
    private static final int SMALL_BYTES = 2 * 1024; // a client's first message fits, and what clients say in a chat
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private static final int HANDSHAKE_RECORD = 22;
    private static final int FIRST_BYTES = 9; // of a record, up to the length of the message in it
    private static final int MOST_HELLO_BYTES = 7 * 1024; // in memory it is up to 20 times as much

    /** For a browser that was sent to the wrong scheme. */
    private static final byte[] NEEDS_TLS = needsTls();

    private final Supplier<SSLContext> tls;
    private final Predicate<SocketWrapperBase<NioChannel>> begins;

    /**
     * @param tls gives the context of the connection when its first bytes have come
     * @param begins called for each connection whose handshake begins; returns whether it may
     */
    TlsChannel(NioEndpoint endpoint, Supplier<SSLContext> tls, Predicate<SocketWrapperBase<NioChannel>> begins) {
        super(new SocketBufferHandler(PLAIN_READ_BYTES, PLAIN_WRITE_BYTES, false), endpoint);
        this.tls = tls;
        this.begins = begins;
        dropBuffers();
    }

    @Override
    public void reset(SocketChannel channel, NioSocketWrapper wrapper) throws IOException {
        dropBuffers();
        super.reset(channel, wrapper);
    }

    private void dropBuffers() {
        netInBuffer = ByteBuffer.allocate(SMALL_BYTES);
        netOutBuffer = NOTHING;
    }

    /** Begins the handshake: there is one identity and one protocol, whatever the client asks for. */
    @Override
    protected int processSNI() throws IOException {
        if (sc.read(netInBuffer) < 0) {
            return -1;
        }
        if (netInBuffer.position() > 0 && netInBuffer.get(0) != HANDSHAKE_RECORD) {
            if (Character.isLetter(netInBuffer.get(0))) { // of a method, in plain http
                sc.write(ByteBuffer.wrap(NEEDS_TLS));
            }
            throw new IOException("This is not TLS");
        }
        if (netInBuffer.position() < FIRST_BYTES) {
            return SelectionKey.OP_READ;
        }
        if ((netInBuffer.getInt(FIRST_BYTES - 4) & 0xFFFFFF) > MOST_HELLO_BYTES) {
            throw new IOException("The client's first message is too long");
        }
        if (!begins.test(socketWrapper)) {
            throw new IOException("There are too many requests and handshakes");
        }
        sslEngine = engine(tls.get());
        sslEngine.beginHandshake();
        handshakeStatus = sslEngine.getHandshakeStatus();
        return 0;
    }

    private static SSLEngine engine(SSLContext context) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setApplicationProtocols(APPLICATION_PROTOCOLS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setCipherSuites(Stream.of(engine.getEnabledCipherSuites())
                .filter(TlsChannel::isUpToDate)
                .toArray(String[]::new));
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** Whether what was recorded stays secret when the key becomes known, and nobody can change what is on its way. */
    private static boolean isUpToDate(String cipherSuite) {
        boolean isForward = !cipherSuite.startsWith("TLS_") || cipherSuite.matches("TLS_(AES|CHACHA20|ECDHE)_.*");
        return isForward && cipherSuite.matches(".*_(GCM|POLY1305)_.*");
    }

    @Override
    public int handshake(boolean read, boolean write) throws IOException {
        try {
            return super.handshake(read, write);
        } finally {
            releaseSent();
        }
    }

    @Override
    protected SSLEngineResult handshakeUnwrap(boolean read) throws IOException {
        makeRoom();
        return super.handshakeUnwrap(read);
    }

    @Override
    protected SSLEngineResult handshakeWrap(boolean write) throws IOException {
        prepareToSend();
        return super.handshakeWrap(write);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        makeRoom();
        try {
            return super.read(into);
        } finally {
            releaseReceived();
        }
    }

    @Override
    public long read(ByteBuffer[] into, int offset, int length) throws IOException {
        makeRoom();
        try {
            return super.read(into, offset, length);
        } finally {
            releaseReceived();
        }
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        prepareToSend();
        try {
            return super.write(from);
        } finally {
            releaseSent();
        }
    }

    @Override
    public long write(ByteBuffer[] from, int offset, int length) throws IOException {
        prepareToSend();
        try {
            return super.write(from, offset, length);
        } finally {
            releaseSent();
        }
    }

    @Override
    public boolean flushOutbound() throws IOException {
        try {
            return super.flushOutbound();
        } finally {
            releaseSent();
        }
    }

    @Override
    public void close() throws IOException {
        prepareToSend();
        super.close();
    }

    /** Room for the rest of a record, when what has come of it fills the small buffer. */
    private void makeRoom() {
        if (!netInBuffer.hasRemaining() && sslEngine != null) {
            int record = sslEngine.getSession().getPacketBufferSize();
            if (netInBuffer.capacity() < record) {
                netInBuffer = ByteBuffer.allocate(record).put(netInBuffer.flip());
            }
        }
    }

    private void releaseReceived() {
        if (netInBuffer.position() == 0 && netInBuffer.capacity() > SMALL_BYTES) {
            netInBuffer = ByteBuffer.allocate(SMALL_BYTES);
        }
    }

    private void prepareToSend() {
        if (netOutBuffer.capacity() == 0 && sslEngine != null) {
            netOutBuffer = ByteBuffer.allocate(sslEngine.getSession().getPacketBufferSize())
                    .limit(0);
        }
    }

    private void releaseSent() {
        if (!netOutBuffer.hasRemaining()) {
            netOutBuffer = NOTHING;
        }
    }

    /** Nothing asks for the details of TLS. */
    @Override
    public SSLSupport getSSLSupport() {
        return null;
    }

    private static byte[] needsTls() {
        String body =
                ErrorResponses.json("bad-request", "This port is for https. Open the same address with https://.");
        StringBuilder response = new StringBuilder("HTTP/1.1 400 \r\nContent-Type: application/json;charset=UTF-8\r\n")
                .append("Content-Length: " + body.length() + "\r\nConnection: close\r\n");
        for (Map.Entry<String, String> header : ErrorResponses.HEADERS.entrySet()) {
            response.append(header.getKey() + ": " + header.getValue() + "\r\n");
        }
        return response.append("\r\n").append(body).toString().getBytes(StandardCharsets.UTF_8);
    }
}
