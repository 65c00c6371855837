package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.RawSocket;
import id.warung.client.ServerProcess;
import id.warung.kit.Certificates;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** B14: thousands of handshakes that never finish, from one address and from many; others connect meanwhile. */
class HandshakesIT {
    private static final int HANDSHAKES = Scale.of(2_000, 15_000);
    private static final long OTHERS_MS = Scale.of(10_000, 2_000); // others use this machine in small runs
    private static final String FILLING = Half.BEGINNING + "a".repeat(6_900);
    /** A client's first message of 6,000 bytes, of which the last ones are missing. */
    private static final String TLS_FILLING = "\u0016\u0003\u0001\u0017t\u0001\u0000\u0017p" + "a".repeat(5_900);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @ParameterizedTest
    @CsvSource({"1, 128m, http", "20, 64m, http", "1, 128m, https", "20, 64m, https"})
    void othersConnectWhileHandshakesByTheThousandDoNotFinish(int addresses, String heap, String scheme)
            throws Exception {
        boolean tls = scheme.equals("https");
        WarungProcess process = new WarungProcess(folder).heap(heap).with("WARUNG_TRUSTED_PROXIES", "none");
        try (WarungProcess warung = tls
                ? process.startWithTls(Certificates.file("rsa-cert.pem"), Certificates.file("rsa-pkcs8.pem"))
                : process.start()) {
            connectMs(warung); // the first connection loads classes
            ServerProcess server = ServerProcess.of(warung.pid());
            long before = server.liveBytes();
            List<Half> halves = new ArrayList<>();
            CompletableFuture<Void> flood =
                    CompletableFuture.runAsync(() -> flood(warung, addresses, tls ? TLS_FILLING : FILLING, halves));
            long longestMs = 0;
            int connected = 0;
            while (!flood.isDone() || connected < 5) {
                longestMs = Math.max(longestMs, connectMs(warung));
                connected++;
            }
            flood.join();
            long after = server.liveBytes();
            long sockets = server.sockets();
            System.out.printf(
                    "B14: %d handshakes (%s) from %d addresses, -Xmx%s: %d others connected, the slowest in %d ms;"
                            + " live heap %d -> %d KiB with %d sockets%n",
                    HANDSHAKES, scheme, addresses, heap, connected, longestMs, before >> 10, after >> 10, sockets);
            for (Half half : halves) {
                half.close();
            }
            assertThat(longestMs).isLessThan(OTHERS_MS);
            assertThat(sockets).isLessThan(1_400); // an address may have 1,250, and 64 MB of heap allow 910
            assertThat(warung.err()).doesNotContain("OutOfMemoryError");
        }
    }

    private static void flood(WarungProcess warung, int addresses, String said, List<Half> halves) {
        for (int i = 0; i < HANDSHAKES; i++) {
            try {
                halves.add(new Half("127.0.1." + (1 + i % addresses), warung.http("/")).say(said));
            } catch (IOException refused) {
                // the limits exist for this
            }
        }
    }

    private static long connectMs(WarungProcess warung) throws IOException {
        long begin = System.nanoTime();
        try (RawSocket other = RawSocket.from("127.0.0.2", warung.chat(), "Sec-WebSocket-Protocol: warung.v1")) {
            assertThat(other.text()).startsWith("[{\"type\":\"welcome\"");
        }
        return (System.nanoTime() - begin) / 1_000_000;
    }
}
