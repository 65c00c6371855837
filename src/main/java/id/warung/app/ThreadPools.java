package id.warung.app;

import java.lang.System.Logger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * All threads of the application, by what they do: what may block never shares a pool with what must not wait. Their pools are ended in the
 * order in which nobody needs them any more.
 */
final class ThreadPools {
    private static final Logger LOG = System.getLogger(ThreadPools.class.getName());
    private static final long LAST_TASKS_MS = 1_000;
    private static final int CLOSING_THREADS = 32;
    private static final int COMPLETING_THREADS = 8;
    private static final int EXCHANGING_THREADS = 2;
    private static final int HINTING_THREADS = 2;
    private static final int WAITING_THREADS = 2; // one for permanent rooms, one for ephemeral ones

    private final int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
    private final ExecutorService conversing = Threads.pool("warung-session", cores);
    private final ExecutorService fanOut = Threads.pool("warung-fanout", cores);
    private final ExecutorService writing;
    private final ExecutorService reading;
    private final int httpReads; // fewer than reading threads, so that chat never waits for HTTP
    // these four have no thread until somebody uses them
    private final ExecutorService waiting = Threads.pool("warung-locked", WAITING_THREADS);
    private final ExecutorService watching = Threads.pool("warung-watch", 1);
    private final ExecutorService exchanging = Threads.pool("warung-nodes", EXCHANGING_THREADS);
    private final ExecutorService hinting = Threads.pool("warung-hints", HINTING_THREADS);
    private final ExecutorService indexing = Threads.pool("warung-index", 1);
    private final ExecutorService closing = Threads.pool("warung-close", CLOSING_THREADS);
    private final ExecutorService fetching = Threads.pool("warung-keys", 1);
    // no request waits for connections to close
    private final ExecutorService completing = Threads.pool("warung-http", COMPLETING_THREADS);
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(Threads.named("warung-timer"));

    /** The pools of a node with a data folder of its own. */
    ThreadPools() {
        this(1, Integer.MAX_VALUE);
    }

    /**
     * @param writers how many groups may be written at a time
     * @param mostReaders of the log
     */
    ThreadPools(int writers, int mostReaders) {
        int readers = Math.min(2 * cores, mostReaders);
        writing = Threads.pool("warung-log", writers);
        reading = Threads.pool("warung-read", readers);
        httpReads = Math.max(1, readers / 2);
    }

    /** Executes commands and whatever never blocks. */
    ExecutorService conversing() {
        return conversing;
    }

    /** Passes entries on to readers. */
    ExecutorService fanOut() {
        return fanOut;
    }

    /** The threads that write the log: one, unless several nodes share it. */
    ExecutorService writing() {
        return writing;
    }

    /** Writes to rooms that another node has locked, and may wait for them. */
    ExecutorService waiting() {
        return waiting;
    }

    /** Reads the log. */
    ExecutorService reading() {
        return reading;
    }

    /** How many reads over HTTP may be under way at a time. */
    int httpReads() {
        return httpReads;
    }

    /** Watches the database that several nodes share. */
    ExecutorService watching() {
        return watching;
    }

    /** Looks for news of other nodes, and tells them who is here. */
    ExecutorService exchanging() {
        return exchanging;
    }

    /** Sends and receives hints. */
    ExecutorService hinting() {
        return hinting;
    }

    /** Indexes messages. */
    ExecutorService indexing() {
        return indexing;
    }

    /** Closes connections, which may block. */
    ExecutorService closing() {
        return closing;
    }

    /** Fetches what issuers of tokens show, which may block. */
    ExecutorService fetching() {
        return fetching;
    }

    /** Completes HTTP requests, which may block on a container. */
    ExecutorService completing() {
        return completing;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** No command is executed any more; what was submitted to the log can still be written. */
    void endOfTalk() {
        end(timer);
        end(conversing);
    }

    /** Ends the other pools. */
    void endOfRest() {
        for (ExecutorService executor : new ExecutorService[] {
            watching, exchanging, hinting, indexing, writing, waiting, reading, fetching, fanOut, closing, completing
        }) {
            end(executor);
        }
    }

    /** Waits a moment for the last tasks of a pool. Harmless when called twice. */
    static void end(ExecutorService executor) {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(LAST_TASKS_MS, TimeUnit.MILLISECONDS)) {
                LOG.log(Logger.Level.DEBUG, "Some tasks did not finish in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
