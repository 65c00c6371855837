package id.warung.launch.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.launch.tomcat.OpenSockets.Use;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
        return sockets.heaviestWithRequest(socket -> uses.getOrDefault(socket, Use.BUSY), MOST);
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

    private static InetAddress address(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    /** Each of ten addresses wants more than there is; another one comes again and again. */
    @Test
    void whoHasTheMostGivesWayAndIsRefused() throws UnknownHostException {
        OpenSockets<Integer> shared = new OpenSockets<>(MOST, 0, InetAddress::getHostAddress);
        Map<Integer, Use> all = new HashMap<>();
        int entered = 0;
        int replaced = 0;
        for (int socket = 0; socket < 10 * MOST; socket++) {
            InetAddress from = address(socket % 10);
            Integer leaving = shared.isFull() ? shared.heaviestWaiting(from, its -> Use.WAITS, MOST) : null;
            if (leaving != null) {
                shared.leave(leaving);
                replaced++;
            }
            if (!shared.isFull()) {
                assertThat(shared.enter(socket, from)).isTrue();
                entered++;
            }
        }
        assertThat(entered).as("nobody takes places from each other").isEqualTo(MOST + replaced);
        assertThat(replaced).isLessThan(10);

        for (int socket = -1; socket > -20; socket--) {
            shared.leave(shared.heaviestWaiting(address(11), its -> all.getOrDefault(its, Use.WAITS), MOST));
            assertThat(shared.enter(socket, address(11))).isTrue();
        }
        assertThat(shared.heaviestWaiting(address(12), its -> its < 0 ? Use.WAITS : Use.BUSY, MOST))
                .as("the oldest, where one address has the most")
                .isEqualTo(-1);
    }

    /** A few addresses flood, each with as many sockets as it can open; somebody else has come first, and is still to ask. */
    @Test
    void whoHasOneSocketKeepsItWhileOthersFlood() throws UnknownHostException {
        OpenSockets<Integer> shared = new OpenSockets<>(MOST, 0, InetAddress::getHostAddress);
        assertThat(shared.enter(-1, address(99))).isTrue();
        assertThat(shared.asks(-1)).isTrue();
        for (int socket = 0; socket < 10 * MOST; socket++) {
            if (shared.isFull()) {
                shared.leave(shared.heaviestWaiting(its -> Use.WAITS, 64));
            }
            assertThat(shared.enter(socket, address(socket % 10))).isTrue();
            if (!shared.asks(socket)) {
                shared.asksNoMore(shared.heaviestWithRequest(its -> Use.WAITS, 64));
                assertThat(shared.asks(socket)).isTrue();
            }
        }
        assertThat(shared.asks(-1)).as("it is still there, with its request").isTrue();
        assertThat(shared.addresses()).isEqualTo(11);
    }

    @Test
    void aHandshakeTakesThePlaceOfOneWhoseAddressHasMore() throws UnknownHostException {
        OpenSockets<Integer> shared = new OpenSockets<>(MOST, 0, InetAddress::getHostAddress);
        for (int socket = 0; socket < WITH_REQUESTS; socket++) {
            assertThat(shared.enter(socket, address(socket < 10 ? 1 : 2))).isTrue();
            assertThat(shared.asks(socket)).isTrue();
        }
        assertThat(shared.enter(MOST, address(1))).isTrue();
        assertThat(shared.enter(MOST + 1, address(2))).isTrue();
        assertThat(shared.enter(MOST + 2, address(3))).isTrue();
        for (int newcomer : new int[] {MOST, MOST + 2}) {
            assertThat(shared.heaviestWithRequest(newcomer, its -> Use.WAITS, MOST))
                    .isEqualTo(10);
        }
        assertThat(shared.heaviestWithRequest(MOST + 1, its -> Use.WAITS, MOST)).isNull();
        assertThat(shared.heaviestWithRequest(MOST, its -> Use.BUSY, MOST)).isNull();
        IntStream.range(10, 90).forEach(shared::asksNoMore);
        assertThat(shared.heaviestWithRequest(MOST, its -> Use.WAITS, MOST))
                .as("now both have ten")
                .isNull();
    }
}
