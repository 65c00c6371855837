package id.warung.launch.tomcat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs tasks on shared threads: a limited number at a time, each queued after what others have submitted meanwhile. Thread-safe; never
 * blocks.
 */
final class Lanes implements Executor {
    private final Executor threads;
    private final int lanes;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // also the lock
    private int busyLanes;

    Lanes(Executor threads, int lanes) {
        this.threads = threads;
        this.lanes = lanes;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            waiting.add(task);
            if (busyLanes == lanes) {
                return;
            }
            busyLanes++;
        }
        threads.execute(this::runNext);
    }

    private void runNext() {
        Runnable task = take();
        if (task == null) {
            return;
        }
        try {
            task.run();
        } finally {
            threads.execute(this::runNext);
        }
    }

    /** The next task; null when none waits, and the lane becomes idle. */
    private Runnable take() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            if (task == null) {
                busyLanes--;
            }
            return task;
        }
    }
}
