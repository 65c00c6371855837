package id.warung.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The process that listens on a port of this machine, whoever started it, as seen by the system. Linux only. */
public final class ServerProcess {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final long pid;

    private ServerProcess(long pid) {
        this.pid = pid;
    }

    public static ServerProcess of(long pid) {
        return new ServerProcess(pid);
    }

    /** The process that listens on this port. */
    public static ServerProcess listeningOn(int port) {
        String socket = "socket:[" + inode(port) + "]";
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> files(process).contains(socket))
                    .findFirst()
                    .map(process -> of(Long.parseLong(process.getFileName().toString())))
                    .orElseThrow(() -> new AssertionError("nobody listens on " + port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return pid;
    }

    /** The number of its open sockets. */
    public long sockets() {
        return files(Path.of("/proc", String.valueOf(pid))).stream()
                .filter(file -> file.startsWith("socket:"))
                .count();
    }

    /** The bytes of live objects on its heap. Runs a garbage collection first. */
    public long liveBytes() {
        Matcher total = TOTAL.matcher(jcmd("GC.class_histogram"));
        assertThat(total.find()).as("a sum").isTrue();
        return Long.parseLong(total.group(1));
    }

    /** How many classes of this name have live objects on its heap: each class loader has its own. Runs a garbage collection first. */
    public long classesNamed(String name) {
        return jcmd("GC.class_histogram")
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length > 3 && row[3].equals(name))
                .count();
    }

    private String jcmd(String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, String.valueOf(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String inode(int port) {
        String local = String.format(Locale.ROOT, ":%04X", port);
        String listening = "0A";
        return Stream.of("/proc/net/tcp", "/proc/net/tcp6")
                .map(File::new)
                .filter(File::exists)
                .flatMap(table -> lines(table.toPath()).stream())
                .map(line -> line.strip().split("\\s+"))
                .filter(row -> row.length > 9 && row[1].endsWith(local) && row[3].equals(listening))
                .map(row -> row[9])
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody listens on " + port));
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> files(Path process) {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.map(ServerProcess::target).toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closed) {
            return "";
        }
    }
}
