package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.ClientAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class HandshakePrincipalTest {
    /** On Payara, each handshake looked up the name of the server's own address, and waited for DNS for 5 s where it has none. */
    @Test
    void aServerThatAsksForNamesCausesNoLookup() {
        HttpServletRequest container = (HttpServletRequest) Proxy.newProxyInstance(
                HttpServletRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getLocalAddr" -> "192.0.2.1";
                    case "getRemoteAddr" -> "192.0.2.2";
                    default -> throw new UnsupportedOperationException(method.getName());
                });

        HttpServletRequest handshake = new HandshakePrincipal(ClientAddress.UNKNOWN, null).on(container);

        assertThat(handshake.getLocalName()).isEqualTo("192.0.2.1");
        assertThat(handshake.getRemoteHost()).isEqualTo("192.0.2.2");
    }
}
