package id.warung.endpoint;

import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.websocket.Extension;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;

/**
 * Has CDI make the endpoints (by default some containers do, some leave {@code @Inject} null), and agrees on subprotocols:
 * the first known one the client names. Compression stays off: it would mix a secret and others' text in one window.
 */
public class ChatConfigurator extends ServerEndpointConfig.Configurator {
    @Override
    public <T> T getEndpointInstance(Class<T> type) {
        BeanManager beans = CDI.current().getBeanManager();
        Bean<?> bean = beans.resolve(beans.getBeans(type));
        // a context of its own: one shared by all endpoints would hold each of them for ever
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return type.cast(beans.getReference(bean, type, context));
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
