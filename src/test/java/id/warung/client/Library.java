package id.warung.client;

import id.warung.kit.Certificates;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;
import org.glassfish.tyrus.client.SslEngineConfigurator;

/** Two WebSocket clients that share no code: one may reject what the other tolerates. */
public enum Library {
    JDK {
        @Override
        public Wire connect(URI uri, String... subprotocols) {
            return new JdkWire(uri, subprotocols);
        }
    },
    TYRUS {
        @Override
        public Wire connect(URI uri, String... subprotocols) {
            return new TyrusWire(uri, subprotocols);
        }
    };

    /** Opens a connection; without subprotocols in plain mode. */
    public abstract Wire connect(URI uri, String... subprotocols);

    private static final class JdkWire extends Wire implements WebSocket.Listener {
        private static final HttpClient CLIENT =
                HttpClient.newBuilder().sslContext(Certificates.trusting()).build();

        private final StringBuilder text = new StringBuilder();
        private final WebSocket socket;

        JdkWire(URI uri, String... subprotocols) {
            WebSocket.Builder builder = CLIENT.newWebSocketBuilder();
            if (subprotocols.length > 0) {
                List<String> more = List.of(subprotocols).subList(1, subprotocols.length);
                builder.subprotocols(subprotocols[0], more.toArray(String[]::new));
            }
            socket = builder.buildAsync(uri, this).join();
        }

        @Override
        public String subprotocol() {
            return socket.getSubprotocol();
        }

        @Override
        public void text(String whole) {
            part(whole, true);
        }

        @Override
        public void part(String part, boolean last) {
            sent(socket.sendText(part, last));
        }

        @Override
        public void binary(byte... data) {
            sent(socket.sendBinary(ByteBuffer.wrap(data), true));
        }

        @Override
        public void close() {
            sent(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
            socket.abort();
        }

        private static void sent(CompletableFuture<WebSocket> sending) {
            try {
                sending.join();
            } catch (CompletionException gone) {
                // the server has closed, as some tests expect: they check the close code
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            return part(from, false, data, last);
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            // the long texts of the tests are ASCII, so no character is split
            return part(from, true, StandardCharsets.UTF_8.decode(data), last);
        }

        private CompletionStage<?> part(WebSocket from, boolean binary, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                heard(binary, text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            ended(code);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            ended(CloseReason.CloseCodes.CLOSED_ABNORMALLY.getCode());
        }
    }

    private static final class TyrusWire extends Wire {
        private final Session session;

        TyrusWire(URI uri, String... subprotocols) {
            ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                    .preferredSubprotocols(List.of(subprotocols))
                    .build();
            try {
                ClientManager client = ClientManager.createClient();
                if (uri.getScheme().equals("wss")) { // with it, Tyrus speaks TLS whatever the address says
                    SslEngineConfigurator tls = new SslEngineConfigurator(Certificates.trusting(), true, false, false);
                    tls.setHostVerificationEnabled(false);
                    client.getProperties().put(ClientProperties.SSL_ENGINE_CONFIGURATOR, tls);
                }
                session = client.connectToServer(new Ears(), config, uri);
            } catch (DeploymentException | IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private final class Ears extends Endpoint {
            @Override
            public void onOpen(Session opened, EndpointConfig config) {
                opened.addMessageHandler(String.class, (MessageHandler.Whole<String>) text -> heard(false, text));
                opened.addMessageHandler(ByteBuffer.class, (MessageHandler.Whole<ByteBuffer>)
                        data -> heard(true, StandardCharsets.UTF_8.decode(data).toString()));
            }

            @Override
            public void onClose(Session closed, CloseReason reason) {
                ended(reason.getCloseCode().getCode());
            }
        }

        @Override
        public String subprotocol() {
            return session.getNegotiatedSubprotocol();
        }

        @Override
        public void text(String whole) {
            sent(() -> session.getBasicRemote().sendText(whole));
        }

        @Override
        public void part(String part, boolean last) {
            sent(() -> session.getBasicRemote().sendText(part, last));
        }

        @Override
        public void binary(byte... data) {
            sent(() -> session.getBasicRemote().sendBinary(ByteBuffer.wrap(data)));
        }

        @Override
        public void close() {
            if (session.isOpen()) {
                try {
                    session.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }

        private interface Sending {
            void send() throws IOException;
        }

        private static void sent(Sending sending) {
            try {
                sending.send();
            } catch (IOException | IllegalStateException | RejectedExecutionException gone) {
                // the server has closed, as some tests expect: they check the close code
            }
        }
    }
}
