package id.warung.endpoint;

import java.util.HashMap;
import java.util.Map;

/** Limits the bytes of responses in progress, in total and for each address. Thread-safe. */
public final class ResponseBudget {
    private static final int ADDRESSES = 4;

    private final long maxBytes;
    private final Map<String, Long> byAddress = new HashMap<>();
    private long bytes;

    /** Creates a budget of this many bytes; one address, or one response, may use a quarter. */
    public ResponseBudget(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * Takes this many bytes, if they are available.
     *
     * @param limitKey the address that they count for; null: none, only the total
     */
    synchronized boolean take(String limitKey, long count) {
        if (count == 0) {
            return true;
        }
        if (bytes + count > maxBytes || !hasShare(limitKey, count)) {
            return false;
        }
        bytes += count;
        if (limitKey != null) {
            byAddress.merge(limitKey, count, Long::sum);
        }
        return true;
    }

    /** Whether the address has this many bytes left of its own share, whatever others have taken. */
    synchronized boolean hasShare(String limitKey, long count) {
        long its = limitKey == null ? 0 : byAddress.getOrDefault(limitKey, 0L);
        return its == 0 || its + count <= maxBytes / ADDRESSES;
    }

    synchronized void giveBack(String limitKey, long count) {
        bytes -= count;
        if (limitKey != null) {
            byAddress.computeIfPresent(limitKey, (key, its) -> its == count ? null : its - count);
        }
    }

    synchronized long bytes() {
        return bytes;
    }
}
