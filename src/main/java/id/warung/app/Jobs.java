package id.warung.app;

import id.warung.log.Job;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs periodic work: small tasks on the timer's thread, jobs on executors that may block. Thread-safe. */
final class Jobs {
    private static final Logger LOG = System.getLogger(Jobs.class.getName());

    private final ScheduledExecutorService timer;

    Jobs(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Runs a job now and at its interval, one part at a time, so that other tasks of its executor get their turn in between. */
    void start(Job job, Executor executor) {
        AtomicBoolean queued = new AtomicBoolean(); // while the job continues by itself, its interval adds nothing
        Runnable turn = () -> queue(job, executor, queued);
        turn.run();
        every(job.interval().toMillis(), turn);
    }

    private static void queue(Job job, Executor executor, AtomicBoolean queued) {
        if (queued.compareAndSet(false, true)) {
            executor.execute(() -> {
                boolean more = runSlice(job);
                queued.set(false);
                if (more) {
                    queue(job, executor, queued);
                }
            });
        }
    }

    private static boolean runSlice(Job job) {
        try {
            return job.work().runSlice();
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.WARNING, job.failure(), e);
            return false;
        }
    }

    /** Runs a task that does not block at an interval. A failure is logged; otherwise the timer would never run the task again. */
    void every(long intervalMs, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Logger.Level.ERROR, "A periodic task failed; it runs again at its next time", e);
                FatalErrors.report(e);
            }
        };
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(guarded, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }
}
