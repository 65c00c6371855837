package id.warung.endpoint;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * Creates endpoints through CDI (by default some containers do, others leave {@code @Inject} null) and negotiates the subprotocol: the
 * first known one that the client names. Compression stays off: it would compress secrets and other users' text together.
 */
public class ChatConfigurator extends ServerEndpointConfig.Configurator {
    private static final String ALLOWED = "id.warung.handshake-allowed";

    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        BeanManager beans = CDI.current().getBeanManager();
        Bean<?> bean = beans.resolve(beans.getBeans(type));
        // a context of its own: one shared by all endpoints would keep each of them for ever
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return type.cast(beans.getReference(bean, type, context));
    }

    /**
     * Checks host, origin and subprotocol again at the upgrade: some servers upgrade before our filter runs. Not every server
     * can answer with a status here, so the session is marked and the endpoint closes it.
     */
    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        HandshakeRules rules = CDI.current().select(HandshakeRules.class).get();
        boolean allowed = rules.allowsHost(all(request, "Host"))
                && rules.allowsOrigin(all(request, "Origin"), all(request, "Host"))
                && HandshakeRules.allowsSubprotocols(all(request, "Sec-WebSocket-Protocol"));
        config.getUserProperties().put(ALLOWED, allowed); // of this handshake alone, according to WebSocket 2.1
    }

    /** Whether the session's handshake was checked and allowed. */
    static boolean allowed(Session session) {
        return Boolean.TRUE.equals(session.getUserProperties().get(ALLOWED));
    }

    /** The values of a header; not every server's map ignores case. */
    private static List<String> all(HandshakeRequest request, String header) {
        return request.getHeaders().entrySet().stream()
                .filter(entry -> header.equalsIgnoreCase(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }

    @Override
    public String getNegotiatedSubprotocol(List<String> supported, List<String> requested) {
        return requested.stream().filter(supported::contains).findFirst().orElse("");
    }

    @Override
    public List<Extension> getNegotiatedExtensions(List<Extension> installed, List<Extension> requested) {
        return List.of();
    }
}
