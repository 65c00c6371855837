package id.warung.session;

import id.warung.identity.ClientAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts and limits the sessions of each address. Every session that has entered leaves exactly once. Stores nothing
 * for an address without sessions. Thread-safe.
 */
final class ConnectionLimiter {
    private final int most;
    private final ConcurrentMap<String, Integer> sessions = new ConcurrentHashMap<>();

    /** Allows this many sessions per address; 0: any number. */
    ConnectionLimiter(int most) {
        this.most = most;
    }

    /** Counts a new session, unless its address has reached the limit. */
    boolean enter(ClientAddress address) {
        if (most == 0 || address.limitKey() == null) {
            return true;
        }
        // counting and deciding in one atomic step
        boolean[] entered = new boolean[1];
        sessions.compute(address.limitKey(), (limitKey, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < most;
            return entered[0] ? now + 1 : count;
        });
        return entered[0];
    }

    /** Releases what {@link #enter} counted. */
    void leave(ClientAddress address) {
        if (most > 0 && address.limitKey() != null) {
            sessions.computeIfPresent(address.limitKey(), (limitKey, count) -> count == 1 ? null : count - 1);
        }
    }

    /** How many addresses have a counted session. */
    int count() {
        return sessions.size();
    }
}
