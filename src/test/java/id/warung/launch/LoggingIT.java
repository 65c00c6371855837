package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.warung.client.RawSocket;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packed WAR writes to standard error, by {@code WARUNG_LOG}. */
class LoggingIT {
    private static final Path WAR = Path.of("target/warung.war").toAbsolutePath();
    private static final String NO_SETTING = "WARUNG_\"no\nsetting\\"; // its name is logged, because it sets nothing

    @TempDir
    private Path folder;

    private LaunchedWar launch(Map<String, String> environment) {
        String data = folder.resolve("data").toString();
        return new LaunchedWar(WAR, folder, environment, "--port", "0", "--data", data);
    }

    private static List<JsonObject> lines(LaunchedWar warung) {
        return warung.err()
                .lines()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }

    private static JsonObject line(LaunchedWar warung, String beginning) {
        return lines(warung).stream()
                .filter(line -> line.getString("message").startsWith(beginning))
                .findFirst()
                .orElseThrow();
    }

    /** Somebody comes, is refused a command, and their connection breaks off. */
    private static void talk(LaunchedWar warung) throws IOException {
        try (RawSocket ana = new RawSocket(warung.chat(), "Sec-WebSocket-Protocol: warung.v1")) {
            ana.text("{\"type\":\"hello\",\"name\":\"Ana\"}");
            ana.text("{\"type\":\"join\",\"room\":\"lobby\"}");
            ana.text("{\"type\":\"leave\",\"room\":\"kitchen\"}");
            String heard = "";
            while (!heard.contains("not-joined")) {
                heard = ana.text();
            }
        }
    }

    @Test
    void asJsonEachLineIsAnObjectWhateverIsInIt() throws IOException {
        try (LaunchedWar warung = launch(Map.of("WARUNG_LOG", "json", NO_SETTING, "1"))) {
            talk(warung);
            warung.terminate();
            warung.exitCode();

            JsonObject warning = line(warung, "The environment variable");
            assertThat(warning.getString("message")).contains(NO_SETTING);
            assertThat(warning.getString("level")).isEqualTo("warning");
            assertThat(warning.getString("logger")).isEqualTo("id.warung.app.Warung");
            assertThat(line(warung, "Warung 0").getString("level")).isEqualTo("info");
            assertThat(lines(warung))
                    .extracting(line -> line.getString("level"))
                    .doesNotContain("debug");
        }
    }

    @Test
    void debugShowsWhatSessionsDoAndWhyConnectionsFail() throws IOException {
        try (LaunchedWar warung = launch(Map.of("WARUNG_LOG", "debug,json"))) {
            talk(warung);
            await().until(() -> warung.err().contains("Session closed"));

            JsonObject refused = line(warung, "Command refused: not-joined");
            String session = refused.getString("session");
            String user = refused.getString("user");
            assertThat(refused.getString("room")).isEqualTo("kitchen");
            assertThat(refused.getString("command")).isEqualTo("leave");
            assertThat(line(warung, "Session opened: text").getString("session"))
                    .isEqualTo(session);
            assertThat(line(warung, "Signed in").getString("user")).isEqualTo(user);
            assertThat(line(warung, "Joined").getString("room")).isEqualTo("lobby");
            JsonObject failed = line(warung, "A connection failed");
            assertThat(failed.getString("session")).isEqualTo(session);
            assertThat(failed.getString("error")).contains("Exception", "\n\tat ");
            assertThat(line(warung, "Session closed: 1000").getString("session"))
                    .isEqualTo(session);
            assertThat(warung.err()).doesNotContain("Ana");
        }
    }

    @Test
    void theLogStaysOpenUntilTheProcessHasEnded() throws IOException {
        try (LaunchedWar warung = launch(Map.of("WARUNG_LOG", "debug,json"));
                RawSocket ana = new RawSocket(warung.chat(), "Sec-WebSocket-Protocol: warung.v1")) {
            assertThat(ana.text()).contains("welcome");
            warung.terminate();
            assertThat(ana.closeCode()).isEqualTo(4000);
            warung.exitCode();

            assertThat(line(warung, "Session closed: 4000").getString("session"))
                    .isEqualTo(line(warung, "Session opened").getString("session"));
        }
    }

    @Test
    void aWrongValueEndsTheStartWithASentenceInTheFormThatIsAskedFor() {
        try (LaunchedWar warung = launch(Map.of("WARUNG_LOG", "loud"))) {
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(warung.err().lines()).hasSize(1);
            assertThat(warung.err()).startsWith("Warung cannot start. The setting warung.log is \"loud\"");
        }
        try (LaunchedWar warung = launch(Map.of("WARUNG_LOG", "json,loud"))) {
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(lines(warung)).hasSize(1);
            assertThat(line(warung, "Warung cannot start. The setting warung.log is \"json,loud\"")
                            .getString("level"))
                    .isEqualTo("error");
        }
    }
}
