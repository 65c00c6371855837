package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.WebSocket;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in at Keycloak, with the realm that docs/sign-in.md shows. Takes minutes: the profile keycloak. */
class KeycloakIT {
    private static final Path HOME = Path.of(System.getProperty("keycloak.home"));
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static Process keycloak;
    private static String issuer;
    private static WarungProcess byIdToken;
    private static WarungProcess byAccessToken;

    /** Warung starts first: the provider is not there yet. */
    @BeforeAll
    static void startAll() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        issuer = "http://localhost:" + port + "/realms/warung";
        byIdToken = warung().start();
        byAccessToken = warung().with("WARUNG_OIDC_AUDIENCE", "warung-chat").start();
        assertThat(offer(at(byIdToken))).contains("\"issuer\":\"" + issuer).doesNotContain("tokenEndpoint");

        String realm = Files.readString(Path.of("src/test/keycloak/warung-realm.json"))
                .replace("\"https://chat.example.com/\"", "\"" + at(byIdToken) + "\",\"" + at(byAccessToken) + "\"")
                .replace("\"accessTokenLifespan\": 300", "\"accessTokenLifespan\": 15");
        assertThat(realm).contains(at(byIdToken).toString(), ": 15");
        delete(HOME.resolve("data")); // or the realm of an earlier run would stay
        Files.createDirectories(HOME.resolve("data/import"));
        Files.writeString(HOME.resolve("data/import/warung-realm.json"), realm);
        keycloak = new ProcessBuilder(
                        "sh",
                        HOME.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--http-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(HOME.resolve("out.txt").toFile())
                .start();
        await().atMost(PATIENCE)
                .until(() -> offer(at(byAccessToken)).contains("tokenEndpoint")
                        && offer(at(byIdToken)).contains("tokenEndpoint"));
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private static WarungProcess warung() {
        return WarungProcess.somewhere()
                .with("WARUNG_AUTH", "oidc")
                .with("WARUNG_OIDC_ISSUER", issuer)
                .with("WARUNG_OIDC_CLIENT_ID", "warung");
    }

    /** On another host than the provider, as far as browsers are concerned. */
    private static URI at(WarungProcess process) {
        return URI.create(process.address().toString().replace("localhost", "127.0.0.1"));
    }

    private static String offer(URI home) throws IOException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(home.resolve("api/sign-in")).build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stopAll() {
        if (keycloak != null) {
            keycloak.descendants().forEach(ProcessHandle::destroyForcibly);
            keycloak.destroyForcibly();
        }
        byIdToken.close();
        byAccessToken.close();
    }

    @Test
    void aUserSignsInStaysInAndSignsOut() {
        signsInAndOut(at(byIdToken));
    }

    @Test
    void withAnAudienceTheAccessTokenDoesTheSame() {
        signsInAndOut(at(byAccessToken));
    }

    private static void signsInAndOut(URI home) {
        try (Guest ana = Guest.arrives(home, "keycloak", Guest.desk())) {
            List<String> hellos = new ArrayList<>();
            ana.page().onWebSocket((WebSocket socket) -> {
                hellos.add("socket");
                socket.onFrameSent(frame -> {
                    if (frame.text() != null && frame.text().contains("\"hello\"")) {
                        hellos.add("hello");
                    }
                });
            });
            List<String> answers = new ArrayList<>();
            List<String> leaving = new ArrayList<>();
            ana.page().onRequest(request -> {
                if (request.url().startsWith(issuer + "/protocol/openid-connect/logout?id_token_hint=ey")) {
                    leaving.add(request.url());
                }
                if (request.url().startsWith(home + "?")) {
                    answers.add(request.url());
                }
            });
            signsIn(ana);
            ana.isCalled("Ana Sari");
            assertThat(answers).singleElement().asString().contains("iss="); // RFC 9207
            ana.page().waitForCondition(() -> hellos.size() >= 3);
            assertThat(hellos).startsWith("socket", "hello", "hello");
            ana.says("still here");
            ana.seesOnce("still here");

            ana.opensProfile();
            ana.button("Sign out").click();
            ana.page()
                    .waitForResponse(
                            response -> response.url().startsWith(home.toString()) && !leaving.isEmpty(),
                            () -> ana.button("Sign out now").click());
            assertThat(ana.button("Sign in")).isVisible();
            signsIn(ana); // Keycloak asks again
            ana.isUndisturbed();
        }
    }

    private static void signsIn(Guest ana) {
        ana.button("Sign in").click();
        assertThat(ana.page()).hasURL(Pattern.compile("^" + issuer + "/protocol/openid-connect/auth"));
        ana.page().locator("#username").fill("ana");
        ana.page().locator("#password").fill("ana");
        ana.page().locator("#kc-login").click();
        ana.isLive();
    }
}
