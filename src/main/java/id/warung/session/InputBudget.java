package id.warung.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What may be in memory of all that clients have said and that is not done yet: unfinished messages, commands, and drafts until they are
 * settled. One for a node. Of it one address has an eighth, so that the others find room. Thread-safe; keeps nothing of an address that
 * holds nothing.
 */
public final class InputBudget {
    private static final int SHARES = 8;
    private static final int OVERHEAD_BYTES = 1024;

    private final long maxBytes;
    private final long maxShareBytes;
    private final AtomicLong usedBytes = new AtomicLong();
    private final ConcurrentMap<String, Long> usedBytesByKey = new ConcurrentHashMap<>();

    /** Of so many bytes, or a few more: a frame of the largest size there may be must fit, as UTF-16. */
    public InputBudget(long maxBytes, int maxFrameBytes) {
        this.maxShareBytes = Math.max(maxBytes / SHARES, 2L * maxFrameBytes + OVERHEAD_BYTES);
        this.maxBytes = Math.max(maxBytes, maxShareBytes);
    }

    /** The part of those with this key, which they share. Null: of somebody of whom nothing is known, who has no limit but the node's. */
    public Share of(String limitKey) {
        return new Share(limitKey);
    }

    /** What is held now, in bytes. */
    public long usedBytes() {
        return usedBytes.get();
    }

    /** How many addresses hold something. */
    int keys() {
        return usedBytesByKey.size();
    }

    /** What somebody takes from the budget and gives back. Thread-safe. */
    public final class Share {
        private final String key;

        private Share(String key) {
            this.key = key;
        }

        /** Takes so many bytes, all or, when that is too much, none; then it returns false. */
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

        /** Gives back what was taken, once. */
        public void giveBack(int bytes) {
            usedBytes.addAndGet(-bytes);
            if (key != null) {
                usedBytesByKey.computeIfPresent(key, (k, used) -> used == bytes ? null : used - bytes);
            }
        }
    }
}
