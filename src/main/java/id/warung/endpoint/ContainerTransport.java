package id.warung.endpoint;

import id.warung.logging.LogContext;
import id.warung.room.Frame;
import id.warung.session.SessionIds;
import id.warung.session.Transport;
import jakarta.websocket.CloseReason;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.nio.ByteBuffer;

/**
 * A connection provided by a container, and the only class that knows how containers differ (see docs/adr). Only this
 * class sends to or closes a WebSocket session.
 */
final class ContainerTransport implements Transport {
    private static final Logger LOG = System.getLogger(ContainerTransport.class.getName());
    /** Tomcat's property for how long a close may wait for a peer that does not read, in ms. Other containers ignore it. */
    private static final String TOMCAT_BLOCKING_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

    /** Tomcat's property for how long a client may take to answer a close, in ms; until then it holds its socket. */
    private static final String TOMCAT_CLOSE_TIMEOUT = "org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT";

    private static final long CLOSING_MS = 5_000;

    private final Session session;
    private final String sessionId = SessionIds.next();
    private final boolean binary;
    private final boolean tyrus;

    ContainerTransport(Session session) {
        this.session = session;
        this.binary = ChatEndpoint.V1_BIN.equals(session.getNegotiatedSubprotocol());
        this.tyrus = session.getClass().getName().startsWith("org.glassfish.tyrus");
        session.setMaxIdleTimeout(0); // the heartbeat detects dead connections
        session.getUserProperties().put(TOMCAT_BLOCKING_TIMEOUT, 1000L);
        session.getUserProperties().put(TOMCAT_CLOSE_TIMEOUT, 2000L);
    }

    @Override
    public void send(Frame frame, Completion completion) {
        if (binary) {
            session.getAsyncRemote().sendBinary(frame.bytes(), result -> completion.done(failure(result)));
        } else {
            session.getAsyncRemote().sendText(frame.text(), result -> completion.done(failure(result)));
        }
    }

    private static Throwable failure(SendResult result) {
        if (result.isOK()) {
            return null;
        }
        return result.getException() == null
                ? new IOException("The container did not send the frame and gave no reason")
                : result.getException();
    }

    @Override
    public void ping(long n) {
        try {
            session.getAsyncRemote()
                    .sendPing(ByteBuffer.allocate(Long.BYTES).putLong(n).flip());
        } catch (IOException | RuntimeException e) {
            String sentence = "A ping was not sent; the heartbeat ends the session if its pong is missing";
            GoneClient.log(LOG, context(), sentence, e);
        }
    }

    @Override
    public void close(int code, String reason) {
        try {
            // Undertow waits for ever for a peer that does not answer the close. Tyrus does not wait; there the timer,
            // which each message starts, would close first, with 1000.
            if (!tyrus) {
                session.setMaxIdleTimeout(CLOSING_MS);
            }
            session.close(new CloseReason(() -> code, reason));
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.DEBUG, context().line("A connection was already closed: " + e.getMessage()));
        }
    }

    private LogContext context() {
        return new LogContext(sessionId, null, null, null);
    }

    @Override
    public String sessionId() {
        return sessionId;
    }

    @Override
    public boolean confirmsDelivery() {
        return !tyrus;
    }
}
