package id.warung.launch.tomcat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's endpoint with limits that apply before a byte is read: on sockets in total and from each address, and on the
 * time for a request's headers. A socket above its address's limit is closed at once; above the total limit, the oldest
 * socket that still waits for a request is closed: the one that was answered, or connected, the longest time ago. The
 * acceptor's thread decides, without blocking. The number of requests is limited too, because a request takes several
 * times the memory of anything else: the oldest request that waits for its client is closed (docs/adr/0016). A TLS
 * handshake counts as a request, and its time as that of the headers (docs/adr/0027).
 */
final class LimitedEndpoint extends NioEndpoint {
    /** Attributes that the application sets in its context, as types of the JDK, because the two do not know each other's classes. */
    private static final String MAX_SOCKETS = "id.warung.max-sockets"; // Integer; 0: any number

    private static final String MAX_SOCKETS_PER_ADDRESS = "id.warung.max-sockets-per-address"; // likewise
    private static final String HEADER_TIMEOUT_MS = "id.warung.header-timeout-ms"; // Integer
    // UnaryOperator<String>: null for an address that is not counted
    private static final String ADDRESS_KEY = "id.warung.address-key";

    private static final int TRIES = 64;
    private static final int EIGHTHS = 8;

    private final Function<String, Object> settings;
    private final int eighths;
    private final Supplier<SSLContext> tls; // null: plain http
    private OpenSockets<SocketChannel> sockets;
    private HeaderDeadline deadline;

    /**
     * Reads the application's attributes when it starts to accept connections: before that the application is still starting.
     *
     * @param eighths of all sockets, for which this endpoint has room; another has the rest
     * @param tls gives the context for each new connection; null: plain http
     */
    LimitedEndpoint(Function<String, Object> settings, int eighths, Supplier<SSLContext> tls) {
        this.settings = settings;
        this.eighths = eighths;
        this.tls = tls;
    }

    @Override
    public void startInternal() throws Exception {
        // once: the attribute goes with the application, before the last socket arrives
        UnaryOperator<String> key = key();
        sockets = new OpenSockets<>(
                share(MAX_SOCKETS), share(MAX_SOCKETS_PER_ADDRESS), address -> key.apply(address.getHostAddress()));
        deadline = new HeaderDeadline(
                getHandler(),
                limit(HEADER_TIMEOUT_MS),
                this::getKeepAliveTimeout,
                this::getConnectionTimeout,
                this::asks,
                connection -> sockets.asksNoMore(connection.getSocket().getIOChannel()),
                connection -> sockets.idles(connection.getSocket().getIOChannel()),
                connection -> sockets.leave(connection.getSocket().getIOChannel()));
        setHandler(deadline);
        super.startInternal();
    }

    /** A request's headers are complete. Called by the thread that answers it. */
    void answers() {
        deadline.answers();
    }

    /** How many sockets wait for a request: those that were answered do when their thread has finished. */
    int waiting() {
        return sockets.waiting(this::use);
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        boolean entered = false;
        try {
            entered = entered(socket);
        } finally {
            if (!entered) {
                destroySocket(socket);
            }
        }
        if (!entered) {
            return false;
        }
        boolean accepted = false;
        try {
            accepted = super.setSocketOptions(socket);
        } finally {
            if (!accepted) {
                sockets.leave(socket);
            }
        }
        SocketWrapperBase<NioChannel> wrapper = connections.get(socket);
        if (accepted && wrapper != null) {
            deadline.begins(wrapper);
        }
        return accepted;
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffers) {
        return tls == null ? super.createChannel(buffers) : new TlsChannel(this, tls, this::handshakes);
    }

    private int share(String name) {
        int limit = limit(name);
        return limit == 0 ? 0 : Math.max(1, (int) ((long) limit * eighths / EIGHTHS));
    }

    private int limit(String name) {
        return settings.apply(name) instanceof Integer limit ? limit : 0;
    }

    @SuppressWarnings("unchecked") // set by the application
    private UnaryOperator<String> key() {
        return settings.apply(ADDRESS_KEY) instanceof UnaryOperator<?> key
                ? (UnaryOperator<String>) key
                : UnaryOperator.identity(); // the application did not start
    }

    private boolean entered(SocketChannel socket) {
        try {
            return socket.getRemoteAddress() instanceof InetSocketAddress peer
                    && (!sockets.isFull() || evicted(peer.getAddress()))
                    && sockets.enter(socket, peer.getAddress());
        } catch (IOException gone) {
            return false;
        }
    }

