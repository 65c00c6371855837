package id.warung.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of the process on standard error: its lowest level, and whether it is text or JSON. Configured by
 * {@code warung.log}; unknown words in it are skipped here, because the application rejects them a moment later.
 *
 * @param level the least level of our own lines; lines of others need at least {@code WARNING}
 */
record Logging(Level level, boolean json) {
    private static final String SETTING = "warung.log";
    private static final String VARIABLE = "WARUNG_LOG";
    private static final String JDK_CONFIGURATION = "java.util.logging.config.file";
    private static final String JDK_MANAGER = "java.util.logging.manager";
    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warning", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

    /** The configuration; the system property comes before the environment variable. */
    static Logging of(Properties system, Map<String, String> environment) {
        String property = system.getProperty(SETTING, "");
        String value = property.isBlank() ? environment.getOrDefault(VARIABLE, "") : property;
        Logging logging = new Logging(Level.INFO, false);
        for (String word : value.split(",", -1)) {
            logging = logging.with(word.strip());
        }
        return logging;
    }

    private Logging with(String word) {
        return word.equals("json") ? new Logging(level, true) : new Logging(LEVELS.getOrDefault(word, level), json);
    }

    /** The same as the text of a JDK logging configuration file. */
    String configuration() {
        Level others = level.intValue() > Level.WARNING.intValue() ? level : Level.WARNING;
        return "handlers = java.util.logging.ConsoleHandler\n"
                + "java.util.logging.ConsoleHandler.level = ALL\n"
                + "java.util.logging.ConsoleHandler.formatter = "
                + (json ? JsonFormatter.class.getName() : "java.util.logging.SimpleFormatter") + "\n"
                + "java.util.logging.SimpleFormatter.format = %1$tF %1$tT.%1$tL %4$s %3$s: %5$s%6$s%n\n"
                + ".level = " + others + "\n"
                + "id.warung.level = " + level + "\n";
    }

    /** Applies this to the process, unless the administrator has configured the JDK's logging. Call it before anything is logged. */
    void install() {
        if (System.getProperty(JDK_CONFIGURATION) != null) {
            return;
        }
        if (System.getProperty(JDK_MANAGER) == null) {
            System.setProperty(JDK_MANAGER, LastingLog.class.getName());
        }
        LogManager manager = LogManager.getLogManager();
        try {
            manager.readConfiguration(new ByteArrayInputStream(configuration().getBytes(StandardCharsets.UTF_8)));
            if (manager instanceof LastingLog lasting) {
                lasting.keepOpen();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Logs why Warung stops, or did not stop cleanly. */
    void complain(String sentence) {
        LogRecord entry = new LogRecord(Level.SEVERE, sentence);
        entry.setLoggerName(Main.class.getName());
        System.err.print(json ? new JsonFormatter().format(entry) : sentence + System.lineSeparator());
    }

    /** Logs an exception that ended a thread. */
    void uncaught(Thread thread, Throwable thrown) {
        String sentence = "Exception in thread \"" + thread.getName() + "\"";
        if (json) {
            Logger.getLogger(Main.class.getName()).log(Level.SEVERE, sentence, thrown);
        } else {
            System.err.print(sentence + " ");
            thrown.printStackTrace();
        }
    }
}
