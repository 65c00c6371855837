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

/** What is done at intervals: small tasks by the timer itself, jobs by whoever may be blocked. Thread-safe. */
final class Jobs {
    private static final Logger LOG = System.getLogger(Jobs.class.getName());

    private final ScheduledExecutorService timer;

    Jobs(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Has a job done, now and at its intervals, a part at a time, so that others of its executor have their turn in between. */
    void start(Job job, Executor executor) {
        AtomicBoolean queued = new AtomicBoolean(); // while it goes on by itself, its intervals add nothing
        Runnable turn = () -> queue(job, executor, queued);
        turn.run();
        every(job.interval().toMillis(), turn);
    }

    private static void queue(Job job, Executor executor, AtomicBoolean queued) {
        if (queued.compareAndSet(false, true)) {
            executor.execute(() -> {
                boolean more = some(job);
                queued.set(false);
                if (more) {
                    queue(job, executor, queued);
                }
            });
        }
    }

    private static boolean some(Job job) {
        try {
            return job.work().some();
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.WARNING, job.failure(), e);
            return false;
        }
    }

    /** Has something done that does not block. A timer's task that throws would never run again. */
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
