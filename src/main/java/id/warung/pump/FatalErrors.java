package id.warung.pump;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.function.Consumer;

/**
 * Errors of the JVM itself, such as an OutOfMemoryError, after which nothing can be relied upon: whatever thread it was thrown on may have
 * left its work half done. Whoever catches an {@link Error} and does not throw it on reports it here. Thread-safe.
 */
public final class FatalErrors {
    private static final int DEEPEST = 16;

    private static volatile Consumer<Throwable> listener = error -> {};

    private FatalErrors() {}

    /** Has this one told of each fatal error, on the thread that reports it. One an application; the latest counts. */
    public static void tell(Consumer<Throwable> newListener) {
        listener = newListener;
    }

    /**
     * If this is a fatal error, or was caused by one, tells the listener and then whoever deals with the process's uncaught errors (in the
     * executable WAR, that is the end of the process). Does nothing otherwise.
     */
    public static void report(Throwable thrown) {
        if (!isFatal(thrown)) {
            return;
        }
        try {
            listener.accept(thrown);
        } catch (RuntimeException | Error alsoFailed) {
            // whoever reports has more to do, and there may be no memory to say anything
        }
        UncaughtExceptionHandler process = Thread.getDefaultUncaughtExceptionHandler();
        if (process != null) {
            process.uncaughtException(Thread.currentThread(), thrown);
        }
    }

    /** Whether an error of the JVM is at the bottom of it. A stack that was too deep harms its own thread only. */
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
