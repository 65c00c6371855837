package id.warung.endpoint;

import id.warung.logging.LogContext;
import id.warung.protocol.CloseCode;
import id.warung.protocol.Syntax;
import id.warung.pump.FatalErrors;
import id.warung.session.ChatSession;
import id.warung.session.SessionRegistry;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One WebSocket connection to {@code /chat}. It only delegates: the container's callbacks become calls of the session.
 * No handler throws, because containers react in different ways.
 */
@Dependent
@ServerEndpoint(
        value = ChatEndpoint.PATH,
        subprotocols = {ChatEndpoint.V1, ChatEndpoint.V1_BIN},
        configurator = ChatConfigurator.class)
public class ChatEndpoint {
    static final String PATH = "/chat";
    static final String V1 = "warung.v1";
    static final String V1_BIN = "warung.v1.bin";
    private static final String DEFAULT_ROOM = "lobby";

    @Inject
    private SessionRegistry registry;

    private ChatSession chat; // null when the handshake was rejected
    private MessageParts parts;

    @OnOpen
    public void opened(Session session) {
        ContainerTransport transport = new ContainerTransport(session);
        HandshakePrincipal arrival = HandshakePrincipal.of(session);
        String room = room(session);
        if (arrival == null || !ChatConfigurator.allowed(session) || !Syntax.isRoom(room)) {
            registry.refuse(transport);
            return;
        }
        chat = registry.open(transport, mode(session), room, arrival.address(), arrival.agent());
        parts = new MessageParts(chat.input());
    }

    @OnMessage
    public void text(String part, boolean last, Session session) {
        if (chat == null) {
            return;
        }
        switch (parts.add(part, last, chat.maxFrameBytes())) {
            case COMPLETE -> chat.text(parts.take());
            case TOO_BIG -> chat.end(CloseCode.TOO_BIG);
            case TOO_MUCH -> chat.end(CloseCode.TRY_AGAIN_LATER);
            case PARTIAL, CLOSED -> {
                // more parts follow, or the session has ended
            }
        }
    }

    @OnMessage
    public void binary(ByteBuffer part, boolean last, Session session) {
        if (chat != null) {
            parts.close();
            chat.end(CloseCode.BINARY_FRAME);
        }
    }

    @OnMessage
    public void pong(PongMessage pong, Session session) {
        ByteBuffer data = pong.getApplicationData();
        if (chat != null && data.remaining() == Long.BYTES) {
            chat.pong(data.getLong(data.position()));
        }
    }

    @OnClose
    public void closed(Session session, CloseReason reason) {
        gone();
    }

    @OnError
    public void failed(Session session, Throwable failure) {
        LogContext context = chat == null ? LogContext.NONE : chat.context();
        GoneClient.log(System.getLogger(ChatEndpoint.class.getName()), context, "A connection failed", failure);
        FatalErrors.report(failure);
        gone();
    }

    private void gone() {
        if (chat != null) {
            parts.close();
            chat.gone();
        }
    }

    private static ChatSession.Mode mode(Session session) {
        String agreed = session.getNegotiatedSubprotocol();
        if (V1.equals(agreed)) {
            return ChatSession.Mode.TEXT;
        }
        return V1_BIN.equals(agreed) ? ChatSession.Mode.BINARY : ChatSession.Mode.PLAIN;
    }

    private static String room(Session session) {
        return session.getRequestParameterMap()
                .getOrDefault("room", List.of(DEFAULT_ROOM))
                .get(0);
    }
}
