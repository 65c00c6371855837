package id.warung.app;

import id.warung.pump.FatalErrors;
import java.lang.System.Logger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates the application's threads: named daemons with the web application's class loader, which threads of containers lack. */
final class Threads implements ThreadFactory {
    private static final Logger LOG = System.getLogger(Threads.class.getName());

    private final String name;
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();
    private final AtomicInteger count = new AtomicInteger();

    private Threads(String name) {
        this.name = name;
    }

    /** A pool whose threads end when they have been idle for a while; tasks submitted after its shutdown are dropped. */
    static ExecutorService pool(String name, int threads) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new Threads(name),
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    static Threads named(String name) {
        return new Threads(name);
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(loader);
        thread.setUncaughtExceptionHandler((dead, thrown) -> {
            LOG.log(Logger.Level.ERROR, "A task failed in thread " + dead.getName(), thrown);
            FatalErrors.report(thrown);
        });
        return thread;
    }
}
