package id.warung.endpoint;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * What HTTP wants of the log. A few read at a time, so that others who use the same threads get in between; addresses take turns, and
 * each may have so many waiting. Thread-safe; never blocks.
 */
public final class ReadQueue {
    private static final int MOST = 1_024;
    private static final int MOST_OF_ADDRESS = 64;

    private record Waiting(Runnable read, Runnable refused) {}

    private final Executor executor;
    private final int lanes;
    private final LinkedHashMap<String, Deque<Waiting>> waiting = new LinkedHashMap<>(); // whose turn it is first
    private int waitingCount;
    private int busyLanes;

    /** Has at most {@code lanes} tasks of the executor's at a time. */
    public ReadQueue(Executor executor, int lanes) {
        this.executor = executor;
        this.lanes = lanes;
    }

    /**
     * Runs it when its turn comes, on a thread that may block. Where others have filled the queue, who has nothing waiting takes the place
     * of the last of whoever has the most.
     *
     * @param limitKey whom it counts for; null: for nobody
     * @param refused run on another's thread when it has lost its place; must not block
     * @return false when too much waits already; then neither is run
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

    /** Null when nobody has more than one. */
    private Waiting lastOfMost() {
        Deque<Waiting> most =
                Collections.max(waiting.values(), Comparator.comparingInt(Deque::size)); // MOST wait: there is one
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
            executor.execute(this::runNext); // behind what others have for these threads
        }
    }

    /** Null when there is no more, and the lane rests. */
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
