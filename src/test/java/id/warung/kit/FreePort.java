package id.warung.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address that nothing uses yet. */
public final class FreePort {
    private static final int FIRST = 20_000;
    private static final int LAST = 32_000; // above, the system takes ports for outgoing connections

    private FreePort() {}

    public static int any() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One that no outgoing connection gets meanwhile, for a server that listens only seconds later or starts again, and at all addresses. */
    public static int ofAServer() {
        while (true) {
            int candidate = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (ServerSocket free = new ServerSocket(candidate)) {
                return free.getLocalPort();
            } catch (IOException taken) {
                // the next one
            }
        }
    }
}
