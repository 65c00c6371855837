package id.warung.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Collectors;

/** nginx before several nodes, with the file of {@code deploy}. It has a master process, so that it can be told to read its file again. For one thread, except its address. */
public final class Nginx implements AutoCloseable {
    private static final Path DEPLOYED = Path.of("deploy/nginx/warung.conf");

    private final int port = FreePort.any();
    private Child process;

    private Nginx() {}

    public static Nginx before(Path folder, Cluster cluster) {
        Nginx nginx = new Nginx();
        String servers = cluster.nodes().stream()
                .map(node -> "    server 127.0.0.1:" + node.address().getPort() + " max_fails=0;\n")
                .collect(Collectors.joining());
        try {
            String deployed = Files.readString(DEPLOYED)
                    .replaceFirst(
                            "(?s)server \\{\\s+listen 80;.*?\n}\n",
                            "") // which leads to TLS, which the drills do without
                    .replaceFirst("listen 443 ssl http2;", "listen 127.0.0.1:" + nginx.port + ";")
                    .replaceAll("(?m)^ +ssl_.*\n", "")
                    .replaceFirst("(?m)(^ +server 10\\..*\n)+", Matcher.quoteReplacement(servers));
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("nginx.conf"), """
                    daemon off;
                    worker_processes 1;
                    pid %1$s/pid;
                    error_log %1$s/error.log;
                    events { worker_connections 8192; }
                    http {
                      access_log off;
                      client_body_temp_path %1$s/body;
                      proxy_temp_path %1$s/proxy;
                      fastcgi_temp_path %1$s/fastcgi;
                      uwsgi_temp_path %1$s/uwsgi;
                      scgi_temp_path %1$s/scgi;
                      %2$s
                    }
                    """.formatted(folder, deployed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        nginx.process = Child.of(folder.resolve("said"), "nginx", "-p", folder + "/", "-c", folder + "/nginx.conf");
        nginx.process.awaitListening(nginx.port);
        return nginx;
    }

    /** Reads its file again: a new process takes new connections. */
    public void reload() {
        process.signal("HUP");
    }

    public URI chat() {
        return URI.create("ws://127.0.0.1:" + port + "/chat");
    }

    @Override
    public void close() {
        process.close();
    }
}
