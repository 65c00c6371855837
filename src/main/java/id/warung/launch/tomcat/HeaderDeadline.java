package id.warung.launch.tomcat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Limits how long a request's headers may take, from the start of the connection or their first byte, however many
 * bytes arrive meanwhile: Tomcat's own time-out restarts with each byte. Until that first byte, a connection that has
 * been answered may stay idle for the announced time. It uses Tomcat's time-out, which is set to the remaining time
 * after each part, so it needs no thread. WebSockets are not affected.
 */
final class HeaderDeadline implements Handler<NioChannel> {
    private final Handler<NioChannel> tomcat;
    private final long headersNanos;
    private final IntSupplier idleMs;
    private final IntSupplier otherwiseMs;
    private final Predicate<SocketWrapperBase<NioChannel>> asks;
    private final Consumer<SocketWrapperBase<NioChannel>> asksNoMore;
    private final Consumer<SocketWrapperBase<NioChannel>> idles;
    private final Consumer<SocketWrapperBase<NioChannel>> closed;
    // of waiting connections
    private final Map<SocketWrapperBase<NioChannel>, Deadline> deadlines = new ConcurrentHashMap<>();
    private final ThreadLocal<Boolean> answered = ThreadLocal.withInitial(() -> false);

    /** @param idle whether no byte has arrived since the last response */
    private record Deadline(long nanos, boolean idle) {}

    /**
     * Wraps Tomcat's handler.
     *
     * @param headersMs how long headers may take
     * @param idleMs how long a connection that has been answered may stay idle
     * @param otherwiseMs the time-out while a request is being answered
     * @param asks called for each connection on which a request starts; returns whether it may
     * @param asksNoMore called for each connection whose request is over
     * @param idles called for each connection that has been answered
     * @param closed called for each connection that ends
     */
    HeaderDeadline(
            Handler<NioChannel> tomcat,
            int headersMs,
            IntSupplier idleMs,
            IntSupplier otherwiseMs,
            Predicate<SocketWrapperBase<NioChannel>> asks,
            Consumer<SocketWrapperBase<NioChannel>> asksNoMore,
            Consumer<SocketWrapperBase<NioChannel>> idles,
            Consumer<SocketWrapperBase<NioChannel>> closed) {
        this.tomcat = tomcat;
        this.headersNanos = TimeUnit.MILLISECONDS.toNanos(headersMs);
        this.idleMs = idleMs;
        this.otherwiseMs = otherwiseMs;
        this.asks = asks;
        this.asksNoMore = asksNoMore;
        this.idles = idles;
        this.closed = closed;
    }

    /** A new connection. Its first bytes may have arrived and been answered already; then there is nothing to do. */
    void begins(SocketWrapperBase<NioChannel> connection) {
        Lock lock = connection.getLock();
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (connection.getCurrentProcessor() == null
                    && !deadlines.containsKey(connection)
                    && !connection.isClosed()) {
                waits(connection, true, false);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A request's headers are complete. Called by the thread that answers it. */
    void answers() {
        answered.set(true);
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
        if (event == SocketEvent.CONNECT_FAIL) {
            return SocketState.CLOSED; // no TLS: there is nothing to answer, and nothing to answer it with
        }
        Object before = connection.getCurrentProcessor();
        if (before != null && !(before instanceof Http11Processor)) {
            return tomcat.process(connection, event);
        }
        if (before == null && event == SocketEvent.OPEN_READ && !asks.test(connection)) {
            return SocketState.CLOSED;
        }
        connection.setReadTimeout(otherwiseMs.getAsInt());
        answered.set(false);
        SocketState state = tomcat.process(connection, event);
        if (!(connection.getCurrentProcessor() instanceof Http11Processor)) {
            asksNoMore.accept(connection);
        }
        boolean partly = state == SocketState.LONG
                && connection.getCurrentProcessor() instanceof Http11Processor http
                && LimitedEndpoint.isInHeaders(http);
        if (partly || state == SocketState.OPEN) {
            if (answered.get()) {
                idles.accept(connection);
            }
            return waits(connection, answered.get(), !partly) ? state : SocketState.CLOSED;
        }
        deadlines.remove(connection);
        return state;
    }

    /**
     * Whether the connection may wait on: for the rest of its headers, or for a new request, and then perhaps as long as an idle
     * connection.
     */
    private boolean waits(SocketWrapperBase<NioChannel> connection, boolean anew, boolean nothingCame) {
        long now = System.nanoTime();
        Deadline deadline = anew ? null : deadlines.get(connection);
        if (anew && nothingCame) {
            deadline = new Deadline(now + TimeUnit.MILLISECONDS.toNanos(idleMs.getAsInt()), true);
        } else if (deadline == null || deadline.idle()) { // the first bytes, even if they are empty lines
            deadline = new Deadline(now + headersNanos, false);
        }
        deadlines.put(connection, deadline);
        long left = deadline.nanos() - now;
        if (left <= 0) {
            return false;
        }
        connection.setReadTimeout(TimeUnit.NANOSECONDS.toMillis(left) + 1);
        ((NioEndpoint.NioSocketWrapper) connection)
                .updateLastRead(); // the remaining time starts now, also after a long response
        if (connection.isClosed()) {
            deadlines.remove(connection); // another thread has closed it, and it is not reported again
        }
        return true;
    }

    @Override
    public void release(SocketWrapperBase<NioChannel> connection) {
        deadlines.remove(connection);
        closed.accept(connection);
        tomcat.release(connection);
    }

    @Override
    public Object getGlobal() {
        return tomcat.getGlobal();
    }

    @Override
    public void pause() {
        tomcat.pause();
    }

    @Override
    public void recycle() {
        tomcat.recycle();
    }
}
