package id.warung.session;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Whether the client still hears us. Order in a connection is kept, so pong n proves that the client has all that
 * was handed over before ping n; where the container's word proves nothing this also bounds what may be on its way. Thread-safe.
 */
final class Heartbeat {
    private static final int PING_EVERY_BYTES = 256 * 1024;
    private static final int MAX_UNPROVED_BYTES = 2 * 1024 * 1024;

    private record Ping(long n, long handedBytes) {}

    private final long intervalNanos;
    private final long timeoutNanos;
    private final ArrayDeque<Ping> unanswered = new ArrayDeque<>(2);
    private long pings;
    private long lastPingAt;
    private long lastHeardAt;
    private long waitingSince; // since when the oldest unanswered ping waits
    private long handedBytes;
    private long pingedBytes; // handed over when the last ping went out
    private long provedBytes;

    Heartbeat(SessionSettings settings, long nowNanos) {
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(settings.heartbeatMs());
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(settings.pongTimeoutMs());
        this.lastPingAt = nowNanos;
        this.lastHeardAt = nowNanos;
    }

    /** Counts what is handed to a container whose word proves nothing; true when it is time to ping. */
    synchronized boolean handing(int bytes) {
        handedBytes += bytes;
        return handedBytes - pingedBytes >= PING_EVERY_BYTES;
    }

    /** Whether too much is on its way that nothing proves. */
    synchronized boolean lacksProof() {
        return handedBytes - provedBytes >= MAX_UNPROVED_BYTES;
    }

    synchronized boolean isDue(long nowNanos) {
        return nowNanos - lastPingAt >= intervalNanos;
    }

    /** Numbers a ping that goes out now. */
    synchronized long ping(long nowNanos) {
        if (unanswered.isEmpty()) {
            waitingSince = nowNanos;
        }
        lastPingAt = nowNanos;
        pingedBytes = handedBytes;
        pings++;
        unanswered.add(new Ping(pings, handedBytes));
        return pings;
    }

    /** The client answered; a number we never sent is ignored. */
    synchronized void pong(long n, long nowNanos) {
        lastHeardAt = nowNanos;
        while (!unanswered.isEmpty() && unanswered.peek().n() <= n && n <= pings) {
            provedBytes = unanswered.poll().handedBytes();
            waitingSince = nowNanos;
        }
    }

    /** The client said something. */
    synchronized void heard(long nowNanos) {
        lastHeardAt = nowNanos;
    }

    /**
     * Whether a ping has waited for too long, and nothing else was heard meanwhile either; what a client says is no excuse when
     * too much is on its way to him: he may talk and never read.
     */
    synchronized boolean isLost(long nowNanos) {
        long silentNanos = nowNanos - waitingSince;
        if (!lacksProof()) {
            silentNanos = Math.min(silentNanos, nowNanos - lastHeardAt);
        }
        return !unanswered.isEmpty() && silentNanos >= timeoutNanos;
    }
}
