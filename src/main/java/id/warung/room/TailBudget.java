package id.warung.room;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the memory for the tails of all rooms together. When it is used up, the largest tails are cut until a quarter
 * is free again; the block that is being filled always stays. Thread-safe; never blocks.
 */
public final class TailBudget {

    private final long maxBytes;
    private final Set<Tail> tails = ConcurrentHashMap.newKeySet();
    private final AtomicLong usedBytes = new AtomicLong();
    private final AtomicLong cutAtBytes;

    public TailBudget(long maxBytes) {
        this.maxBytes = maxBytes;
        this.cutAtBytes = new AtomicLong(maxBytes);
    }

    void opened(Tail tail) {
        tails.add(tail);
    }

    void closed(Tail tail) {
        tails.remove(tail);
        usedBytes.addAndGet(-tail.close());
    }

    /** Counts the growth of a tail. */
    void spend(long bytes) {
        long used = usedBytes.addAndGet(bytes);
        long cutAt = cutAtBytes.get();
        if (used > cutAt && cutAtBytes.compareAndSet(cutAt, Long.MAX_VALUE)) { // the first thread only
            try {
                cut();
            } finally {
                long step = maxBytes / 16 + 1; // blocks being filled may exceed the budget
                cutAtBytes.set(Math.max(maxBytes, usedBytes.get() + step));
            }
        }
    }

    long usedBytes() {
        return usedBytes.get();
    }

    private void cut() {
        Tail[] all = tails.toArray(Tail[]::new);
        long share = share(Arrays.stream(all).mapToLong(Tail::bytes).sorted().toArray(), maxBytes * 3 / 4);
        for (Tail tail : all) {
            usedBytes.addAndGet(-tail.cut(share));
        }
    }

    /** The size to which the larger tails must be cut, so that all together have the total. */
    static long share(long[] sizesInOrder, long total) {
        long left = total;
        for (int i = 0; i < sizesInOrder.length; i++) {
            long share = left / (sizesInOrder.length - i);
            if (sizesInOrder[i] > share) {
                return share;
            }
            left -= sizesInOrder[i];
        }
        return Long.MAX_VALUE;
    }
}
