package id.warung.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;

/** A narrow and slow line to a server: each connection carries 4 KiB at a time, a tenth of a second late. Traffic stays on this machine. */
final class SlowLine implements AutoCloseable {
    private static final int CHUNK = 4 * 1024;
    private static final int DELAY_MS = 100;

    private final URI server;
    private final ServerSocket listening;

    private SlowLine(URI server) throws IOException {
        this.server = server;
        listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(this::accept);
    }

    static SlowLine to(URI server) {
        try {
            return new SlowLine(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the server through this line. */
    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/");
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
            inBackground(() -> carry(near, far));
            inBackground(() -> carry(far, near));
        }
    }

    private static void carry(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                Thread.sleep(DELAY_MS);
                out.write(chunk, 0, length);
            }
        }
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
