package id.warung.launch;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats a log record as one JSON object on one line, in ASCII, so that neither line breaks nor encodings can damage
 * it: {@code at, level, logger, message}; where known also {@code session, user, room, command}, which follow our own
 * messages in brackets, and {@code error}, the stack trace. Thread-safe. Public because the JDK creates it.
 */
public final class JsonFormatter extends Formatter {
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String OURS = "id.warung.";
    private static final String FIELD = "(?:session|user|room|command)=[^\\s\\[\\]=]+";
    private static final Pattern ABOUT = Pattern.compile(" \\[(" + FIELD + "(?: " + FIELD + ")*)]$");

    @Override
    public String format(LogRecord entry) {
        StringBuilder json = new StringBuilder(256);
        field(json, "at", AT.format(entry.getInstant()));
        field(json, "level", level(entry.getLevel()));
        field(json, "logger", entry.getLoggerName());
        String message = formatMessage(entry);
        Matcher about = ABOUT.matcher(message == null ? "" : message);
        if (isOurs(entry.getLoggerName()) && about.find()) {
            field(json, "message", message.substring(0, about.start()));
            for (String known : about.group(1).split(" ", -1)) {
                int equals = known.indexOf('=');
                field(json, known.substring(0, equals), known.substring(equals + 1));
            }
        } else {
            field(json, "message", message);
        }
        if (entry.getThrown() != null) {
            field(json, "error", stackTrace(entry.getThrown()));
        }
        return json.append("}\n").toString();
    }

    private static boolean isOurs(String logger) {
        return logger != null && logger.startsWith(OURS);
    }

    /** The level's name in the setting. */
    private static String level(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (value >= Level.WARNING.intValue()) {
            return "warning";
        }
        return value >= Level.INFO.intValue() ? "info" : "debug";
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace, true));
        return trace.toString().stripTrailing();
    }

    private static void field(StringBuilder json, String name, String value) {
        if (value == null) {
            return;
        }
        json.append(json.isEmpty() ? '{' : ',').append('"').append(name).append("\":\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (c == '\t') {
                json.append("\\t");
            } else if (c < ' ' || c > '~') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
