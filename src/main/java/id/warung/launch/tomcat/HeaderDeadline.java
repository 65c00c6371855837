package id.warung.launch.tomcat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * How long a request's headers may take, from the beginning of the connection or the end of the answer before, however many bytes come
 * meanwhile: Tomcat's own time-out begins anew with each byte. It uses that time-out: what is left is set after each part that comes, so
 * no thread of its own is needed. WebSockets pass by.
 */
final class HeaderDeadline implements Handler<NioChannel> {
    private final Handler<NioChannel> tomcat;
    private final long timeoutNanos;
    private final IntSupplier otherwiseMs;
    private final Consumer<SocketWrapperBase<NioChannel>> closed;
    private final Map<SocketWrapperBase<NioChannel>, Long> deadlines =
            new ConcurrentHashMap<>(); // of those that wait, in ns
    private final ThreadLocal<Boolean> answered = ThreadLocal.withInitial(() -> false);

    /**
     * Wraps Tomcat's handler.
     *
     * @param otherwiseMs the time-out while a request is being answered
     * @param closed hears of each connection that ends
     */
    HeaderDeadline(
            Handler<NioChannel> tomcat,
            int timeoutMs,
            IntSupplier otherwiseMs,
            Consumer<SocketWrapperBase<NioChannel>> closed) {
        this.tomcat = tomcat;
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        this.otherwiseMs = otherwiseMs;
        this.closed = closed;
    }

    /** The connection has just been made. The first bytes may have come already, and be answered; then there is nothing to do. */
    void begins(SocketWrapperBase<NioChannel> connection) {
        Lock lock = connection.getLock();
        if (!lock.tryLock()) {
            return;
        }
        try {
            if (connection.getCurrentProcessor() == null && !connection.isClosed()) {
                waits(connection, true);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A request's headers are complete, says the thread that answers it. */
    void answers() {
        answered.set(true);
    }

    @Override
    public SocketState process(SocketWrapperBase<NioChannel> connection, SocketEvent event) {
        Object before = connection.getCurrentProcessor();
        if (before != null && !(before instanceof Http11Processor)) {
            return tomcat.process(connection, event);
        }
        connection.setReadTimeout(otherwiseMs.getAsInt());
        answered.set(false);
        SocketState state = tomcat.process(connection, event);
        boolean partly = state == SocketState.LONG
                && connection.getCurrentProcessor() instanceof Http11Processor http
                && LimitedEndpoint.isInHeaders(http);
        if (partly || state == SocketState.OPEN) {
            return waits(connection, answered.get()) ? state : SocketState.CLOSED;
        }
        deadlines.remove(connection);
        return state;
    }

    /** Whether it may wait on. */
    private boolean waits(SocketWrapperBase<NioChannel> connection, boolean anew) {
        long now = System.nanoTime();
        Long deadline = anew ? null : deadlines.get(connection);
        if (deadline == null) {
            deadline = now + timeoutNanos;
            deadlines.put(connection, deadline);
        }
        if (now >= deadline) {
            return false;
        }
        connection.setReadTimeout(TimeUnit.NANOSECONDS.toMillis(deadline - now) + 1);
        if (connection.isClosed()) {
            deadlines.remove(connection); // it was closed by another thread, and is not heard of again
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
