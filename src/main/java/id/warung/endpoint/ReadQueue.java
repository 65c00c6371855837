package id.warung.endpoint;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * What HTTP wants of the log. A few read at a time, so that others who use the same threads get in between; addresses take turns, and
 * each may have so many waiting. Thread-safe; never blocks.
 */
public final class ReadQueue {
    private static final int MOST = 1_024;
    private static final int MOST_OF_ADDRESS = 64;

    private final Executor executor;
    private final int lanes;
    private final LinkedHashMap<String, Queue<Runnable>> waiting = new LinkedHashMap<>(); // whose turn it is first
    private int waitingCount;
    private int busyLanes;

    /** Has at most {@code lanes} tasks of the executor's at a time. */
    public ReadQueue(Executor executor, int lanes) {
        this.executor = executor;
        this.lanes = lanes;
    }

    /**
     * Runs it when its turn comes, on a thread that may block.
     *
     * @param limitKey whom it counts for; null: for nobody
     * @return false when too much waits already
     */
    boolean offer(String limitKey, Runnable read) {
        synchronized (this) {
            Queue<Runnable> its = waiting.get(String.valueOf(limitKey));
            int ofAddress = its == null ? 0 : its.size();
            if (waitingCount == MOST || (limitKey != null && ofAddress == MOST_OF_ADDRESS)) {
                return false;
            }
            waiting.computeIfAbsent(String.valueOf(limitKey), key -> new ArrayDeque<>())
                    .add(read);
            waitingCount++;
            if (busyLanes == lanes) {
                return true;
            }
            busyLanes++;
        }
        executor.execute(this::runNext);
        return true;
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
        Map.Entry<String, Queue<Runnable>> first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        Runnable read = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            waiting.put(first.getKey(), first.getValue()); // to the end
        }
        waitingCount--;
        return read;
    }
}
