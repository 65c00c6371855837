package id.warung.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import id.warung.kit.Logged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OidcDiscoveryTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;
    private String issuer;
    private OidcDiscovery discovery;
    private Logged log;
    private volatile int status = 200;
    private volatile String document;

    @BeforeEach
    void startAProvider() throws IOException {
        log = Logged.by(OidcDiscovery.class);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/team/";
        document = document(issuer);
        server.createContext("/realms/team/.well-known/openid-configuration", exchange -> {
            asked.incrementAndGet();
            byte[] body = document.getBytes(UTF_8);
            if (status / 100 == 3) {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            } catch (IOException gone) {
                // the client has read enough
            }
        });
        server.createContext("/elsewhere", exchange -> {
            byte[] body = document(issuer).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (exchange) {
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        discovery =
                new OidcDiscovery(new OidcSettings(URI.create(issuer), "warung", "openid", Optional.empty()), now::get);
    }

    @AfterEach
    void stopIt() {
        server.stop(0);
        log.close();
    }

    private static String document(String issuer) {
        return """
                {"issuer":"ISSUER","jwks_uri":"https://keys.example/k","authorization_endpoint":"ISSUERauth",
                "token_endpoint":"https://tokens.example:8443/t","end_session_endpoint":"https://login.example/end",
                "authorization_response_iss_parameter_supported":true,"other":[{}]}""".replace("ISSUER", issuer);
    }

    private void after(Duration pause) {
        now.addAndGet(pause.toNanos());
        discovery.run();
    }

    @Test
    void theProviderIsWhatItsDocumentSays() {
        discovery.run();

        assertThat(discovery.provider())
                .contains(new OidcProvider(
                        URI.create("https://keys.example/k"),
                        URI.create(issuer + "auth"),
                        URI.create("https://tokens.example:8443/t"),
                        Optional.of(URI.create("https://login.example/end")),
                        true));
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void itIsAskedAgainEveryHourAndNotMoreOften() {
        discovery.run();
        for (int minute = 1; minute < 60; minute++) {
            after(Duration.ofMinutes(1));
        }
        assertThat(asked).hasValue(1);

        document = document(issuer).replace("tokens.example", "moved.example");
        after(Duration.ofMinutes(1));
        assertThat(asked).hasValue(2);
        assertThat(discovery.provider().orElseThrow().tokenEndpoint()).hasHost("moved.example");
    }

    @Test
    void whileItFailsItIsAskedAfterLongerAndLongerPausesAndOneLineIsLogged() {
        status = 503;
        discovery.run();
        for (int second = 1; second <= 3_600; second++) {
            after(Duration.ofSeconds(1));
        }
        // after 2, 4, 8 … 256, and then every 300 seconds
        assertThat(asked.get()).isBetween(17, 20);
        assertThat(discovery.provider()).isEmpty();
        assertThat(log.lines()).singleElement().asString().contains("Nobody can sign in at " + issuer, "503");

        status = 200;
        after(Duration.ofMinutes(5));
        assertThat(discovery.provider()).isPresent();
        assertThat(log.lines()).hasSize(2).last().asString().contains("Users can sign in");
    }

    @Test
    void whatWasKnownStaysKnownWhileTheProviderIsAway() {
        discovery.run();
        Optional<OidcProvider> known = discovery.provider();
        server.stop(0);
        after(Duration.ofHours(1));

        assertThat(known).isPresent().isEqualTo(discovery.provider());
        assertThat(log.lines()).singleElement().asString().contains("stays in use");
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void aDocumentThatCannotBeTrustedIsNotUsed(String what, UnaryOperator<String> change, String reason) {
        document = change.apply(document(issuer));
        discovery.run();

        assertThat(discovery.provider()).as(what).isEmpty();
        assertThat(log.lines()).singleElement().asString().contains(reason);
    }

    static Stream<Arguments> unusable() {
        return Stream.of(
                unusable("no JSON", was -> "<html>", "no JSON object"),
                unusable("nothing", was -> "", "no JSON object"),
                unusable("another issuer", was -> was.replace("/team/\"", "/other/\""), "another issuer"),
                unusable("an issuer without the slash", was -> was.replace("/team/\"", "/team\""), "last slash"),
                unusable("no keys", was -> was.replace("jwks_uri", "x"), "lacks jwks_uri"),
                unusable("no tokens", was -> was.replace("token_endpoint", "x"), "lacks token_endpoint"),
                unusable("an address that is none", was -> was.replace("https://keys.example/k", "k"), "jwks_uri"),
                unusable("a number for an address", was -> was.replace("\"https://keys.example/k\"", "7"), "jwks_uri"),
                unusable("keys over http", was -> was.replace("https://keys", "http://keys"), "not an https address"),
                unusable("tokens over http", was -> was.replace("https://tokens", "http://tokens"), "token_endpoint"),
                unusable("a file", was -> was.replace("https://keys.example/k", "file:///etc/passwd"), "jwks_uri"),
                unusable(
                        "a policy for browsers",
                        was -> was.replace("https://tokens.example:8443/t", "https://x;script-src *"),
                        "token_endpoint"),
                unusable("a star", was -> was.replace("https://tokens.example:8443", "https://*"), "token_endpoint"),
                unusable("too much", was -> was.replace("{}", "\"" + "x".repeat(300_000) + "\""), "more than"));
    }

    private static Arguments unusable(String what, UnaryOperator<String> change, String reason) {
        return Arguments.of(what, change, reason);
    }

    @Test
    void aRedirectIsNotFollowed() {
        for (int redirect : new int[] {301, 302, 303, 307, 308}) {
            status = redirect;
            after(Duration.ofMinutes(10));
            assertThat(discovery.provider()).as("status %d", redirect).isEmpty();
        }
        assertThat(asked).hasValue(5);
    }
}
