package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.client.RawSocket;
import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of the packed WAR on standard error, depending on {@code WARUNG_LOG}. */
class LoggingIT {
    private static final String NO_SETTING = "WARUNG_\"no\nsetting\\"; // its name is logged, because it has no effect

    @TempDir
    private Path folder;

    private WarungProcess launch(Map<String, String> environment) {
        WarungProcess warung = new WarungProcess(folder).apart();
        environment.forEach(warung::with);
        return warung.launch("--port", "0", "--data", warung.data().toString());
    }

    private static List<JsonObject> lines(WarungProcess warung) {
        return lines(warung.err());
    }

    private static List<JsonObject> lines(String log) {
        return log.lines()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }

    private static JsonObject line(WarungProcess warung, String beginning) {
        return lines(warung).stream()
                .filter(line -> line.getString("message").startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** A client connects and has a command rejected. */
    private static RawSocket talk(WarungProcess warung) throws IOException {
        RawSocket ana = new RawSocket(warung.chat(), "Sec-WebSocket-Protocol: warung.v1");
        ana.text("{\"type\":\"hello\",\"name\":\"Ana\"}");
        ana.text("{\"type\":\"join\",\"room\":\"lobby\"}");
        ana.text("{\"type\":\"leave\",\"room\":\"kitchen\"}");
        String heard = "";
        while (!heard.contains("not-joined")) {
            heard = ana.text();
        }
        return ana;
    }

    /** The lines that {@code debug} adds are in no log of the processes that {@code ExecutableWarIT} starts. */
    @Test
    void eachLineIsAnObjectFromTheFirstWarningToTheLastSessionWhateverIsInIt() throws IOException {
        try (WarungProcess warung = launch(Map.of("WARUNG_LOG", "debug,json", NO_SETTING, "1"))) {
            warung.awaitAddress();
            talk(warung).close(); // the connection breaks
            await().until(() -> warung.err().contains("Session closed"));
            RawSocket stays = talk(warung);
            warung.askToEnd();
            assertThat(stays.closeCode()).isEqualTo(4000);
            warung.exitCode();

            JsonObject warning = line(warung, "The environment variable");
            assertThat(warning.getString("message")).contains(NO_SETTING);
            assertThat(warning.getString("level")).isEqualTo("warning");
            assertThat(warning.getString("logger")).isEqualTo("id.warung.app.Warung");
            assertThat(line(warung, "Warung 0").getString("level")).isEqualTo("info");

            JsonObject refused = line(warung, "Command refused: not-joined");
            assertThat(refused.getString("level")).isEqualTo("debug");
            assertThat(refused.getString("room")).isEqualTo("kitchen");
            assertThat(refused.getString("command")).isEqualTo("leave");
            assertThat(line(warung, "Signed in").getString("user")).isEqualTo(refused.getString("user"));
            assertThat(line(warung, "Joined").getString("room")).isEqualTo("lobby");
            JsonObject failed = line(warung, "A connection failed");
            assertThat(failed.getString("message")).contains("Exception").doesNotContain("\n");
            assertThat(failed.keySet()).as("a trace would say nothing").doesNotContain("error");
            for (String beginning : List.of("Session opened: text", "A connection failed", "Session closed: 1000")) {
                assertThat(line(warung, beginning).getString("session")).isEqualTo(refused.getString("session"));
            }
            assertThat(line(warung, "Session closed: 4000").getString("session"))
                    .as("the log is open until the end, and this is another session")
                    .isNotEqualTo(refused.getString("session"));
            assertThat(warung.err()).doesNotContain("Ana");
        }
    }

    @Test
    void theLastWordsOfAJvmThatFailsAreObjectsToo() throws Exception {
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                WarungProcess.WAR
                        + File.pathSeparator
                        + Path.of("target/test-classes").toAbsolutePath(),
                FailingJvm.class.getName());
        builder.environment().put("WARUNG_LOG", "json");
        Process process = builder.redirectError(err.toFile()).start();

        assertThat(process.waitFor()).isEqualTo(FatalErrorGuard.EXIT_STATUS);
        List<JsonObject> lines = lines(Files.readString(err));
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).getString("message")).isEqualTo("Exception in thread \"failing\"");
        assertThat(lines.get(0).getString("error")).startsWith("java.lang.IllegalStateException: two\nlines\n\tat ");
        assertThat(lines.get(1).keySet()).containsExactly("level", "logger", "message");
        assertThat(lines.get(1).getString("message")).startsWith("Warung stops: ");
    }

    @Test
    void aWrongValueEndsTheStartWithASentenceInTheFormThatIsAskedFor() {
        try (WarungProcess warung = launch(Map.of("WARUNG_LOG", "json,loud"))) {
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(lines(warung)).hasSize(1);
            assertThat(line(warung, "Warung cannot start. The setting warung.log is \"json,loud\"")
                            .getString("level"))
                    .isEqualTo("error");
        }
    }
}
