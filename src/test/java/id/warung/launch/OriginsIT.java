package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Behind a proxy that changes {@code Host}, and with a list of own hosts. */
class OriginsIT {
    private static final String HANDSHAKE = String.join(
            "\r\n",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==",
            "");

    @TempDir
    private Path folder;

    @Test
    void aProxyThatChangesTheHostIsFoundOutByThePageAndInTheLog() throws IOException {
        String origin = "https://chat.example.org:8443";
        try (WarungProcess warung = new WarungProcess(folder).start()) {
            for (int i = 0; i < 3; i++) {
                assertThat(send(warung, "/chat", "chat.example.org", HANDSHAKE + "Origin: " + origin + "\r\n"))
                        .startsWith("HTTP/1.1 403");
            }
            String question = "/chat?origin=" + URLEncoder.encode(origin, StandardCharsets.UTF_8);
            assertThat(send(warung, question, "chat.example.org", ""))
                    .startsWith("HTTP/1.1 200")
                    .contains(
                            "{\"allowed\":false,\"origin\":\"" + origin + "\",\"host\":\"chat.example.org\"}",
                            "Cache-Control: no-cache");
            assertThat(send(warung, question, "chat.example.org:8443", "")).contains("{\"allowed\":true,");
            assertThat(send(warung, "/chat?origin=%zz", "a", "")).startsWith("HTTP/1.1 400");
            assertThat(send(warung, "/chat?origin=a&origin=b", "a", "")).startsWith("HTTP/1.1 400");
            assertThat(send(warung, "/chat", "a", "")).startsWith("HTTP/1.1 426");
            assertThat(send(warung, question, "chat.example.org:8443", HANDSHAKE + "Origin: " + origin + "\r\n"))
                    .startsWith("HTTP/1.1 101");
            assertThat(warung.err().lines().filter(line -> line.contains("Origin")))
                    .singleElement()
                    .asString()
                    .contains("WARNING", origin, "\"chat.example.org\"", "WARUNG_ALLOWED_ORIGINS");
        }
    }

    @Test
    void withAListOfOwnHostsAReboundNameReachesNothing() throws IOException {
        try (WarungProcess warung = new WarungProcess(folder)
                .with("WARUNG_ALLOWED_HOSTS", "chat.example.org, 127.0.0.1")
                .start()) {
            for (String host : new String[] {"evil.example", "evil.example:8080", "localhost", ""}) {
                String origin = "Origin: http://" + host + "\r\n";
                for (String path : new String[] {"/", "/api/rooms", "/index.html", "/nothing", "/chat?origin=a"}) {
                    assertThat(send(warung, path, host, ""))
                            .as(host + path)
                            .startsWith("HTTP/1.1 421")
                            .contains("\"error\":\"wrong-host\"");
                }
                assertThat(send(warung, "/chat", host, HANDSHAKE + origin)).startsWith("HTTP/1.1 421");
                assertThat(send(warung, "/chat", host, HANDSHAKE)).startsWith("HTTP/1.1 421");
                assertThat(send(warung, "/health/ready", host, "")).startsWith("HTTP/1.1 200");
            }
            for (String host : new String[] {"chat.example.org", "CHAT.example.org:8443", "127.0.0.1:8080"}) {
                assertThat(send(warung, "/api/rooms", host, "")).startsWith("HTTP/1.1 200");
                assertThat(send(warung, "/chat", host, HANDSHAKE + "Origin: http://" + host + "\r\n"))
                        .startsWith("HTTP/1.1 101");
            }
            assertThat(warung.err()).contains("\"evil.example\"", "WARUNG_ALLOWED_HOSTS");
        }
        try (WarungProcess warung = new WarungProcess(folder)
                .with("WARUNG_ALLOWED_HOSTS", "https://chat.example.org")
                .launch("--port", "0", "--data", folder.resolve("data").toString())) {
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(warung.err().lines()).hasSize(1);
            assertThat(warung.err()).contains("warung.allowed-hosts", "leave out the scheme");
        }
    }

    /** The response up to the end of what has come with its head. */
    private static String send(WarungProcess warung, String path, String host, String headers) throws IOException {
        URI address = warung.address();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()));
            socket.setSoTimeout(10_000);
            String close = headers.isEmpty() ? "Connection: close\r\n" : "";
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + headers + close + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            if (headers.isEmpty()) {
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            }
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 101".length());
            return new String(status, StandardCharsets.US_ASCII);
        }
    }
}
