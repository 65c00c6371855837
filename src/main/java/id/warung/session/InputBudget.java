package id.warung.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The limit on memory for all unfinished input of a node: incomplete messages, commands, and append requests until they
 * are settled. One address may use an eighth, so that others find room. Stores nothing for an address that uses
 * nothing. Thread-safe.
 */
public final class InputBudget {
    private static final int SHARES = 8;
    private static final int OVERHEAD_BYTES = 1024;

    private final long maxBytes;
    private final long maxShareBytes;
    private final AtomicLong usedBytes = new AtomicLong();
    private final ConcurrentMap<String, Long> usedBytesByKey = new ConcurrentHashMap<>();

    /** Creates a budget of this many bytes, or slightly more: one frame of the largest size must fit, as UTF-16. */
    public InputBudget(long maxBytes, int maxFrameBytes) {
        this.maxShareBytes = Math.max(maxBytes / SHARES, 2L * maxFrameBytes + OVERHEAD_BYTES);
        this.maxBytes = Math.max(maxBytes, maxShareBytes);
    }

    /** The share of all clients with this key. Null: an unknown client, limited by the node's budget only. */
    public Share of(String limitKey) {
        return new Share(limitKey);
    }

    /** The bytes in use. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** How many addresses use the budget. */
    int keys() {
        return usedBytesByKey.size();
    }

    /** One address's share of the budget, which is taken and given back. Thread-safe. */
    public final class Share {
        private final String key;

        private Share(String key) {
            this.key = key;
        }

        /** Takes all of these bytes or, if they do not fit, none; returns whether it took them. */
        public boolean take(int bytes) {
            if (usedBytes.addAndGet(bytes) > maxBytes) {
                usedBytes.addAndGet(-bytes);
                return false;
            }
            if (key != null && usedBytesByKey.merge(key, (long) bytes, Long::sum) > maxShareBytes) {
                giveBack(bytes);
                return false;
            }
            return true;
        }

        /** Gives back bytes that were taken, exactly once. */
        public void giveBack(int bytes) {
            usedBytes.addAndGet(-bytes);
            if (key != null) {
                usedBytesByKey.computeIfPresent(key, (k, used) -> used == bytes ? null : used - bytes);
            }
        }
    }
}
