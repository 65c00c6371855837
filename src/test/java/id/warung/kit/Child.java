package id.warung.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in the foreground. It ends with the test's JVM, however that ends, and so do the processes that it has started. For one thread. */
public final class Child implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Process process;
    private final Process guard;
    private final Path said;

    private Child(Process process, Process guard, Path said) {
        this.process = process;
        this.guard = guard;
        this.said = said;
    }

    /** Starts it; what it says is added to the file. */
    public static Child of(Path said, String... command) {
        try {
            Files.createDirectories(said.getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                    .start();
            long pid = process.pid();
            String end = "read -r never || kill -9 $(cat /proc/" + pid + "/task/" + pid + "/children) " + pid;
            return new Child(process, new ProcessBuilder("sh", "-c", end).start(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program to its end, which must be a good one. */
    public static void run(Path said, String... command) {
        try (Child child = of(said, command)) {
            assertThat(child.exitCode())
                    .as("%s: %s", List.of(command), child.said())
                    .isZero();
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits until it listens on this port of loopback. */
    public void awaitListening(int port) {
        WarungProcess.patiently().ignoreExceptionsInstanceOf(IOException.class).until(() -> {
            assertThat(isAlive()).as("it runs; it said %s", said()).isTrue();
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
    }

    /** The pid of the process that it has started last; 0: none. */
    public long newestChild() {
        try (Stream<ProcessHandle> started = process.children()) {
            return started.mapToLong(ProcessHandle::pid).max().orElse(0);
        }
    }

    public String said() {
        try {
            return Files.readString(said, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a signal, such as {@code HUP}, to the program alone. */
    public void signal(String name) {
        send(name, List.of(process.pid()));
    }

    /** Sends a signal to the program and to the processes that it has started. */
    public void signalAll(String name) {
        send(name, pids());
    }

    /** The program, and the processes that it has started. */
    public List<Long> pids() {
        List<Long> all = new ArrayList<>(List.of(process.pid()));
        try (Stream<ProcessHandle> started = process.descendants()) {
            started.forEach(one -> all.add(one.pid()));
        }
        return all;
    }

    /** Sends a signal to processes, of which some may have ended. */
    static void send(String name, List<Long> pids) {
        StringBuilder script = new StringBuilder();
        pids.forEach(pid ->
                script.append("kill -").append(name).append(' ').append(pid).append(";"));
        try {
            new ProcessBuilder("sh", "-c", script + "true").start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Ends it with SIGKILL, and the processes that it has started: nothing is finished, nothing is said. */
    public void kill() {
        signal("STOP"); // so that it starts no more
        List<Long> all = pids();
        send("KILL", all);
        exitCode();
        WarungProcess.patiently().until(() -> all.stream().noneMatch(Child::runs));
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Sends a signal and waits for the end. */
    public void end(String signal) {
        signal(signal);
        exitCode();
    }

    /** Waits for its end. */
    public int exitCode() {
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("it has ended; it said %s", said())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        guard.destroy(); // so that the guard later kills no other process with this number
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}
