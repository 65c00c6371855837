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
 * What the process writes to standard error: how much of the log, and as lines of text or as JSON. The setting {@code warung.log} says it; a
 * word in it that means nothing is passed over here, because the application refuses it in a moment.
 *
 * @param level from which on our own lines are written; those of others from {@code WARNING} on at most
 */
record Logging(Level level, boolean json) {
    private static final String SETTING = "warung.log";
    private static final String VARIABLE = "WARUNG_LOG";
    private static final String JDK_CONFIGURATION = "java.util.logging.config.file";
    private static final String JDK_MANAGER = "java.util.logging.manager";
    private static final Map<String, Level> LEVELS =
            Map.of("error", Level.SEVERE, "warning", Level.WARNING, "info", Level.INFO, "debug", Level.FINE);

    /** What is set, the system property first. */
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

    /** The same for the JDK, as a file of its own would say it. */
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

    /** Has this process log so, unless the administrator has told the JDK how. To be called before anything is logged. */
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

    /** Says why Warung ends, or did not end well. */
    void complain(String sentence) {
        LogRecord entry = new LogRecord(Level.SEVERE, sentence);
        entry.setLoggerName(Main.class.getName());
        System.err.print(json ? new JsonFormatter().format(entry) : sentence + System.lineSeparator());
    }

    /** An exception has ended a thread that is not ours. */
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
