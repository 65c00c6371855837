package id.warung.launch.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The server's sockets without an application: every request is answered with 204. Tomcat looks at time-outs once a second. */
class LimitedEndpointTest {
    private static final int HEADERS_MS = 100;
    private static final int SOON_MS = 10_000;
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final String PROXY = "127.0.0.9";

    private final Map<String, Object> settings = new ConcurrentHashMap<>();
    private final LimitedEndpoint endpoint = new LimitedEndpoint(settings::get, 8, null);
    private final Http11NioProtocol protocol = new Http11NioProtocol(endpoint);
    private final List<Visitor> visitors = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        settings.put("id.warung.max-sockets", 3);
        settings.put("id.warung.max-sockets-per-address", 2);
        settings.put("id.warung.header-timeout-ms", HEADERS_MS);
        UnaryOperator<String> key = LimitedEndpointTest::key;
        settings.put("id.warung.address-key", key);
        protocol.setAddress(InetAddress.getLoopbackAddress());
        protocol.setPort(0);
        protocol.setKeepAliveTimeout(SOON_MS * 6);
        protocol.setAdapter(new AnsweringAdapter(new Nothing(), endpoint::answers));
        protocol.init();
        protocol.start();
    }

    private static String key(String address) {
        if (address.equals("127.0.0.66")) {
            throw new IllegalStateException("scripted");
        }
        return address.equals(PROXY) ? null : address;
    }

    @AfterEach
    void end() throws Exception {
        for (Visitor visitor : visitors) {
            visitor.socket.close();
        }
        protocol.stop();
        protocol.destroy();
    }

    private Visitor from(String address) throws IOException {
        Visitor visitor = new Visitor(address, protocol.getLocalPort());
        visitors.add(visitor);
        return visitor;
    }

    @Tag("slow")
    @Test
    void aConnectionThatWasAnsweredMayWaitForLongerThanHeadersMayTake() throws IOException {
        Visitor browser = from("127.0.0.2");
        browser.asks();
        assertThat(browser.isClosedWithinMs(HEADERS_MS + 2_200)).isFalse();
        browser.asks();
    }

    @Test
    void aConnectionThatWasNeverAnsweredMayNot() throws IOException {
        assertThat(from("127.0.0.2").isClosedWithinMs(SOON_MS)).isTrue();
    }

    @Test
    void theNextRequestsHeadersHaveNoMoreTimeThanTheFirstsHoweverTheyDrip() throws IOException {
        for (String drop : List.of("b: c\r\n", "a", "\r\n")) {
            Visitor slow = from("127.0.0.2");
            slow.asks();
            if (!drop.isBlank()) {
                slow.says("GET / HTTP/1.1\r\nX: ");
            }
            boolean closed = false;
            for (int i = 0; !closed && i < SOON_MS / 50; i++) {
                slow.says(drop);
                closed = slow.isClosedWithinMs(50);
            }
            assertThat(closed).as(drop).isTrue();
        }
    }

    @Test
    void theConnectionAnsweredLastGivesWayLast() throws IOException {
        Visitor first = from("127.0.0.2");
        asksAndWaits(first, 1);
        Visitor second = from("127.0.0.3");
        asksAndWaits(second, 2);
        Visitor third = from("127.0.0.4");
        asksAndWaits(third, 3);
        asksAndWaits(first, 3);

        from("127.0.0.5").asks();
        assertThat(second.isClosedWithinMs(SOON_MS)).isTrue();
        first.asks();
        third.asks();
    }

    /** A client has its answer before the server's thread puts the socket into line: two that ask one after the other may change places. */
    private void asksAndWaits(Visitor visitor, int waiting) throws IOException {
        visitor.asks();
        await().until(() -> endpoint.waiting() == waiting);
    }

    @Test
    void aProxyThatIsNotCountedDoesNotGiveWay() throws IOException {
        List<Visitor> proxies = List.of(from(PROXY), from(PROXY), from(PROXY));
        for (Visitor proxy : proxies) {
            proxy.asks();
        }
        assertThat(from("127.0.0.2").isClosedWithinMs(SOON_MS)).isTrue();
        for (Visitor proxy : proxies) {
            proxy.asks();
        }
    }

    /** The application ends before the server stops to accept. */
    @Test
    void theLimitsHoldWhenTheApplicationHasGone() throws IOException {
        settings.clear();
        from("127.0.0.2").asks();
        from("127.0.0.2").asks();
        assertThat(from("127.0.0.2").isClosedWithinMs(SOON_MS)).isTrue();
    }

    @Test
    void aSocketThatNobodyCanJudgeIsClosed() throws IOException {
        assertThat(from("127.0.0.66").isClosedWithinMs(SOON_MS)).isTrue();
        from("127.0.0.2").asks();
    }

    /** Somebody who speaks HTTP by hand. */
    private static final class Visitor {
        private final Socket socket = new Socket();

        Visitor(String address, int port) throws IOException {
            socket.bind(new InetSocketAddress(address, 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), SOON_MS);
        }

        void says(String text) {
            try {
                socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException closed) {
                // is seen by whoever asks whether it is closed
            }
        }

        /** Asks, and reads the answer to its end. */
        void asks() throws IOException {
            says(REQUEST);
            socket.setSoTimeout(SOON_MS);
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            for (int c = in.read(); c >= 0; c = in.read()) {
                answer.append((char) c);
                if (answer.toString().endsWith("\r\n\r\n")) {
                    break;
                }
            }
            assertThat(answer.toString()).startsWith("HTTP/1.1 204");
        }

        boolean isClosedWithinMs(int millis) throws IOException {
            socket.setSoTimeout(millis);
            try {
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException stillOpen) {
                return false;
            } catch (IOException reset) {
                return true;
            }
        }
    }

    private static final class Nothing implements Adapter {
        @Override
        public void service(Request request, Response response) {
            response.setStatus(204);
            response.action(ActionCode.CLOSE, null);
        }

        @Override
        public boolean prepare(Request request, Response response) {
            return true;
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent event) {
            return false;
        }

        @Override
        public void log(Request request, Response response, long time) {
            // nobody reads it
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            request.recycle();
            response.recycle();
        }

        @Override
        public String getDomain() {
            return null;
        }
    }
}