    /**
     * Closes a socket that waits for a request, of the address with the most, to make room for a new one. With TLS, a client waits for
     * longer until its request has come, so that an address has no more than its share of the sockets.
     */
    private boolean evicted(InetAddress newcomer) {
        SocketChannel oldest = tls == null
                ? sockets.heaviestWaiting(this::use, TRIES)
                : sockets.heaviestWaiting(newcomer, this::use, TRIES);
        SocketWrapperBase<NioChannel> wrapper = oldest == null ? null : connections.get(oldest);
        if (wrapper == null) {
            return oldest != null; // it has closed by itself
        }
        Lock lock = wrapper.getLock();
        if (!lock.tryLock()) {
            return false;
        }
        try {
            boolean waits = useWhileLocked(wrapper) == OpenSockets.Use.WAITS;
            if (waits) {
                wrapper.close();
            }
            return waits;
        } finally {
            lock.unlock();
        }
    }

    /** Makes room for the request that starts, on the thread that answers it. */
    private boolean asks(SocketWrapperBase<NioChannel> connection) {
        return asks(connection.getSocket().getIOChannel(), () -> sockets.heaviestWithRequest(this::use, TRIES));
    }

    /** Likewise for a TLS handshake, which costs more time than a client needs to begin it: each address has its share. */
    private boolean handshakes(SocketWrapperBase<NioChannel> connection) {
        SocketChannel socket = connection.getSocket().getIOChannel();
        return asks(socket, () -> sockets.heaviestWithRequest(socket, this::use, TRIES));
    }

    private boolean asks(SocketChannel socket, Supplier<SocketChannel> givesWay) {
        for (int i = 0; i < TRIES; i++) {
            if (sockets.asks(socket)) {
                return true;
            }
            SocketChannel other = givesWay.get();
            if (other == null) {
                return false;
            }
            cutOff(other);
        }
        return false;
    }

    /**
     * Closes a socket like a time-out, but on this thread: its memory is free when this returns. Never waits for locks of other threads.
     */
    private void cutOff(SocketChannel socket) {
        SocketWrapperBase<NioChannel> wrapper = connections.get(socket);
        if (wrapper == null) {
            sockets.asksNoMore(socket);
            return;
        }
        Lock lock = wrapper.getLock();
        if (!lock.tryLock()) {
            return;
        }
        try {
            switch (useWhileLocked(wrapper)) {
                case WAITS -> wrapper.close();
                case STUCK, PENDING -> {
                    wrapper.setError(new IOException("The connection was dropped to make room for new ones"));
                    processSocket(wrapper, SocketEvent.ERROR, false);
                    // a thread that is writing soon ends it: every operation fails from now on
                    sockets.asksNoMore(socket);
                }
                default -> {} // it continues
            }
        } finally {
            lock.unlock();
        }
    }

    private OpenSockets.Use use(SocketChannel socket) {
        SocketWrapperBase<NioChannel> wrapper = connections.get(socket);
        if (wrapper == null || !wrapper.getLock().tryLock()) {
            return wrapper == null ? OpenSockets.Use.WAITS : OpenSockets.Use.BUSY;
        }
        try {
            return useWhileLocked(wrapper);
        } finally {
            wrapper.getLock().unlock();
        }
    }

    /** The use of a socket. A thread that works on a request holds the lock, unless the application answers later. */
    private static OpenSockets.Use useWhileLocked(SocketWrapperBase<NioChannel> wrapper) {
        Object processor = wrapper.getCurrentProcessor();
        if (processor instanceof Http11Processor http) {
            if (isInHeaders(http)) {
                return OpenSockets.Use.WAITS;
            }
            if (!http.isAsync()) {
                return OpenSockets.Use.BUSY;
            }
            return wrapper.hasDataToWrite() || !AnsweringAdapter.isRead(http.getRequest())
                    ? OpenSockets.Use.STUCK
                    : OpenSockets.Use.PENDING;
        }
        return processor == null ? OpenSockets.Use.WAITS : OpenSockets.Use.SESSION;
    }

    /** Whether an idle connection waits for the rest of a request's headers: nothing is done about an incomplete request. */
    static boolean isInHeaders(Http11Processor http) {
        return !http.isAsync() && !http.getRequest().getResponse().isCommitted();
    }
}
