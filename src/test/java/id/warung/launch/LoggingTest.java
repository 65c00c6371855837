package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the executable WAR interprets {@code warung.log}, and how it formats a line as JSON. */
class LoggingTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

    private static LogRecord entry(String logger, Level level, String message) {
        LogRecord entry = new LogRecord(level, message);
        entry.setLoggerName(logger);
        entry.setInstant(NOON);
        return entry;
    }

    private static JsonObject written(LogRecord entry) {
        String line = new JsonFormatter().format(entry);
        assertThat(line).endsWith("}\n").matches("[ -~]+\n");
        return Json.createReader(new StringReader(line)).readObject();
    }

    @ParameterizedTest
    @CsvSource({
        "'',            INFO,    false, WARNING",
        "error,         SEVERE,  false, SEVERE",
        "warning,       WARNING, false, WARNING",
        "info,          INFO,    false, WARNING",
        "debug,         FINE,    false, WARNING",
        "json,          INFO,    true,  WARNING",
        "'debug,json',  FINE,    true,  WARNING",
        "' json , error ', SEVERE, true, SEVERE",
        "loud,          INFO,    false, WARNING",
        "'json,loud',   INFO,    true,  WARNING",
    })
    void takesTheLevelAndTheFormThatAreSet(String value, String level, boolean json, String ofOthers) {
        Logging logging = Logging.of(new Properties(), Map.of("WARUNG_LOG", value));

        assertThat(logging).isEqualTo(new Logging(Level.parse(level), json));
        assertThat(logging.configuration())
                .contains("id.warung.level = " + level + "\n", "\n.level = " + ofOthers + "\n")
                .contains(json ? "id.warung.launch.JsonFormatter" : "java.util.logging.SimpleFormatter");
    }

    @Test
    void theSystemPropertyComesBeforeTheEnvironmentUnlessItIsEmpty() {
        Properties system = new Properties();
        system.setProperty("warung.log", "error");
        Map<String, String> environment = Map.of("WARUNG_LOG", "json");
        assertThat(Logging.of(system, environment)).isEqualTo(new Logging(Level.SEVERE, false));

        system.setProperty("warung.log", " ");
        assertThat(Logging.of(system, environment)).isEqualTo(new Logging(Level.INFO, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "\"quoted\" and \\ not",
                "two\nlines\r\n\tand a tab",
                "\u0000\u0007\u001b[31m\u007f\u2028\u2029",
                "你好 🍜",
                "{0} is no pattern {",
                "half \ud83c",
                "ends with [brackets]",
                "ends with [a=b]",
                "ends with [session=k3f9x2",
            })
    void aMessageIsOnOneLineAndComesBackAsItWas(String message) {
        JsonObject json = written(entry("id.warung.app.Warung", Level.INFO, message));

        assertThat(json.keySet()).containsExactly("at", "level", "logger", "message");
        assertThat(json.getString("at")).isEqualTo("2026-11-29T12:00:00.000Z");
        assertThat(json.getString("level")).isEqualTo("info");
        assertThat(json.getString("logger")).isEqualTo("id.warung.app.Warung");
        assertThat(json.getString("message")).isEqualTo(message);
    }

    @Test
    void theContextOfOurOwnLinesBecomesFields() {
        String line = "Said [twice] [session=k3f9x2 user=u-8x1c room=a.b_c-d command=post]";
        JsonObject json = written(entry("id.warung.session.Sender", Level.SEVERE, line));

        assertThat(json.keySet())
                .containsExactly("at", "level", "logger", "message", "session", "user", "room", "command");
        assertThat(json.getString("message")).isEqualTo("Said [twice]");
        assertThat(json.getString("session")).isEqualTo("k3f9x2");
        assertThat(json.getString("user")).isEqualTo("u-8x1c");
        assertThat(json.getString("room")).isEqualTo("a.b_c-d");
        assertThat(json.getString("command")).isEqualTo("post");
        assertThat(written(entry("org.example", Level.INFO, line)).getString("message"))
                .isEqualTo(line);
    }

    @ParameterizedTest
    @CsvSource({"SEVERE, error", "WARNING, warning", "INFO, info", "CONFIG, debug", "FINE, debug", "FINEST, debug"})
    void aLevelIsCalledAsInTheSetting(String level, String called) {
        assertThat(written(entry("id.warung.app.Warung", Level.parse(level), "x"))
                        .getString("level"))
                .isEqualTo(called);
    }

    @Test
    void anExceptionIsItsWholeStackTraceOnTheSameLine() {
        LogRecord entry = entry("id.warung.app.Warung", Level.SEVERE, "A task failed");
        entry.setThrown(new IllegalStateException("two\nlines of \"it\"", new RuntimeException("the cause")));

        assertThat(written(entry).getString("error"))
                .startsWith("java.lang.IllegalStateException: two\nlines of \"it\"\n\tat id.warung.launch.LoggingTest")
                .contains("Caused by: java.lang.RuntimeException: the cause");
    }

    @Test
    void aRecordWithoutANameOrAMessageIsALineToo() {
        assertThat(written(entry(null, Level.INFO, null)).keySet()).containsExactly("at", "level");
        LogRecord withParameters = entry("org.example", Level.INFO, "{0} of {1}");
        withParameters.setParameters(new Object[] {1, "\"two\""});
        assertThat(written(withParameters).getString("message")).isEqualTo("1 of \"two\"");
    }
}
