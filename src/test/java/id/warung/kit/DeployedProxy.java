package id.warung.kit;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A proxy that runs with its file of {@code deploy/} as it is; only addresses, ports and the places of the certificate are those of the test.
 * For one thread.
 */
public final class DeployedProxy implements AutoCloseable {
    /** The proxies that there are files for. */
    public enum Kind {
        NGINX,
        HAPROXY
    }

    private static final List<String> NODES = List.of("10.0.0.11:8080", "10.0.0.12:8080", "10.0.0.13:8080");

    private final Kind kind;
    private final Path folder;
    private final int http = FreePort.any();
    private final int https = FreePort.any();
    private Child process;

    private DeployedProxy(Kind kind, Path folder) {
        this.kind = kind;
        this.folder = folder;
    }

    /** A running proxy before nodes that listen on these ports of loopback. */
    public static DeployedProxy before(Kind kind, Path folder, int... nodes) {
        DeployedProxy proxy = new DeployedProxy(kind, folder);
        try {
            Files.createDirectories(folder);
            if (kind == Kind.NGINX) {
                proxy.writeNginx(nodes);
            } else {
                proxy.writeHaproxy(nodes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return proxy.start();
    }

    private void writeNginx(int... nodes) throws IOException {
        String file = withNodes(Files.readString(Path.of("deploy/nginx/warung.conf")), nodes);
        file = replaced(file, "listen 80;", "listen 127.0.0.1:" + http + ";");
        file = replaced(file, "listen 443 ssl http2;", "listen 127.0.0.1:" + https + " ssl http2;");
        file = replaced(file, "server_name chat.example.org;", "server_name localhost;");
        file = replaced(file, "/etc/ssl/chat.example.org.crt", Certificates.file("rsa-cert.pem"));
        file = replaced(file, "/etc/ssl/chat.example.org.key", Certificates.file("rsa-pkcs8.pem"));
        Files.writeString(folder.resolve("warung.conf"), file);
        // what Debian's nginx.conf has around it
        Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                worker_processes 1;
                pid %1$s/pid;
                error_log %1$s/error.log;
                events { worker_connections 1024; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  include %1$s/warung.conf;
                }
                """.formatted(folder));
    }

    private void writeHaproxy(int... nodes) throws IOException {
        Path both = folder.resolve("chat.pem");
        Files.writeString(
                both,
                Files.readString(Certificates.file("rsa-cert.pem"))
                        + Files.readString(Certificates.file("rsa-pkcs8.pem")));
        String file = withNodes(Files.readString(Path.of("deploy/haproxy/haproxy.cfg")), nodes);
        file = replaced(file, "bind :80\n", "bind 127.0.0.1:" + http + "\n");
        file = replaced(
                file,
                "bind :443 ssl crt /etc/haproxy/chat.example.org.pem",
                "bind 127.0.0.1:" + https + " ssl crt " + both);
        Files.writeString(folder.resolve("haproxy.cfg"), file);
    }

    /** Nodes that the test does not have are left out. */
    private static String withNodes(String file, int... nodes) {
        String with = file;
        for (int i = 0; i < NODES.size(); i++) {
            with = i < nodes.length
                    ? replaced(with, NODES.get(i), "127.0.0.1:" + nodes[i])
                    : with.replaceAll("(?m)^ *server .*" + NODES.get(i) + ".*\n", "");
        }
        return with;
    }

    private static String replaced(String file, String what, Object by) {
        assertThat(file).contains(what);
        return file.replace(what, by.toString());
    }

    private DeployedProxy start() {
        Path said = folder.resolve("said");
        process = kind == Kind.NGINX
                ? Child.of(said, "nginx", "-p", folder + "/", "-c", folder + "/nginx.conf")
                : Child.of(said, "haproxy", "-W", "-db", "-f", folder + "/haproxy.cfg");
        process.awaitListening(https);
        return this;
    }

    /** Reads its file again, as {@code systemctl reload} has it do. */
    public void reload() {
        long before = newestWorker();
        process.signal(kind == Kind.NGINX ? "HUP" : "USR2");
        patiently().until(() -> newestWorker() != before);
        process.awaitListening(https);
    }

    private long newestWorker() {
        return process.newestChild();
    }

    /** Ends it with everything that goes through it, and starts it. */
    public void restart() {
        process.kill();
        start();
    }

    public URI chat() {
        return URI.create("wss://localhost:" + https + "/chat");
    }

    /** An address over https. */
    public URI https(String path) {
        return URI.create("https://localhost:" + https + "/").resolve(path);
    }

    /** An address over http. */
    public URI http(String path) {
        return URI.create("http://localhost:" + http + "/").resolve(path);
    }

    @Override
    public void close() {
        process.close();
    }
}
