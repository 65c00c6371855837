package id.warung.launch;

import java.lang.Thread.UncaughtExceptionHandler;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Ends the process at once after an OutOfMemoryError or another error of the JVM itself: a thread has lost its work,
 * perhaps the one that accepts connections, and a supervisor restarts only a process that has ended. Receives errors
 * that nobody caught, and errors that the server caught and logged. Needs no memory. Thread-safe.
 */
final class FatalErrorGuard extends Handler implements UncaughtExceptionHandler {
    static final int EXIT_STATUS = 3;
    private static final int DEEPEST = 16;
    private static final String SENTENCE = "Warung stops: the JVM has run out of memory or has failed otherwise."
            + " Enlarge the heap with -Xmx, or lower the limits (docs/settings.md).";

    private final byte[] lastWords;
    private final UncaughtExceptionHandler others;

    /** @param others handles all other uncaught exceptions */
    private FatalErrorGuard(byte[] lastWords, UncaughtExceptionHandler others) {
        this.lastWords = lastWords;
        this.others = others;
    }

    /** Starts to guard this process. */
    static void install(Logging logging) {
        String line = logging.json()
                ? "{\"level\":\"error\",\"logger\":\"" + FatalErrorGuard.class.getName() + "\",\"message\":\""
                        + SENTENCE + "\"}\n" // without a time, whose formatting takes memory
                : SENTENCE + "\n";
        FatalErrorGuard guard = new FatalErrorGuard(line.getBytes(StandardCharsets.UTF_8), logging::uncaught);
        guard.isFatal(new OutOfMemoryError()); // loads the needed classes while there is memory
        Thread.setDefaultUncaughtExceptionHandler(guard);
        Logger.getLogger("").addHandler(guard);
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        endIfFatal(thrown);
        others.uncaughtException(thread, thrown);
    }

    @Override
    public void publish(LogRecord entry) {
        endIfFatal(entry.getThrown());
    }

    private void endIfFatal(Throwable thrown) {
        if (isFatal(thrown)) {
            try {
                System.err.write(lastWords, 0, lastWords.length);
                System.err.flush();
            } finally {
                Runtime.getRuntime().halt(EXIT_STATUS);
            }
        }
    }

    private boolean isFatal(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof VirtualMachineError) {
                return !(cause instanceof StackOverflowError);
            }
            cause = cause.getCause();
        }
        return false;
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        // nothing to close
    }
}
