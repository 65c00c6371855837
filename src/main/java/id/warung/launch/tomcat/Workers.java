package id.warung.launch.tomcat;

import java.util.concurrent.TimeUnit;
import org.apache.tomcat.util.threads.TaskQueue;
import org.apache.tomcat.util.threads.TaskThreadFactory;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;

/**
 * The server's threads. That a send has completed is told on the thread on which it did: the application bears that, and to
 * have another thread tell it, as Tomcat does for all who do not, took a third of what a send costs.
 */
final class Workers extends ThreadPoolExecutor {
    private static final int LEAST = 10;
    private static final int MOST = 200;
    private static final int IDLE_SECONDS = 60;
    private static final String COMPLETION = "org.apache.tomcat.websocket.server.WsRemoteEndpointImplServer$OnResultRunnable";

    private static final ClassValue<Boolean> IS_COMPLETION = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.getName().equals(COMPLETION);
        }
    };

    Workers() {
        super(LEAST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new TaskQueue(), new TaskThreadFactory("http-", true, Thread.NORM_PRIORITY));
        ((TaskQueue) getQueue()).setParent(this);
    }

    @Override
    public void execute(Runnable task) {
        if (IS_COMPLETION.get(task.getClass())) {
            task.run();
        } else {
            super.execute(task);
        }
    }
}
