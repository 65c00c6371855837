package id.warung.launch;

import static id.warung.client.HttpsClient.certificateOf;
import static id.warung.client.HttpsClient.closes;
import static id.warung.client.HttpsClient.connected;
import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.Certificates;
import id.warung.kit.Scale;
import id.warung.kit.Slowdown;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code java -jar} with TLS when files change, when options are wrong, and when clients say nothing. */
class TlsChangesIT {
    private static final int CONNECTIONS = Scale.of(40, 500);
    private static final int STATED_MS = 5_000;

    @TempDir
    private Path folder;

    @Test
    void aNewCertificateServesNewConnectionsAndDropsNone() throws Exception {
        Path certificate = folder.resolve("changing.pem");
        Path key = folder.resolve("changing.key");
        put("rsa-cert.pem", certificate);
        put("rsa-pkcs8.pem", key);
        Path apart = Files.createDirectories(folder.resolve("apart"));
        List<Person> people = new ArrayList<>();
        try (WarungProcess changing = new WarungProcess(apart)
                .with("WARUNG_TRUSTED_PROXIES", "127.0.0.1")
                .heap("512m")
                .startWithTls(certificate, key)) {
            String room = Person.anyRoom();
            for (int i = 0; i < CONNECTIONS; i++) {
                people.add(Person.in(room, changing.chat()));
            }
            SSLContext resuming = Certificates.trusting();
            assertThat(certificateOf(changing.address(), resuming)).isEqualTo("CN=rsa.example");

            long changed = System.nanoTime();
            put("ec-cert.pem", certificate);
            put("ec-sec1.pem", key);
            patiently().untilAsserted(() -> assertThat(certificateOf(changing.address(), resuming))
                    .isEqualTo("CN=ec.example"));
            long ms = (System.nanoTime() - changed) / 1_000_000;
            System.out.printf(
                    "TLS: the new certificate is served after %d ms, under %d connections%n", ms, CONNECTIONS);
            assertThat(ms).isLessThan(Slowdown.millis(STATED_MS));

            Files.writeString(certificate, "broken");
            patiently().untilAsserted(() -> assertThat(changing.err()).contains("Warung continues with the TLS"));
            assertThat(certificateOf(changing.address(), resuming)).isEqualTo("CN=ec.example");
            people.get(0).post(room, "still here");
            for (Person person : people.subList(1, CONNECTIONS)) {
                assertThat(person.next("message").getString("text")).isEqualTo("still here");
            }
            assertThat(changing.err()).containsOnlyOnce("WARNING").doesNotContain("Exception");
        } finally {
            people.forEach(Person::close);
        }
    }

    private static void put(String from, Path to) throws IOException {
        Files.copy(Certificates.file(from), to, StandardCopyOption.REPLACE_EXISTING);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "--tls-cert CERT; 2; belong together",
                "--tls-key KEY; 2; belong together",
                "--redirect-port 0; 2; needs TLS",
                "--tls-cert CERT --tls-key nothing; 2; there is no such file",
                "--tls-cert CERT --tls-key CERT; 2; has 0 private keys",
                "--tls-cert CERT --tls-key KEY --redirect-port BUSY; 1; choose another port with --redirect-port N",
                "--tls-cert CERT --tls-key KEY --port BUSY; 1; choose another port with --port N",
            })
    void whatIsIncompleteOrWrongStopsTheStartWithASentence(String arguments, int exitCode, String sentence)
            throws Exception {
        try (ServerSocket busy = new ServerSocket(0)) {
            assertRefused(with(arguments, busy.getLocalPort()), exitCode, sentence);
        }
    }

    private List<String> with(String arguments, int busy) {
        List<String> all =
                new ArrayList<>(List.of("--data", folder.resolve("unused").toString()));
        if (!arguments.contains("--port")) {
            all.addAll(List.of("--port", "0"));
        }
        for (String argument : arguments.split(" ", -1)) {
            all.add(argument.replace("CERT", Certificates.file("rsa-cert.pem").toString())
                    .replace("KEY", Certificates.file("rsa-pkcs8.pem").toString())
                    .replace("BUSY", String.valueOf(busy)));
        }
        return all;
    }

    private void assertRefused(List<String> arguments, int exitCode, String sentence) throws IOException {
        try (WarungProcess refused = new WarungProcess(Files.createTempDirectory(folder, "refused"))
                .launch(arguments.toArray(String[]::new))) {
            assertThat(refused.exitCode()).isEqualTo(exitCode);
            assertThat(refused.err().lines().filter(line -> !line.contains(" INFO ")))
                    .hasSize(1);
            assertThat(refused.err()).contains(sentence);
            assertThat(refused.out()).isEmpty();
        }
    }

    /** A connection that says nothing, or half of what it should, has as long as a request's headers. */
    @Test
    void aHandshakeThatDoesNotEndIsCutOff() throws Exception {
        Path apart = Files.createDirectories(folder.resolve("impatient"));
        try (WarungProcess impatient = new WarungProcess(apart)
                .with("WARUNG_HEADER_TIMEOUT_MS", "3000")
                .startWithTls(
                        Certificates.file("rsa-cert.pem"),
                        Certificates.file("rsa-pkcs8.pem"),
                        "--redirect-port",
                        "0")) {
            Map<String, Socket> sockets = new LinkedHashMap<>();
            for (int port : new int[] {
                impatient.address().getPort(), impatient.redirecting().getPort()
            }) {
                for (String said :
                        List.of("", "\u0016", "\u0016\u0003\u0001\u0001\u0000\u0001\u0000\u0000\u00fc", "GE")) {
                    Socket socket = new Socket();
                    sockets.put(said + " at " + port, socket);
                    socket.connect(new InetSocketAddress("localhost", port));
                    socket.getOutputStream().write(said.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            for (Map.Entry<String, Socket> each : sockets.entrySet()) {
                try (Socket socket = each.getValue()) {
                    assertThat(closes(socket)).as(each.getKey()).isTrue();
                }
            }
            try (SSLSocket silent = connected(Certificates.trusting(), impatient.address())) {
                silent.startHandshake();
                assertThat(closes(silent)).as("silent after its handshake").isTrue();
            }
            assertThat(impatient.err()).doesNotContain("Exception", "WARNING");
        }
    }
}
