package id.warung.kit;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps what a class logs, and keeps it off the console, until it is closed. */
public final class Logged implements AutoCloseable {
    private final Logger logger; // kept here, for the platform holds it weakly
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
            // nothing is held back
        }

        @Override
        public void close() {
            // nothing is held open
        }
    };

    private Logged(Class<?> type) {
        logger = Logger.getLogger(type.getName());
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
    }

    public static Logged by(Class<?> type) {
        return new Logged(type);
    }

    /** Debug lines as well. */
    public static Logged allBy(Class<?> type) {
        Logged logged = new Logged(type);
        logged.logger.setLevel(Level.ALL);
        return logged;
    }

    /** What was thrown, as the log has it; null for a line without. */
    public List<Throwable> thrown() {
        synchronized (records) {
            return records.stream().map(LogRecord::getThrown).toList();
        }
    }

    /** What was said, each line whole. */
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
