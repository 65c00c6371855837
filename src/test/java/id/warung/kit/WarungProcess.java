package id.warung.kit;

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
 * A process {@code java -jar warung.war} on a data folder, which can be started, killed, and started again. It ends
 * with the test's JVM, however that ends. Its output is in {@code out-1} and {@code err-1} of its folder, that of the
 * second start in {@code out-2} … For one thread, except {@link #chat} and {@link #address}.
 */
public final class WarungProcess implements Node, AutoCloseable {
    public static final Path WAR = Path.of("target/warung.war").toAbsolutePath();

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SHARED_CACHE = Path.of("target/cache").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

    private final Path folder;
    private final Path data;
    private final List<String> before = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>(HighLimits.environment());
    private Path war = WAR;
    private String heap = "256m"; // null: the JVM's own default
    private boolean quickCompiler = true;
    private boolean apart;
    private int starts;
    private Process process;
    private Process guard;
    private volatile URI address; // null until it has printed that it listens
    private URI redirecting; // null: nothing is
    private volatile boolean listening;

    /** Keeps its data in {@code folder/data}, and its output beside that. With the setting {@code WARUNG_DB} it is given no folder. */
    public WarungProcess(Path folder) {
        this(folder, folder.resolve("data"));
    }

    public WarungProcess(Path folder, Path data) {
        this.folder = folder;
        this.data = data;
    }

    /** A running process, in a new folder below {@code target}. */
    public static WarungProcess startedSomewhere() {
        return somewhere().start();
    }

    /** A process that has not started, in a new folder below {@code target}. */
    public static WarungProcess somewhere() {
        try {
            Path target = Path.of("target").toAbsolutePath();
            return new WarungProcess(Files.createTempDirectory(target, "warung-")).heap(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public WarungProcess with(String setting, String value) {
        environment.put(setting, value);
        return this;
    }

    /** Has it use the JVM's better compiler as well, as when people start it: what lives for seconds is ready sooner without. */
    public WarungProcess withBothCompilers() {
        quickCompiler = false;
        return this;
    }

    /** Sets its heap: {@code 64m}; null: the JVM's own default. */
    public WarungProcess heap(String size) {
        heap = size;
        return this;
    }

    /** Starts it through another program, which must replace itself by it. */
    public WarungProcess under(String... program) {
        before.addAll(List.of(program));
        return this;
    }

    /** Uses another copy of the WAR. */
    public WarungProcess ofWar(Path copy) {
        war = copy;
        return this;
    }

    /** Uses a cache and a temporary folder of its own, where the WAR has never been unpacked. */
    public WarungProcess apart() {
        apart = true;
        return this;
    }

    public Path data() {
        return data;
    }

    public Path database() {
        return data.resolve("warung.db");
    }

    /** The folder to which it unpacks itself. */
    public Path cache() {
        return apart ? folder.resolve("cache") : SHARED_CACHE;
    }

    /** The folder for its temporary files, if it is {@link #apart}. */
    public Path temporary() {
        return folder.resolve("tmp");
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for conditions on a busy machine. */
    public static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5));
    }

    /** Starts it on a port that stays its own while it is down, and waits until it listens. */
    public WarungProcess start() {
        return startOn(FreePort.ofAServer());
    }

    /** Starts it with TLS on any port, and with more options; waits until it listens. */
    public WarungProcess startWithTls(Path certificate, Path key, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
        arguments.addAll(List.of("--tls-cert", certificate.toString(), "--tls-key", key.toString()));
        arguments.addAll(List.of(more));
        launch(arguments.toArray(String[]::new));
        awaitAddress();
        return this;
    }

    /** Starts it on the port that it had, with the same data. */
    @Override
    public WarungProcess startAgain() {
        return startOn(address.getPort());
    }

    public WarungProcess startAgainIfNeeded() {
        return process.isAlive() ? this : startAgain();
    }

    private WarungProcess startOn(int port) {
        if (environment.containsKey("WARUNG_DB")) {
            launch("--port", Integer.toString(port));
        } else {
            launch("--port", Integer.toString(port), "--data", data.toString());
        }
        awaitAddress();
        return this;
    }

    /** Waits for the printed address; then it listens. */
    public URI awaitAddress() {
        patiently().until(() -> ADDRESS.matcher(out()).find() || !process.isAlive());
        Matcher said = ADDRESS.matcher(out());
        assertThat(said.find()).as("an address in: %s%s", out(), err()).isTrue();
        address = URI.create(said.group());
        redirecting = said.find() ? URI.create(said.group()) : null;
        listening = true;
        return address;
    }

    /** Starts it with other arguments, perhaps for a command that ends; does not wait. */
    public WarungProcess launch(String... arguments) {
        starts++;
        ProcessBuilder builder = new ProcessBuilder(command(arguments))
                .redirectOutput(said("out").toFile())
                .redirectError(said("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WARUNG_"));
        builder.environment().put("XDG_CACHE_HOME", cache().toString());
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(apart ? temporary() : folder);
            process = builder.start();
            guard = new ProcessBuilder("sh", "-c", "read -r never || kill -9 " + process.pid()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (quickCompiler) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        if (heap != null) {
            command.add("-Xmx" + heap);
        }
        if (apart) {
            command.add("-Djava.io.tmpdir=" + temporary());
        }
        command.addAll(List.of("-jar", war.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** The page's address; that of the last start while it is not running. */
    public URI address() {
        return address;
    }

    /** The address by http that leads to https; null: there is none. */
    public URI redirecting() {
        return redirecting;
    }

    /** The WebSocket's address; null while it does not listen. */
    @Override
    public URI chat() {
        return listening
                ? URI.create(address.toString().replaceFirst("http", "ws")).resolve("chat")
                : null;
    }

    @Override
    public URI http(String path) {
        return address.resolve(path);
    }

    public String out() {
        return read(said("out"));
    }

    public String err() {
        return read(said("err"));
    }

    /** Sends SIGKILL: it cannot react. */
    @Override
    public void kill() {
        listening = false;
        process.destroyForcibly();
        exitCode();
    }

    /** Sends SIGSTOP: it does nothing until {@link #thaw}, and its connections stay open. */
    public void freeze() {
        Child.send("STOP", List.of(pid()));
    }

    public void thaw() {
        Child.send("CONT", List.of(pid()));
    }

    /** Sends SIGTERM, so that it says goodbye, and waits. */
    @Override
    public void stop() {
        askToEnd();
        exitCode();
    }

    /** Sends SIGTERM without waiting. */
    public void askToEnd() {
        listening = false;
        process.destroy();
    }

    /** Waits for the exit code. */
    public int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("it has ended; it said %s", err())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        guard.destroy(); // so that the guard later kills no other process with this number
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
        if (process != null) {
            kill();
        }
    }
}
