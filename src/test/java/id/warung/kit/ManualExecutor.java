package id.warung.kit;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Runs its tasks when the test says so, in order, on the test's own thread. */
public final class ManualExecutor implements Executor {
    private static final int TOO_MANY = 1_000_000;

    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    private boolean atOnce;
    private boolean refusesNext;

    @Override
    public void execute(Runnable task) {
        if (refusesNext) {
            refusesNext = false;
            throw new RejectedExecutionException("scripted");
        }
        if (atOnce) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    /** Rejects the next task. */
    public void refuseNext() {
        refusesNext = true;
    }

    /** Runs something, and runs the tasks that it submits to this executor within the same call. */
    public void whenWokenRunAtOnce(Runnable something) {
        atOnce = true;
        something.run();
        atOnce = false;
    }

    public int waiting() {
        return waiting.size();
    }

    public void runNext() {
        waiting.remove().run();
    }

    /** Runs tasks until none waits, including new ones. Returns how many tasks there were. */
    public int runAll() {
        int tasks = 0;
        while (!waiting.isEmpty()) {
            runNext();
            if (++tasks == TOO_MANY) {
                throw new AssertionError("This never comes to rest.");
            }
        }
        return tasks;
    }

    /** Runs the tasks that wait now, and leaves new ones. */
    public void runRound() {
        for (int left = waiting.size(); left > 0; left--) {
            runNext();
        }
    }
}
