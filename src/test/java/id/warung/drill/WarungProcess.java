package id.warung.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;

/**
 * {@code java -jar warung.war} on a data folder: started, killed, and started again. Ends with the test's JVM, however that ends.
 * For one thread, but for {@link #chat}.
 */
final class WarungProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path WAR = Path.of("target/warung.war").toAbsolutePath();
    private static final Path CACHE = Path.of("target/cache").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

    private final Path folder;
    private final Path data;
    private final List<String> before = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private String heap = "256m";
    private int starts;
    private Process process;
    private Process guard;
    private volatile URI address; // null while nobody listens

    /** Keeps its data in {@code folder/data}, and what it says beside. */
    WarungProcess(Path folder) {
        this(folder, folder.resolve("data"));
    }

    WarungProcess(Path folder, Path data) {
        this.folder = folder;
        this.data = data;
    }

    WarungProcess with(String setting, String value) {
        environment.put(setting, value);
        return this;
    }

    /** Gives it so much heap: {@code 64m}. */
    WarungProcess heap(String size) {
        heap = size;
        return this;
    }

    /** Has it started by another program, which must give its own process to it. */
    WarungProcess under(String... program) {
        before.addAll(List.of(program));
        return this;
    }

    Path data() {
        return data;
    }

    Path database() {
        return data.resolve("warung.db");
    }

    long pid() {
        return process.pid();
    }

    /** For whatever waits for something that has to happen. */
    static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    /** Starts it and waits until it listens. */
    WarungProcess start() {
        launch("--port", "0", "--data", data.toString());
        patiently().until(() -> ADDRESS.matcher(out()).find() || !process.isAlive());
        Matcher said = ADDRESS.matcher(out());
        assertThat(said.find()).as("an address in: %s%s", out(), err()).isTrue();
        address = URI.create(said.group());
        return this;
    }

    /** Starts it with other arguments, to do something and end. */
    void launch(String... arguments) {
        starts++;
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx" + heap,
                "-jar",
                WAR.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(said("out").toFile())
                .redirectError(said("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WARUNG_"));
        builder.environment().put("XDG_CACHE_HOME", CACHE.toString());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(folder);
            process = builder.start();
            guard = new ProcessBuilder("sh", "-c", "read -r never || kill -9 " + process.pid()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The WebSocket's address; null while nobody listens. */
    URI chat() {
        URI now = address;
        return now == null
                ? null
                : URI.create(now.toString().replaceFirst("http", "ws")).resolve("chat");
    }

    URI http(String path) {
        return address.resolve(path);
    }

    String out() {
        return read(said("out"));
    }

    String err() {
        return read(said("err"));
    }

    /** SIGKILL: it has no say in it. */
    void kill() {
        address = null;
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM: it says goodbye. */
    void stop() {
        address = null;
        process.destroy();
        exitCode();
    }

    /** The exit code, waited for. */
    int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it has ended; it said %s", err())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        guard.destroy(); // so that it kills nobody who is given this number later
        return process.exitValue();
    }

    private Path said(String where) {
        return folder.resolve(where + "-" + starts);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            kill();
        }
    }
}
