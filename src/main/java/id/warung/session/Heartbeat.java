package id.warung.session;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Detects clients that no longer receive. A connection keeps the order, so pong n proves that the client has everything that was sent
 * before ping n; where the container's completion proves nothing, the heartbeat also bounds the bytes in flight. Thread-safe.
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
    private long waitingSince; // when the oldest unanswered ping was sent
    private long handedBytes;
    private long pingedBytes; // bytes handed over when the last ping was sent
    private long provedBytes;

    Heartbeat(SessionSettings settings, long nowNanos) {
        this.intervalNanos = TimeUnit.MILLISECONDS.toNanos(settings.heartbeatMs());
        this.timeoutNanos = TimeUnit.MILLISECONDS.toNanos(settings.pongTimeoutMs());
        this.lastPingAt = nowNanos;
        this.lastHeardAt = nowNanos;
    }

    /** Counts bytes handed to a container whose completions prove nothing; true when a ping is due. */
    synchronized boolean beforeSend(int bytes) {
        handedBytes += bytes;
        return handedBytes - pingedBytes >= PING_EVERY_BYTES;
    }

    /** Whether too many bytes are in flight without proof of delivery. */
    synchronized boolean hasUnprovenBacklog() {
        return handedBytes - provedBytes >= MAX_UNPROVED_BYTES;
    }

    synchronized boolean isDue(long nowNanos) {
        return nowNanos - lastPingAt >= intervalNanos;
    }

    /** Numbers a ping that is sent now. */
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

    /** Records a pong; a number that was never sent is ignored. */
    synchronized void pong(long n, long nowNanos) {
        lastHeardAt = nowNanos;
        while (!unanswered.isEmpty() && unanswered.peek().n() <= n && n <= pings) {
            provedBytes = unanswered.poll().handedBytes();
            waitingSince = nowNanos;
        }
    }

    /** Records that the client has sent something. */
    synchronized void heard(long nowNanos) {
        lastHeardAt = nowNanos;
    }

    /**
     * Whether a ping has waited too long and the client has sent nothing else meanwhile. Input from the client does not
     * count when too much is in flight to it: it may write and never read.
     */
    synchronized boolean isLost(long nowNanos) {
        long silentNanos = nowNanos - waitingSince;
        if (!hasUnprovenBacklog()) {
            silentNanos = Math.min(silentNanos, nowNanos - lastHeardAt);
        }
        return !unanswered.isEmpty() && silentNanos >= timeoutNanos;
    }
}
