package id.warung.launch.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.launch.tomcat.OpenSockets.Use;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OpenSocketsTest {
    private static final int MOST = 300;
    private static final int WITH_REQUESTS = MOST / 3;

    private final OpenSockets<Integer> sockets = new OpenSockets<>(MOST, 0, address -> null); // of a trusted proxy
    private final Map<Integer, Use> uses = new HashMap<>();

    private void enter(int count) {
        IntStream.range(0, count).forEach(socket -> assertThat(sockets.enter(socket, InetAddress.getLoopbackAddress()))
                .isTrue());
    }

    private void ask(int count) {
        IntStream.range(0, count)
                .forEach(socket -> assertThat(sockets.asks(socket)).isTrue());
    }

    private Integer oldest() {
        return sockets.oldestWithRequest(socket -> uses.getOrDefault(socket, Use.BUSY), MOST);
    }

    @Test
    void aThirdMayHaveARequestAndTheOthersWaitForOne() {
        enter(MOST);
        ask(WITH_REQUESTS);
        assertThat(sockets.isFull()).isTrue();
        assertThat(sockets.asks(WITH_REQUESTS)).isFalse();
        assertThat(sockets.asks(7)).as("it has one already").isTrue();
        sockets.asksNoMore(7);
        assertThat(sockets.asks(WITH_REQUESTS)).isTrue();
        assertThat(sockets.asks(7)).isFalse();
        sockets.leave(8);
        assertThat(sockets.asks(7)).isTrue();
        assertThat(sockets.asks(8)).as("it has left").isFalse();
    }

    @Test
    void onlyTheOldestSocketThatWaitsForItsClientGivesWay() {
        enter(MOST);
        ask(WITH_REQUESTS);
        assertThat(oldest()).as("all are being answered").isNull();
        uses.put(0, Use.SESSION);
        uses.put(20, Use.PENDING);
        uses.put(40, Use.STUCK);
        uses.put(30, Use.WAITS);
        assertThat(oldest()).isEqualTo(30);
        sockets.leave(30);
        assertThat(oldest()).isEqualTo(40);
        assertThat(sockets.asks(200)).as("of the one that left").isTrue();
        assertThat(sockets.asks(201)).as("of the session").isTrue();
        assertThat(sockets.asks(202)).isFalse();
        sockets.leave(40);
        assertThat(oldest()).as("when nobody waits for a client").isEqualTo(20);
    }

    @Test
    void fewSocketsMayAllHaveRequests() {
        OpenSockets<Integer> few = new OpenSockets<>(10, 0, address -> null);
        for (int socket = 0; socket < 10; socket++) {
            assertThat(few.enter(socket, InetAddress.getLoopbackAddress())).isTrue();
            assertThat(few.asks(socket)).isTrue();
        }
    }

    @Test
    void withoutALimitAllMayHaveRequests() {
        OpenSockets<Integer> any = new OpenSockets<>(0, 0, address -> null);
        for (int socket = 0; socket < 1_000; socket++) {
            assertThat(any.enter(socket, InetAddress.getLoopbackAddress())).isTrue();
            assertThat(any.asks(socket)).isTrue();
        }
    }
}
