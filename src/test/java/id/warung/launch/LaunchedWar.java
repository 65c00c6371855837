package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A {@code java -jar warung.war}, with a folder of its own for all that it may write. */
final class LaunchedWar implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Process process;

    /** Starts it; neither waits for it nor cares whether it starts. */
    LaunchedWar(Path war, Path folder, Map<String, String> environment, String... arguments) {
        this(List.of(), war, folder, environment, arguments);
    }

    /** Has it started by another program, which must give its own process to it. */
    LaunchedWar(List<String> under, Path war, Path folder, Map<String, String> environment, String... arguments) {
        this.folder = folder;
        List<String> command = new ArrayList<>(under);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary(),
                "-jar",
                war.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WARUNG_"));
        builder.environment().put("XDG_CACHE_HOME", cache().toString());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(temporary());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path cache() {
        return folder.resolve("cache");
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    String out() {
        return read("out");
    }

    String err() {
        return read("err");
    }

    /** The address it says to open, waited for. */
    URI address() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(() -> ADDRESS.matcher(out()).find() || !process.isAlive());
        Matcher address = ADDRESS.matcher(out());
        assertThat(address.find()).as("an address in: %s%s", out(), err()).isTrue();
        return URI.create(address.group());
    }

    URI chat() {
        return URI.create(address().toString().replaceFirst("http", "ws")).resolve("chat");
    }

    /** The exit code, waited for. */
    int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it has ended")
                    .isTrue();
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks it to end, as {@code kill} does. */
    void terminate() {
        process.destroy();
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        exitCode();
    }
}
