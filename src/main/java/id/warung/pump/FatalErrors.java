package id.warung.pump;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.function.Consumer;

/**
 * Reports errors of the JVM itself, such as an OutOfMemoryError. After such an error no state is reliable: the thread on which it was
 * thrown may have left its work half done. Code that catches an {@link Error} without rethrowing it must report it here. Thread-safe.
 */
public final class FatalErrors {
    private static final int DEEPEST = 16;

    private static volatile Consumer<Throwable> listener = error -> {};

    private FatalErrors() {}

    /**
     * Sets the listener, which is called for each fatal error on the thread that reports it. There is one per application; the latest
     * counts.
     */
    public static void setListener(Consumer<Throwable> newListener) {
        listener = newListener;
    }

    /**
     * If this is a fatal error, or was caused by one, calls the listener and then the process's handler of uncaught
     * exceptions (which ends the process in the executable WAR). Otherwise does nothing.
     */
    public static void report(Throwable thrown) {
        if (!isFatal(thrown)) {
            return;
        }
        try {
            listener.accept(thrown);
        } catch (RuntimeException | Error alsoFailed) {
            // the caller has more to do, and there may be no memory to report anything
        }
        UncaughtExceptionHandler process = Thread.getDefaultUncaughtExceptionHandler();
        if (process != null) {
            process.uncaughtException(Thread.currentThread(), thrown);
        }
    }

    /** Whether the error or one of its causes is an error of the JVM. A stack overflow affects its own thread only. */
    static boolean isFatal(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof VirtualMachineError) {
                return !(cause instanceof StackOverflowError);
            }
            cause = cause.getCause();
        }
        return false;
    }
}
