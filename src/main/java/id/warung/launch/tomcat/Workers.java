package id.warung.launch.tomcat;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.TaskThread;
import org.apache.tomcat.util.threads.TaskThreadFactory;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/**
 * The server's threads. The completion of a send is reported on the thread on which it happened: the application tolerates that, and a
 * separate thread to report it, as Tomcat uses for applications that do not, costs a quarter of a send (docs/adr/0012). A long text is
 * sent in many parts, each from within the completion of the one before: another thread continues before the stack is too deep.
 *
 * <p>After a request is completed, its connection continues with the next one if that has already arrived. Such continuations have lanes
 * of their own, after new requests: a client that sends many requests in a row waits for others, and nobody waits for it (docs/adr/0017).
 */
final class Workers extends ThreadPoolExecutor {
    private static final int LEAST = 4;
    private static final int MOST = 64; // nothing that waits for a client blocks one (docs/adr/0017)
    private static final int LANES = 16; // of these, for continuations
    private static final int IDLE_SECONDS = 60;
    private static final int MOST_DEEP = 16;
    private static final Class<?> COMPLETION = completion();

    private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
    private final Executor continuations = new Lanes(super::execute, LANES);

    Workers() {
        super(
                LEAST,
                MOST,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new TaskQueue(),
                new TaskThreadFactory("http-", true, Thread.NORM_PRIORITY));
        ((TaskQueue) getQueue()).setParent(this);
    }

    @Override
    public void execute(Runnable task) {
        if (task.getClass() != COMPLETION) {
            if (isOfServer(Thread.currentThread())) {
                super.execute(task);
            } else {
                continuations.execute(task);
            }
            return;
        }
        int deep = depth.get();
        if (deep == MOST_DEEP) {
            super.execute(task);
            return;
        }
        depth.set(deep + 1);
        try {
            task.run();
        } finally {
            depth.set(deep);
        }
    }

    /** Whether this is the poller, which has read something new, or one of these threads. The application's threads complete requests. */
    private static boolean isOfServer(Thread thread) {
        return thread instanceof TaskThread || thread.getName().endsWith("-Poller");
    }

    private static Class<?> completion() {
        String name = "org.apache.tomcat.websocket.server.WsRemoteEndpointImplServer$OnResultRunnable";
        try {
            return Class.forName(name, false, Workers.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("This Tomcat reports completed sends in an unknown way: see Workers", e);
        }
    }
}
