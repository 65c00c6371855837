package id.warung.launch;

import static id.warung.client.HttpsClient.ask;
import static id.warung.client.HttpsClient.connected;
import static id.warung.client.HttpsClient.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.kit.Certificates;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code java -jar} with TLS: one process with a chain and an encrypted key, with HSTS and a port that leads to https. */
class TlsIT {
    private static final int PATIENCE_MS = 10_000;

    @TempDir
    private static Path folder;

    private static WarungProcess warung;

    @BeforeAll
    static void starts() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "sesame\n");
        warung = new WarungProcess(folder)
                .with("WARUNG_HSTS_SECONDS", "31536000")
                .startWithTls(
                        Certificates.file("chain.pem"),
                        Certificates.file("chain-key-aes.pem"),
                        "--tls-key-password-file=" + password,
                        "--redirect-port=0");
    }

    @AfterAll
    static void ends() {
        try (WarungProcess ending = warung) {
            assertThat(ending.out().lines()).hasSize(1);
            assertThat(ending.out()).contains("https://localhost:", " leads there");
            assertThat(ending.err()).as("its log").doesNotContain("Exception", "WARNING", "SEVERE", "sesame");
        }
    }

    private static Socket redirecting() throws IOException {
        return new Socket("localhost", warung.redirecting().getPort());
    }

    @Test
    void aClientThatKnowsOnlyTheRootTrustsTheChain() throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        try (InputStream root = Files.newInputStream(Certificates.file("root.pem"))) {
            roots.setCertificateEntry(
                    "root", CertificateFactory.getInstance("X.509").generateCertificate(root));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
            try (SSLSocket socket = connected(context, warung.address(), protocol)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
                assertThat(socket.getSession().getPeerCertificates()).hasSize(2);
                assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
                assertThat(socket.getSession().getCipherSuite()).contains("_GCM_");
                assertThat(ask(socket, get("/health/ready"))).startsWith("HTTP/1.1 200");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.1, ", "TLSv1, ", "TLSv1.2, TLS_RSA_WITH_AES_128_GCM_SHA256", "TLSv1.3, h2"})
    void olderTlsAndOtherProtocolsAreRefused(String protocol, String offered) throws Exception {
        String allowed = Security.getProperty("jdk.tls.disabledAlgorithms");
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        try (SSLSocket socket = connected(Certificates.trusting(), warung.address(), protocol)) {
            if ("h2".equals(offered)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {offered});
                socket.setSSLParameters(parameters);
            } else if (offered != null) {
                socket.setEnabledCipherSuites(new String[] {offered});
            }
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        } finally {
            Security.setProperty("jdk.tls.disabledAlgorithms", allowed);
        }
    }

    @Test
    void peopleChatOverWssWithBothLibraries() {
        String room = Person.anyRoom();
        assertThat(warung.chat().getScheme()).isEqualTo("wss");
        try (Person ana = Person.connect(Library.TYRUS, warung.chat(), Person.V1);
                Person budi = Person.in(room, warung.chat())) {
            ana.hello(Person.anyName());
            ana.join(room, "\"last\":0");
            String text = "半".repeat(3_000); // in many records, both ways
            ana.post(room, text);
            assertThat(budi.next("message").getString("text")).isEqualTo(text);
            budi.post(room, "ok");
            assertThat(ana.next("message").getString("text")).isEqualTo("ok");
        }
    }

    @Test
    void thePageAndEachRecordOfALongRequestArrive() throws Exception {
        for (int cookie : new int[] {10, 1_900, 2_040, 9_000, 15_000}) {
            String response = ask(
                    connected(Certificates.trusting(), warung.address()), get("/", "Cookie: a=" + "x".repeat(cookie)));
            assertThat(response).as("%d", cookie).startsWith("HTTP/1.1 200").endsWith("</html>\n");
        }
    }

    @Test
    void aRequestInPlainHttpIsToldToUseHttps() throws Exception {
        String response = ask(new Socket("localhost", warung.address().getPort()), get("/"));
        assertThat(response).startsWith("HTTP/1.1 400 ").contains("Open the same address with https://.");
        for (String other : List.of(
                "\u0016\u0003\u0001", "\u0080\u0000garbage", "\u0000\u0000\u0000", "\u0016" + "x".repeat(900))) {
            try (Socket socket = new Socket("localhost", warung.address().getPort())) {
                socket.getOutputStream().write(other.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                socket.setSoTimeout(PATIENCE_MS);
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                        .as("an alert at most")
                        .hasSizeLessThan(20);
            }
        }
    }

    @Test
    void onlyAnswersOverHttpsTellToStayThere() throws Exception {
        SSLContext client = Certificates.trusting();
        assertThat(ask(connected(client, warung.address()), get("/")))
                .contains("\r\nStrict-Transport-Security: max-age=31536000\r\n");
        assertThat(ask(connected(client, warung.address()), get("/api/nothing")))
                .startsWith("HTTP/1.1 404")
                .contains("\r\nStrict-Transport-Security: max-age=31536000\r\n");
        assertThat(ask(connected(client, warung.address()), get("/", "X-Forwarded-Proto: http")))
                .as("of a trusted proxy")
                .doesNotContain("Strict-Transport");
        assertThat(ask(redirecting(), get("/"))).startsWith("HTTP/1.1 308").doesNotContain("Strict-Transport");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "localhost; /; https://localhost:PORT/",
                "LOCALHOST:80; /a/b?c=%20&d; https://LOCALHOST:PORT/a/b?c=%20&d",
                "[::1]:8080; /; https://[::1]:PORT/",
                "my_host.; /%0d%0aSet-Cookie:%20a=b; https://my_host.:PORT/%0d%0aSet-Cookie:%20a=b",
                "chat.example.org; //evil.example/x; https://chat.example.org:PORT//evil.example/x",
                "chat.example.org; /\\evil.example; 400",
                "chat.example.org; http://chat.example.org/x; https://chat.example.org:PORT/x",
                "chat.example.org; http://evil.example/x; 400",
                "chat.example.org; *; https://chat.example.org:PORT/",
                "chat.example.org@evil.example; /; 400",
                "chat.example.org/x; /; 400",
                "chat.example.org:80:81; /; 400",
                "a b; /; 400",
                "a%0d%0ab; /; 400",
                "é.example; /; 400",
                "'';/; 400",
                "localhost; /@; https://localhost:PORT/@",
                "localhost; .evil.example; 400",
            })
    void everyRequestIsSentToTheSameHostByHttps(String host, String address, String expected) throws Exception {
        String method = address.equals("*") ? "OPTIONS" : "GET";
        String response = ask(redirecting(), method + " " + address + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        if (expected.equals("400")) {
            assertThat(response)
                    .startsWith("HTTP/1.1 400")
                    .contains("{\"error\":")
                    .doesNotContain("Location");
        } else {
            String location =
                    expected.replace("PORT", String.valueOf(warung.address().getPort()));
            assertThat(response).startsWith("HTTP/1.1 308").contains("\r\nLocation: " + location + "\r\n");
            assertThat(response.split("\r\n\r\n", -1)).as("no more").containsExactly(response.strip(), "");
        }
    }

    @Test
    void whateverIsAskedIsSentToHttpsAndNeverReachesTheApplication() throws Exception {
        String body = "POST /api/rooms/lobby/messages HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello";
        assertThat(ask(redirecting(), body)).startsWith("HTTP/1.1 308").contains("/api/rooms/lobby/messages\r\n");
        assertThat(ask(
                        redirecting(),
                        "GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"))
                .startsWith("HTTP/1.1 308");
        assertThat(ask(redirecting(), "GET /" + "x".repeat(14_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 308");
        assertThat(ask(redirecting(), "GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(ask(redirecting(), "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }
}
