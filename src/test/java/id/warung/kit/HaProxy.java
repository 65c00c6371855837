package id.warung.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** HAProxy before several nodes, with the file of {@code deploy}. For one thread, except its addresses. */
public final class HaProxy implements AutoCloseable {
    private static final Path DEPLOYED = Path.of("deploy/haproxy/haproxy.cfg");
    /** What is about TLS, which the drills do without, the addresses, and more connections than a process may have everywhere. */
    private static final Pattern NOT_HERE = Pattern.compile(" ssl |ssl_fc|X-Forwarded-Proto|^ +server |^ +maxconn ");

    private final Path folder;
    private final int port = FreePort.ofAServer();
    private Child process;

    private HaProxy(Path folder) {
        this.folder = folder;
    }

    /** A running proxy before nodes at these addresses, each a host and a port. */
    public static HaProxy before(Path folder, List<String> nodes) {
        HaProxy proxy = new HaProxy(folder);
        StringBuilder file = new StringBuilder();
        try {
            for (String line : Files.readAllLines(DEPLOYED)) {
                if (line.contains("bind :80")) {
                    file.append("    bind 127.0.0.1:").append(proxy.port).append('\n');
                } else if (!NOT_HERE.matcher(line).find()) {
                    file.append(line).append('\n');
                }
            }
            for (int i = 0; i < nodes.size(); i++) {
                file.append("    server warung").append(i + 1);
                file.append(' ').append(nodes.get(i)).append('\n');
            }
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("haproxy.cfg"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return proxy.start();
    }

    /** Starts it, and waits until it listens. */
    public HaProxy start() {
        process = Child.of(folder.resolve("haproxy.log"), "haproxy", "-db", "-f", folder + "/haproxy.cfg");
        process.awaitListening(port);
        return this;
    }

    /** Ends it with everything that goes through it. */
    public void stop() {
        process.kill();
    }

    public URI chat() {
        return URI.create("ws://127.0.0.1:" + port + "/chat");
    }

    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + port + "/").resolve(path);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.kill();
        }
    }
}
