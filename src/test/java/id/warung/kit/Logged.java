package id.warung.kit;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Captures what a class logs, and keeps it off the console, until it is closed. */
public final class Logged implements AutoCloseable {
    private final Logger logger; // stored here, because the platform holds it weakly
    private final List<LogRecord> records = new ArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            synchronized (records) {
                records.add(entry);
            }
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing to close
        }
    };

    private Logged(String name) {
        logger = Logger.getLogger(name);
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    public static Logged by(Class<?> type) {
        return new Logged(type.getName());
    }

    /** The same for a class that the test cannot name. */
    public static Logged named(String className) {
        return new Logged(className);
    }

    /** Captures debug lines as well. */
    public static Logged allBy(Class<?> type) {
        Logged logged = new Logged(type.getName());
        logged.logger.setLevel(Level.ALL);
        return logged;
    }

    /** The logged exceptions; null for a line without one. */
    public List<Throwable> thrown() {
        synchronized (records) {
            return records.stream().map(LogRecord::getThrown).toList();
        }
    }

    /** The logged lines, complete. */
    public List<String> lines() {
        synchronized (records) {
            return records.stream()
                    .map(entry -> MessageFormat.format(entry.getMessage(), entry.getParameters()))
                    .toList();
        }
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }
}
