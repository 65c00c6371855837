package id.warung.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/**
 * A line to a server: narrow and slow (each connection carries 4 KiB at a time, a tenth of a second late), or a proxy that loses the
 * port of {@code Host}. Traffic stays on this machine.
 */
final class SlowLine implements AutoCloseable {
    private static final int CHUNK = 4 * 1024;
    private static final int DELAY_MS = 100;

    private final URI server;
    private final boolean losesPort;
    private final ServerSocket listening;
    private volatile CompletableFuture<Void> going = CompletableFuture.completedFuture(null);

    private SlowLine(URI server, boolean losesPort) throws IOException {
        this.server = server;
        this.losesPort = losesPort;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(this::accept);
    }

    static SlowLine to(URI server) {
        return to(server, false);
    }

    static SlowLine losingThePort(URI server) {
        return to(server, true);
    }

    private static SlowLine to(URI server, boolean losesPort) {
        try {
            return new SlowLine(server, losesPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the server through this line. */
    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
    }

    /** Carries nothing until it {@link #goesOn}. */
    void stops() {
        going = new CompletableFuture<>();
    }

    void goesOn() {
        going.complete(null);
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = listening.accept();
            Socket far = new Socket(server.getHost(), server.getPort());
            inBackground(() -> carry(near, far, losesPort));
            inBackground(() -> carry(far, near, false));
        }
    }

    private void carry(Socket from, Socket to, boolean requests) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                if (!losesPort) {
                    Thread.sleep(DELAY_MS);
                }
                going.join();
                out.write(requests ? withoutPort(chunk, length) : Arrays.copyOf(chunk, length));
            }
        }
    }

    /** A request comes in one piece. */
    private static byte[] withoutPort(byte[] chunk, int length) {
        return new String(chunk, 0, length, StandardCharsets.ISO_8859_1)
                .replaceAll("(?m)^(Host: [^:\r]*):[0-9]+", "$1")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** Runs until one side, or the line, is closed. */
    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException | InterruptedException e) {
                        System.out.println("A slow line ends: " + e.getMessage());
                    }
                },
                "slow-line");
        thread.setDaemon(true);
        thread.start();
    }
}
