package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import id.warung.client.Person;
import id.warung.kit.Certificates;
import id.warung.kit.Child;
import id.warung.kit.Cluster;
import id.warung.kit.DeployedProxy;
import id.warung.kit.DeployedProxy.Kind;
import id.warung.kit.FreePort;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The proxies with their files of {@code deploy/}, before two nodes. The nodes need not know each other here: each has its own data. */
class ClusterDeployIT {
    private static final int OFTEN = 20;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private static Path folder;

    private static WarungProcess one;
    private static WarungProcess other;

    private final HttpClient client =
            HttpClient.newBuilder().sslContext(Certificates.trusting()).build();

    @BeforeAll
    static void start() {
        one = new WarungProcess(folder.resolve("one")).start();
        other = new WarungProcess(folder.resolve("other")).start();
    }

    @AfterAll
    static void end() {
        one.close();
        other.close();
    }

    private static DeployedProxy proxy(Kind kind, String name) {
        return DeployedProxy.before(
                kind,
                folder.resolve(kind + name),
                one.address().getPort(),
                other.address().getPort());
    }

    private HttpResponse<String> get(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void chats(DeployedProxy proxy) {
        try (Person ana = Person.in(Person.anyRoom(), proxy.chat())) {
            String room = Person.anyRoom();
            ana.join(room);
            assertThat(ana.post(room, "hello").getInt("seq")).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePageAndTheChatComeOverTls(Kind kind) {
        try (DeployedProxy proxy = proxy(kind, "tls")) {
            HttpResponse<String> page = get(proxy.https("/"));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<title>");
            assertThat(page.version()).isEqualTo(HttpClient.Version.HTTP_2);
            HttpResponse<String> plain = get(proxy.http("/?room=lobby"));
            assertThat(plain.statusCode()).isEqualTo(308);
            assertThat(plain.headers().firstValue("Location"))
                    .hasValueSatisfying(to -> assertThat(to).matches("https://localhost(:\\d+)?/\\?room=lobby"));
            IntStream.range(0, 4).forEach(i -> chats(proxy));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSessionOutlivesAReloadAndComesBackAfterARestart(Kind kind) {
        try (DeployedProxy proxy = proxy(kind, "reload");
                Person ana = Person.connect(proxy.chat())) {
            ana.hello(Person.anyName());
            String room = Person.anyRoom();
            ana.join(room);
            proxy.reload();
            chats(proxy);
            assertThat(ana.post(room, "still here").getInt("seq")).isEqualTo(1);

            proxy.restart();
            assertThat(ana.closeCode()).isEqualTo(1006);
            chats(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNodeThatWasKilledGetsNobodyAndNobodyNoticesWhoComesThen(Kind kind) {
        try (DeployedProxy proxy = proxy(kind, "kill")) {
            chats(proxy);
            one.kill();
            for (int i = 0; i < OFTEN; i++) {
                assertThat(get(proxy.https("/health/ready")).statusCode()).isEqualTo(200);
                assertThat(get(proxy.https("/api/rooms")).statusCode()).isEqualTo(200);
            }
            chats(proxy);
        } finally {
            one.startAgain();
        }
    }

    /** With the environment and the command of its unit, of which only the places are the test's. */
    @ParameterizedTest
    @ValueSource(strings = {"warung.service", "warung@.service"})
    void aServiceStartsAndEndsAsItsUnitSays(String unit) throws IOException {
        String port = Integer.toString(FreePort.any());
        List<String> lines = Files.readAllLines(Path.of("deploy/systemd", unit));
        String command = only(lines, "ExecStart=")
                .replace("/usr/bin/java", System.getProperty("java.home") + "/bin/java")
                .replace("/opt/warung/warung.war", WarungProcess.WAR.toString())
                .replace("/var/lib/warung", folder.resolve(unit).toString())
                .replace("%i", port);
        String environment = lines.stream()
                .filter(line -> line.startsWith("Environment="))
                .map(line -> line.substring("Environment=".length()).replace("/var/cache", folder.toString()))
                .collect(Collectors.joining(" "));
        if (!command.contains("--port")) {
            command += " --port " + port;
        }
        try (Child service =
                Child.of(folder.resolve(unit + ".said"), "sh", "-c", "exec env " + environment + " " + command)) {
            URI ready = URI.create("http://127.0.0.1:" + port + "/health/ready");
            patiently().until(() -> Cluster.status(ready) == 200);
            assertThat(folder.resolve(unit)).isDirectory();
            service.signal("TERM");
            assertThat(service.exitCode()).isEqualTo(Integer.parseInt(only(lines, "SuccessExitStatus=")));
        }
    }

    private static String only(List<String> lines, String key) {
        List<String> values =
                lines.stream().filter(line -> line.startsWith(key)).toList();
        assertThat(values).as(key).hasSize(1);
        return values.get(0).substring(key.length());
    }

    /** A node that says what it is asked. */
    private static final class Echo implements AutoCloseable {
        private final HttpServer server;
        private volatile int ready = 200;

        Echo(String name) {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                boolean check = exchange.getRequestURI().getPath().equals("/health/ready");
                StringBuilder said = new StringBuilder(name).append('\n');
                exchange.getRequestHeaders()
                        .forEach(
                                (header, values) -> values.forEach(value -> said.append(header.toLowerCase(Locale.ROOT))
                                        .append(": ")
                                        .append(value)
                                        .append('\n')));
                byte[] body = said.toString().getBytes(UTF_8);
                exchange.sendResponseHeaders(check ? ready : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        int port() {
            return server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNodesLearnWhoAsksAndHowAndNothingThatTheClientMadeUp(Kind kind) {
        try (Echo echo = new Echo("echo");
                DeployedProxy proxy = DeployedProxy.before(kind, folder.resolve(kind + "echo"), echo.port())) {
            HttpResponse<String> said = get(
                    proxy.https("/x"),
                    "X-Forwarded-For",
                    "203.0.113.9",
                    "x-forwarded-for",
                    "203.0.113.8",
                    "X-Forwarded-Proto",
                    "http");

            assertThat(said.body().lines().filter(line -> line.startsWith("x-forwarded-")))
                    .containsExactlyInAnyOrder("x-forwarded-for: 127.0.0.1", "x-forwarded-proto: https");
            assertThat(said.body())
                    .contains("host: localhost:" + proxy.https("/").getPort() + "\n");
        }
    }

    @Test
    void aNodeThatSaysItIsStoppingGetsNoNewClients() {
        try (Echo staying = new Echo("staying");
                Echo stopping = new Echo("stopping");
                DeployedProxy proxy =
                        DeployedProxy.before(Kind.HAPROXY, folder.resolve("drain"), staying.port(), stopping.port())) {
            patiently().until(() -> nodesAsked(proxy).size() == 2);
            stopping.ready = 404;
            patiently().until(() -> nodesAsked(proxy).equals(List.of("staying")));
            stopping.ready = 200;
            patiently().until(() -> nodesAsked(proxy).size() == 2);
        }
    }

    private List<String> nodesAsked(DeployedProxy proxy) {
        return IntStream.range(0, OFTEN)
                .mapToObj(i -> get(proxy.https("/x")).body().lines().findFirst().orElseThrow())
                .distinct()
                .sorted()
                .toList();
    }
}
