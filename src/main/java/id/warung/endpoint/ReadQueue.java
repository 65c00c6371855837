package id.warung.endpoint;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * The queue of HTTP requests that read the log. Only a few read at a time, so that other users of the same threads get
 * their turn; addresses take turns, and each may have a limited number waiting. Thread-safe; never blocks.
 */
public final class ReadQueue {
    private static final int MOST = 1_024;
    private static final int MOST_OF_ADDRESS = 64;

    private record Waiting(Runnable read, Runnable refused) {}

    private final Executor executor;
    private final int lanes;
    private final LinkedHashMap<String, Deque<Waiting>> waiting = new LinkedHashMap<>(); // the next turn first
    private int waitingCount;
    private int busyLanes;

    /** Uses at most {@code lanes} threads of the executor at a time. */
    public ReadQueue(Executor executor, int lanes) {
        this.executor = executor;
        this.lanes = lanes;
    }

    /**
     * Runs the task when its turn comes, on a thread that may block. When the queue is full, an address with nothing
     * waiting takes the last place of the address with the most.
     *
     * @param limitKey the address that it counts for; null: none
     * @param refused runs on another's thread when the task has lost its place; must not block
     * @return false when too much already waits; then neither runs
     */
    boolean offer(String limitKey, Runnable read, Runnable refused) {
        String key = String.valueOf(limitKey);
        Waiting displaced = null;
        boolean rests;
        synchronized (this) {
            Deque<Waiting> its = waiting.get(key);
            if (limitKey != null && its != null && its.size() == MOST_OF_ADDRESS) {
                return false;
            }
            if (waitingCount == MOST) {
                displaced = its == null ? lastOfMost() : null;
                if (displaced == null) {
                    return false;
                }
            }
            waiting.computeIfAbsent(key, k -> new ArrayDeque<>()).add(new Waiting(read, refused));
            waitingCount++;
            rests = busyLanes < lanes;
            if (rests) {
                busyLanes++;
            }
        }
        if (displaced != null) {
            displaced.refused().run();
        }
        if (rests) {
            executor.execute(this::runNext);
        }
        return true;
    }

    /** Null when no address has more than one. */
    private Waiting lastOfMost() {
        // MOST tasks wait, so there is one
        Deque<Waiting> most = Collections.max(waiting.values(), Comparator.comparingInt(Deque::size));
        if (most.size() == 1) {
            return null;
        }
        waitingCount--;
        return most.removeLast();
    }

    private void runNext() {
        Runnable read = take();
        if (read == null) {
            return;
        }
        try {
            read.run();
        } finally {
            executor.execute(this::runNext); // after what others have queued for these threads
        }
    }

    /** The next task; null when none waits, and the lane becomes idle. */
    private synchronized Runnable take() {
        if (waiting.isEmpty()) {
            busyLanes--;
            return null;
        }
        Map.Entry<String, Deque<Waiting>> first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        Runnable read = first.getValue().remove().read();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue()); // to the end
        }
        waitingCount--;
        return read;
    }
}
