package id.warung.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The executable WAR as its own process, with a data folder of its own. It can be killed and started again at the same
 * address. It ends with the test's JVM, however that ends, where the system can do that.
 */
final class WarungProcess implements AutoCloseable {
    private static final Path WAR = Path.of("target", "warung.war");
    private static final Path DIES_WITH_ITS_PARENT = Path.of("/usr/bin/setpriv");
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");
    private static final int START_SECONDS = 60;

    /** Children are started here: the system ends them with the thread that started them. */
    private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(run -> {
        Thread thread = new Thread(run, "starts-warung");
        thread.setDaemon(true);
        return thread;
    });

    /** Reads what they print, so that none of them waits for a reader. */
    private static final ExecutorService READERS = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "reads-warung");
        thread.setDaemon(true);
        return thread;
    });

    private final Path data;
    private Process process;
    private URI address;

    private WarungProcess(Path data) {
        this.data = data;
    }

    static WarungProcess start() {
        try {
            WarungProcess warung = new WarungProcess(Files.createTempDirectory("warung-browser"));
            warung.startOn(0);
            Runtime.getRuntime().addShutdownHook(new Thread(warung::close));
            return warung;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    /** `kill -9`: it has no chance to say goodbye. */
    void kill() {
        process.destroyForcibly();
        waitForEnd();
    }

    /** SIGTERM: it says goodbye. */
    void stop() {
        process.destroy();
        waitForEnd();
    }

    /** At the same address, with the same data. */
    void startAgain() {
        startOn(address.getPort());
    }

    void startAgainIfNeeded() {
        if (!process.isAlive()) {
            startAgain();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private void startOn(int port) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(DIES_WITH_ITS_PARENT)) {
            command.addAll(List.of(DIES_WITH_ITS_PARENT.toString(), "--pdeathsig", "KILL", "--"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-jar", WAR.toString(), "--port", Integer.toString(port), "--data", data.toString()));
        process = await(STARTER.submit(
                () -> new ProcessBuilder(command).redirectErrorStream(true).start()));
        address = await(READERS.submit(firstAddress(process.inputReader())));
    }

    private static Callable<URI> firstAddress(BufferedReader output) {
        return () -> {
            List<String> said = new ArrayList<>();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.add(line);
                Matcher address = ADDRESS.matcher(line);
                if (address.find()) {
                    READERS.execute(() -> output.lines().forEach(System.out::println));
                    return URI.create(address.group());
                }
            }
            throw new IOException("Warung did not start: " + said);
        };
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Warung did not start", e);
        }
    }

    private void waitForEnd() {
        try {
            if (!process.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Warung did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
