package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.RawHttp;
import id.warung.client.RawHttp.Response;
import id.warung.client.SafeHeaders;
import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests at the edges of HTTP, byte by byte: whoever refuses one, the error is the JSON of docs/protocol.md. */
class HttpEdgesIT {
    private static final String HANDSHAKE =
            "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==|";

    @TempDir
    private static Path folder;

    private static WarungProcess warung;

    @BeforeAll
    static void starts() {
        warung = new WarungProcess(folder).start();
    }

    @AfterAll
    static void ends() {
        try (WarungProcess ending = warung) {
            assertThat(ending.err()).as("its log").doesNotContain("Exception", "SEVERE");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET /api/nothing HTTP/1.1; 404; not-found",
                "GET /%00 HTTP/1.1; 400; bad-request",
                "GET /api/%00 HTTP/1.1; 400; bad-request",
                "GET /api/rooms/% HTTP/1.1; 400; bad-request",
                "GET /api/rooms/a%2Fb HTTP/1.1; 400; bad-request",
                "GET /api/rooms/a\\b HTTP/1.1; 400; bad-request",
                "GET /api/../../secret HTTP/1.1; 400; bad-request",
                "GET /api/people?q={} HTTP/1.1; 400; bad-request",
                "GET /api/people?q=é HTTP/1.1; 400; bad-request",
                "GET /WEB-INF/web.xml HTTP/1.1; 404; not-found",
                "GET http://elsewhere/api/rooms HTTP/1.1; 400; bad-request",
                "GET /api/rooms HTTP/3.0; 505; not-supported",
                "CONNECT elsewhere:443 HTTP/1.1; 501; not-supported",
                "G@T /api/rooms HTTP/1.1; 400; bad-request",
                "hello; 400; bad-request",
                "TRACE /api/rooms HTTP/1.1; 405; not-allowed",
                "TRACE / HTTP/1.1; 405; not-allowed",
                "PUT /api/rooms/lobby/messages HTTP/1.1; 405; not-allowed",
                "POST /api/rooms/lobby/messages HTTP/1.1|Transfer-Encoding: br; 501; not-supported",
                "POST /api/rooms/lobby/messages HTTP/1.1|Content-Length: 1|Content-Length: 2; 400; bad-request",
                "POST /api/rooms/lobby/messages HTTP/1.1|Content-Length: -1; 400; bad-request",
                "GET /api/rooms HTTP/1.1|Expect: magic; 417; bad-request",
                "GET /api/rooms HTTP/1.1|Host: another; 400; bad-request",
                "GET /api/rooms HTTP/1.1|A header: x; 400; bad-request",
                "GET /api/rooms HTTP/1.1|no header; 400; bad-request",
                "GET /api/rooms?limit=1&limit=2 HTTP/1.1; 400; bad-query",
                "GET /api/rooms?limt=1 HTTP/1.1; 400; bad-query",
                "GET /api/rooms?sort=size HTTP/1.1; 400; bad-query",
                "GET /api/rooms/lobby?before=1 HTTP/1.1; 400; bad-query",
                "GET /api/people?q=a&name=b HTTP/1.1; 400; bad-query",
                "GET /api/rooms/lobby/messages?Limit=1 HTTP/1.1; 400; bad-query",
                "GET /api/rooms/lobby/messages?q=a&after=1 HTTP/1.1; 400; bad-query",
            })
    void aRefusedRequestIsToldInJsonWhoeverRefusesIt(String head, int status, String error) throws IOException {
        Response response = ask(head);
        assertThat(response.status()).isEqualTo(status);
        assertSays(response, error);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /chat HTTP/1.1|Connection: keep-alive|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: x",
                "POST /chat HTTP/1.1|" + HANDSHAKE,
            })
    void aBadHandshakeIsToldInJsonToo(String head) throws IOException {
        assertSays(ask(head), head.startsWith("GET") ? "bad-request" : "not-allowed");
    }

    private static void assertSays(Response response, String error) {
        assertThat(response.headers().get("content-type").toLowerCase(Locale.ROOT))
                .isEqualTo("application/json;charset=utf-8");
        assertThat(SafeHeaders.lackedBy(response.headers())).isEmpty();
        assertThat(response.headers()).doesNotContainKeys("server", "x-powered-by");
        assertThat(json(response).getString("error")).isEqualTo(error);
        assertThat(json(response).getString("message")).endsWith(".");
        assertThat(response.body()).doesNotContain("Tomcat", "Exception", "\tat ");
    }

    @Test
    void refusedHandshakesHaveThePagesHeadersToo() throws IOException {
        Response refused = ask("GET /chat HTTP/1.1|" + HANDSHAKE + "Origin: http://evil.example");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(SafeHeaders.lackedBy(refused.headers())).isEmpty();
        assertThat(ask("GET /chat HTTP/1.1|" + HANDSHAKE).headers())
                .as("an accepted one needs none")
                .doesNotContainKey("content-security-policy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"my_host:8080", "_dmarc.example.org", "a_b_c", "chat.example.org.", "[::1]:8080", "1.2.3.4:1"})
    void aHostIsWhatBrowsersAndContainersCallIt(String host) throws IOException {
        assertThat(send("GET /api/rooms HTTP/1.1\r\nHost: " + host + "\r\n\r\n").status())
                .isEqualTo(200);
        assertThat(send("GET /chat HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host + "\r\n"
                                + HANDSHAKE.replace("|", "\r\n") + "\r\n")
                        .status())
                .isEqualTo(101);
    }

    @ParameterizedTest
    @CsvSource({"9216, 200", "15000, 200", "17000, 400"})
    void cookiesOfAllPortsOfAHostFit(int bytes, int status) throws IOException {
        Response response = ask("GET /api/rooms HTTP/1.1|Cookie: a=" + "x".repeat(bytes));
        assertThat(response.status()).isEqualTo(status);
        if (status != 200) {
            assertSays(response, "bad-request");
            assertThat(json(response).getString("message")).contains("16384 bytes");
        }
    }

    @Test
    void theServerAsAWholeNamesTheMethodsOfAllItsAddresses() throws IOException {
        Response response = ask("OPTIONS * HTTP/1.1");
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("allow", "GET, HEAD, POST, OPTIONS");
        assertThat(SafeHeaders.lackedBy(response.headers())).isEmpty();
        assertThat(response.body()).isEmpty();
    }

    /** Otherwise a thread would wait for it. */
    @Test
    void aBodyThatIsStillToComeIsNotWaitedFor() throws IOException {
        for (String line : new String[] {"OPTIONS * HTTP/1.1", "POST /%00 HTTP/1.1", "GET /chat HTTP/1.1"}) {
            try (Socket socket = connect()) {
                String head = line + "\r\nHost: a\r\nContent-Length: 10\r\n\r\n";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
                assertThat(socket.getInputStream().readAllBytes()).as(line).isNotEmpty(); // up to the end
            }
        }
    }

    /** A TLS client that was given the wrong port. */
    @Test
    void bytesThatAreNoHttpGetNoStackTrace() throws IOException {
        byte[] hello = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xFC, 0x03, 0x03, '\r', '\n', '\r', '\n'
        };
        try (Socket socket = connect()) {
            socket.getOutputStream().write(hello);
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(all).contains("\"error\":\"bad-request\"").doesNotContain("Tomcat", "Exception", "html");
        }
    }

    /** Sends a request, whose lines are separated by bars; {@code Host} is added. */
    private static Response ask(String head) throws IOException {
        String[] lines = head.split("\\|", 2);
        String rest = lines.length > 1 ? lines[1].replace("|", "\r\n") + "\r\n" : "";
        return send(lines[0] + "\r\nHost: " + warung.address().getAuthority() + "\r\n" + rest + "\r\n");
    }

    private static Socket connect() throws IOException {
        return RawHttp.connect(warung.address());
    }

    private static Response send(String request) throws IOException {
        return RawHttp.send(warung.address(), request);
    }

    private static JsonObject json(Response response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
