package id.warung.launch.tomcat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's sockets with limits that hold before a byte is read: so many in all and from each address, and so long for a request's
 * headers. An address that has too many is closed at once; when there are too many in all, the oldest that still waits for a request
 * gives way: the one that was answered, or came, the longest time ago. The acceptor's thread decides, and does not block. And so many may
 * have a request, for that holds several times the memory of anything else: the one that began first, and waits for its client, gives way
 * (docs/adr/0016).
 */
final class LimitedEndpoint extends NioEndpoint {
    /** What the application sets in its context, in types of the JDK: it and this class do not know each other's. */
    private static final String MAX_SOCKETS = "id.warung.max-sockets"; // Integer; 0: any number

    private static final String MAX_SOCKETS_PER_ADDRESS = "id.warung.max-sockets-per-address"; // the same
    private static final String HEADER_TIMEOUT_MS = "id.warung.header-timeout-ms"; // Integer
    private static final String ADDRESS_KEY =
            "id.warung.address-key"; // UnaryOperator<String>: null for one not counted

    private static final int TRIES = 64;

    private final Function<String, Object> settings;
    private OpenSockets<SocketChannel> sockets;
    private HeaderDeadline deadline;

    /** Asks for the application's attributes when it begins to accept: before that the application is still starting. */
    LimitedEndpoint(Function<String, Object> settings) {
        this.settings = settings;
    }

    @Override
    public void startInternal() throws Exception {
        UnaryOperator<String> key =
                key(); // once: the attribute goes with the application, before the last socket comes
        sockets = new OpenSockets<>(
                limit(MAX_SOCKETS), limit(MAX_SOCKETS_PER_ADDRESS), address -> key.apply(address.getHostAddress()));
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

    /** A request's headers are complete, says the thread that answers it. */
    void answers() {
        deadline.answers();
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

    private int limit(String name) {
        return settings.apply(name) instanceof Integer limit ? limit : 0;
    }

    @SuppressWarnings("unchecked") // what the application sets
    private UnaryOperator<String> key() {
        return settings.apply(ADDRESS_KEY) instanceof UnaryOperator<?> key
                ? (UnaryOperator<String>) key
                : UnaryOperator.identity(); // the application did not start
    }

    private boolean entered(SocketChannel socket) {
        if (sockets.isFull() && !evicted()) {
            return false;
        }
        try {
            return socket.getRemoteAddress() instanceof InetSocketAddress peer
                    && sockets.enter(socket, peer.getAddress());
        } catch (IOException gone) {
            return false;
        }
    }

    /** Closes a socket that waits for a request, to make room for one that may not. */
    private boolean evicted() {
        SocketChannel oldest = sockets.oldestWaiting(this::use, TRIES);
        SocketWrapperBase<NioChannel> wrapper = oldest == null ? null : connections.get(oldest);
        if (wrapper == null) {
            return oldest != null; // it has gone by itself
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

    /** Makes room for the request that begins, on the thread that is to answer it. */
    private boolean asks(SocketWrapperBase<NioChannel> connection) {
        SocketChannel socket = connection.getSocket().getIOChannel();
        for (int i = 0; i < TRIES; i++) {
            if (sockets.asks(socket)) {
                return true;
            }
            SocketChannel oldest = sockets.oldestWithRequest(this::use, TRIES);
            if (oldest == null) {
                return false;
            }
            cutOff(oldest);
        }
        return false;
    }

    /** As when it takes too long, but on this thread: what it holds is free when this returns. Others' locks are never waited for. */
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
                    sockets.asksNoMore(
                            socket); // whoever writes at this moment ends it, and soon: all fails from now on
                }
                default -> {} // it goes on
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

    /** Whoever works on a request holds the lock, unless the application answers it later. */
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

    /** Of a connection that nobody works on: whether its request has not come as a whole, since nothing is done about it yet. */
    static boolean isInHeaders(Http11Processor http) {
        return !http.isAsync() && !http.getRequest().getResponse().isCommitted();
    }
}
