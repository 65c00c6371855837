package id.warung.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run of the load generator (bench/wsload.c) against one room: hundreds of clients that check what they get. */
public final class Load implements AutoCloseable {
    private static final Path SOURCE = Path.of("bench/wsload.c");
    private static final Path PROGRAM = Path.of("target/wsload");

    private final Process process;
    private final Path said;

    /**
     * Starts the run.
     *
     * @param who the prefix of the clients' names, followed by their numbers; those that read nothing come last
     * @param options as in the program's comment
     */
    public Load(URI chat, String room, String who, String... options) {
        List<String> command = new ArrayList<>(List.of(
                program(),
                "--port",
                String.valueOf(chat.getPort()),
                "--path",
                chat.getRawPath(),
                "--proto",
                Person.V1_BIN,
                "--echo",
                "--hello",
                "{\"type\":\"hello\",\"name\":\"" + who + "%i\"}\\n" + "{\"type\":\"join\",\"room\":\"" + room
                        + "\",\"last\":0}",
                "--tmpl",
                "{\"type\":\"post\",\"room\":\"" + room + "\",\"text\":\"%M\"}"));
        command.addAll(List.of(options));
        try {
            said = Files.createTempFile("load", ".err");
            process = new ProcessBuilder(command).redirectError(said.toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The measured figures when the run is done. Checks that nothing was lost, doubled or foreign. */
    public JsonObject result() {
        try {
            String result = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor())
                    .as("%s %s", result, Files.readString(said))
                    .isZero();
            try (JsonReader reader = Json.createReader(new StringReader(result))) {
                return reader.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String program() {
        try {
            if (!Files.isExecutable(PROGRAM)
                    || Files.getLastModifiedTime(PROGRAM).compareTo(Files.getLastModifiedTime(SOURCE)) < 0) {
                Process gcc = new ProcessBuilder("gcc", "-O2", "-o", PROGRAM.toString(), SOURCE.toString())
                        .inheritIO()
                        .start();
                assertThat(gcc.waitFor()).as("gcc").isZero();
            }
            return PROGRAM.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
