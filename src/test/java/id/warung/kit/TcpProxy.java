package id.warung.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A line to a server on this machine that can break: cut, silent, or leading elsewhere from now on. Thread-safe. */
public class TcpProxy implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong connections = new AtomicLong();
    private final Object change = new Object();
    private volatile int target;
    private boolean silent; // guarded by change
    private volatile boolean refuses;

    /** A line to this port, which listens on a port of its own. */
    public TcpProxy(int target) {
        this.target = target;
        try {
            listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        inBackground(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections there have been. */
    public long connections() {
        return connections.get();
    }

    /** Leads to another port from now on; what is connected is cut. */
    public void leadTo(int port) {
        target = port;
        cut();
    }

    /** Cuts all connections; whether it lets new ones through. */
    public void cut(boolean forGood) {
        refuses = forGood;
        cut();
    }

    private void cut() {
        open.forEach(TcpProxy::close);
    }

    /** Carries nothing while it is silent, in either direction; nothing is lost and nothing is closed. */
    public void silence(boolean on) {
        synchronized (change) {
            silent = on;
            change.notifyAll();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = listening.accept();
            connections.incrementAndGet();
            Socket far = new Socket();
            open.add(near);
            open.add(far);
            if (refuses) {
                close(near);
                continue;
            }
            inBackground(() -> {
                try {
                    far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
                    near.setTcpNoDelay(true);
                    far.setTcpNoDelay(true);
                } catch (IOException nobodyThere) {
                    end(near, far);
                    return;
                }
                inBackground(() -> carry(near, far, false));
                carry(far, near, true);
            });
        }
    }

    private void carry(Socket from, Socket to, boolean answers) throws IOException {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            if (answers) {
                carryAnswers(in, out);
            } else {
                copy(in, out);
            }
        } catch (IOException gone) {
            // the other direction ends as well
        } finally {
            end(from, to);
        }
    }

    /** Carries what the server says, until it says no more. */
    protected void carryAnswers(InputStream in, OutputStream out) throws IOException {
        copy(in, out);
    }

    private void copy(InputStream in, OutputStream out) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            awaitVoice();
            out.write(chunk, 0, length);
        }
    }

    /** Waits while it is silent. */
    protected final void awaitVoice() throws IOException {
        synchronized (change) {
            while (silent) {
                try {
                    change.wait();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private void end(Socket near, Socket far) {
        close(near);
        close(far);
        open.remove(near);
        open.remove(far);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // also an end
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        silence(false);
        cut();
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException ended) {
                        // the proxy, or this connection
                    }
                },
                "tcp-proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
