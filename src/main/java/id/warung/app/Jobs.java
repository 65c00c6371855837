package id.warung.app;

import id.warung.log.Job;
import id.warung.pump.FatalErrors;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** What is done at intervals: small tasks by the timer itself, jobs by whoever may be blocked. Thread-safe. */
final class Jobs {
    private static final Logger LOG = System.getLogger(Jobs.class.getName());

    private final ScheduledExecutorService timer;

    Jobs(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Has a job done, now and at its intervals, a part at a time, so that others of its executor have their turn in between. */
    void start(Job job, Executor executor) {
        executor.execute(() -> some(job, executor));
        every(job.interval().toMillis(), () -> executor.execute(() -> some(job, executor)));
    }

    private static void some(Job job, Executor executor) {
        try {
            if (job.work().some()) {
                executor.execute(() -> some(job, executor));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Logger.Level.WARNING, job.failure(), e);
        }
    }

    /** Has something done that does not block. A timer's task that throws would never run again. */
    void every(long intervalMs, Runnable task) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.log(Logger.Level.ERROR, "A timer's task failed", e);
                FatalErrors.report(e);
            }
        };
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(guarded, intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    }
}
