package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawHttp;
import id.warung.client.RawSocket;
import id.warung.client.SafeHeaders;
import id.warung.endpoint.RouteSamples;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Those whom the server, or a proxy, has signed in get a token at {@code signin/}, and who they are counts nowhere else. */
@Tag("smoke")
class ServerSignInIT extends OnServer {
    private static final String PROXY = "127.0.0.77";
    private static final String HANDSHAKE =
            "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==";
    private static final List<String> UNSAFE = List.of("POST", "PUT", "DELETE", "PATCH", "PROPFIND", "BREW");

    @Deployment(testable = false)
    static WebArchive withEachWay() {
        return packedWar(Map.of(
                "warung.max-requests-per-second", "0",
                "warung.auth", "guest,token,container,header",
                "warung.token-secret", "a secret of at least 32 bytes, as it must be",
                "warung.token-issuer", "https://app.example",
                "warung.token-audience", "warung",
                "warung.trusted-proxies", PROXY,
                "warung.api-keys", "Builds=a-key-of-a-back-end-1234",
                "warung.administrators", "header#root"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            nullValues = "-",
            value = {
                "ana; ana",
                "ana@example.org; ana@example.org",
                "' ana '; ana",
                "Zoë; Zoë",
                "王小明; 王小明",
                "name with spaces; name with spaces",
                "a name with more than thirty-two characters; a name with more than thirty-two",
                "<script>alert(1)</script>; <script>alert(1)</script>",
                "Аdmin; -", // its first letter is Cyrillic: there is another name instead
            })
    void aProxySaysWhoSomebodyIs(String header, String name) throws Exception {
        RawHttp.Response response = buy(PROXY, "Origin: " + own(), "X-Forwarded-User: " + header);
        if (response.status() == 400 && header.chars().anyMatch(c -> c > 0x7F)) {
            assertThat(response.body()).as("a server that refuses it by itself").doesNotContain("w2.");
            return;
        }
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.headers()).containsEntry("cache-control", "no-store");
        assertThat(SafeHeaders.lackedBy(response.headers())).isEmpty();
        JsonObject bought = json(response.body());
        assertThat(Instant.parse(bought.getString("expiresAt")))
                .isBetween(Instant.now().plusSeconds(11 * 3_600), Instant.now().plusSeconds(12 * 3_600));
        try (Person person = Person.connect(chat())) {
            JsonObject user = person.helloAgain(bought.getString("token")).getJsonObject("user");
            assertThat(user.getString("id")).startsWith("s-").hasSize(28);
            assertThat(user.getString("name"))
                    .isEqualTo(name == null ? "user-" + user.getString("id").substring(2, 8) : name);
            assertThat(user).doesNotContainKey("guest");
        }
        assertThat(json(buy(PROXY, "Origin: " + own(), "X-Forwarded-User: " + header)
                                .body())
                        .getString("token"))
                .as("another sign-in of the same person")
                .isNotEqualTo(bought.getString("token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-No: header",
                "X-Forwarded-User:",
                "X-Forwarded-User:  ",
                "X-Forwarded-User: ana|X-Forwarded-User: ana",
                "X-Forwarded-User: eve|x-forwarded-user: ana",
                "X-Forwarded-User: eve, ana",
                "X-Forwarded-User: ana,",
                "X-Forwarded-User: a\u0007b",
            })
    void aHeaderThatIsNotOneNameIsRefused(String lines) throws Exception {
        RawHttp.Response response = buy(PROXY, "Origin: " + own(), lines);
        assertThat(response.status()).isIn(400, 403); // some servers refuse control characters by themselves
        assertThat(response.body()).doesNotContain("w2.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 127.0.0.77",
                "X-Forwarded-For: 127.0.0.77, 127.0.0.77",
                "Forwarded: for=127.0.0.77",
                "X-Real-IP: 127.0.0.77",
                "X-Forwarded-For: 10.0.0.1",
            })
    void onlyTheConnectedAddressSaysThatItIsTheProxy(String forged) throws Exception {
        RawHttp.Response response = buy("127.0.0.1", "Origin: " + own(), forged, "X-Forwarded-User: ana");
        assertThat(response.status()).isEqualTo(403);
        assertThat(json(response.body()).getString("error")).isEqualTo("forbidden");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-No: origin",
                "Origin:",
                "Origin: null",
                "Origin: https://evil.example",
                "Origin: OWN.evil.example",
                "Origin: OWN1",
                "Origin: OWN/",
                "Origin: OWN/signin/",
                "Origin: OWN@evil.example",
                "Origin: OWN?x",
                "Origin: OWN#x",
                "Origin: http://evil.example#OWN",
                "Origin: http://127.0.0.1",
                "Origin: http://127.0.0.1:1",
                "Origin: file://",
                "Origin: OWN|Origin: OWN",
                "Origin: OWN|Origin: https://evil.example",
                "Origin: OWN, https://evil.example",
                "Referer: OWN/",
            })
    void aPageThatIsNotOursGetsNoToken(String origin) throws Exception {
        RawHttp.Response response = buy(PROXY, origin.replace("OWN", own()), "X-Forwarded-User: ana");
        assertThat(response.status()).isEqualTo(403);
        assertThat(response.body()).doesNotContain("w2.");
        assertThat(SafeHeaders.lackedBy(response.headers())).isEmpty();
    }

    @Test
    void aFormOfAnotherPageGetsNothing() throws Exception {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            RawHttp.Response response = RawHttp.askFrom(
                    PROXY,
                    server(),
                    "POST " + path("/signin/") + " HTTP/1.1|Origin: " + own() + "|X-Forwarded-User: ana|Content-Type: "
                            + type + "|Content-Length: 3",
                    "a=b");
            assertThat(response.status()).as(type).isEqualTo(413);
        }
    }

    @Test
    void thePageForThatIsOursAndComesWithTheSameHeaders() throws Exception {
        RawHttp.Response page = RawHttp.ask(server(), "GET " + path("/signin/") + " HTTP/1.1", "");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.headers()).containsEntry("cache-control", "no-store");
        assertThat(SafeHeaders.lackedBy(page.headers())).isEmpty();
        assertThat(page.body()).contains("src=\"../js/page/signin.js\"").doesNotContain("<style", "style=");
        assertThat(get("js/page/signin.js").statusCode()).isEqualTo(200);
        RawHttp.Response folder = RawHttp.ask(server(), "GET " + path("/signin") + " HTTP/1.1", "");
        assertThat(folder.status()).isEqualTo(302);
        assertThat(folder.headers().get("location")).endsWith(path("/signin/"));
    }

    /** A request that a page of another site can have a browser send, with all that the browser, or a proxy, adds by itself. */
    @Test
    void nothingOfAnotherSiteHasAnEffect() throws Exception {
        try (Person ana = Person.in("lobby", chat())) {
            int before = head(ana);
            List<String> allowed = new ArrayList<>();
            for (String address : RouteSamples.methodsByAddress().keySet()) {
                for (String method : UNSAFE) {
                    for (String origin : List.of("https://evil.example", "null", own() + ".evil.example")) {
                        for (String type : List.of("", "text/plain", "application/json")) {
                            RawHttp.Response response = fromAnotherSite(method, address, origin, type);
                            if (response.status() < 400 || response.body().contains("w2.")) {
                                allowed.add(method + " " + address + " " + response);
                            }
                            assertThat(response.headers().keySet())
                                    .noneMatch(name -> name.startsWith("access-control-"));
                        }
                    }
                }
            }
            assertThat(allowed).isEmpty();
            assertThat(head(ana)).as("what is in the room").isEqualTo(before + 1);
        }
    }

    private RawHttp.Response fromAnotherSite(String method, String address, String origin, String type)
            throws IOException {
        String body = type.isEmpty() ? "" : "{\"text\":\"csrf\"}";
        return RawHttp.askFrom(
                PROXY,
                server(),
                method + " " + path(address) + " HTTP/1.1|Origin: " + origin
                        + "|X-Forwarded-User: root|Cookie: JSESSIONID=x"
                        + "|Authorization: Basic " + basic("ana") + (body.isEmpty() ? "" : "|Content-Type: " + type)
                        + "|Content-Length: " + body.length(),
                body);
    }

    /** Not even for pages of ours: whoever reads or writes shows a token. */
    @Test
    void nothingElseAsksWhoTheProxySays() throws Exception {
        String ambient = "|X-Forwarded-User: root|Origin: " + own();
        for (String address : List.of("/api/sessions", "/api/sessions/x")) {
            String method = address.endsWith("x") ? "DELETE" : "GET";
            RawHttp.Response response =
                    RawHttp.askFrom(PROXY, server(), method + " " + path(address) + " HTTP/1.1" + ambient, "");
            assertThat(response.status()).as(address).isEqualTo(401);
        }
        String post = "POST " + path("/api/rooms/lobby/messages") + " HTTP/1.1|Content-Length: 2" + ambient;
        assertThat(RawHttp.askFrom(PROXY, server(), post, "{}").status()).isEqualTo(401);
        URI chat = URI.create(chat().toString().replace(chat().getHost(), "127.0.0.1"));
        try (RawSocket socket = RawSocket.from(
                PROXY, chat, "Sec-WebSocket-Protocol: " + Person.V1, "Origin: " + own(), "X-Forwarded-User: root")) {
            assertThat(socket.text()).contains("welcome");
            socket.text("{\"type\":\"hello\",\"name\":\"Ana\"}");
            assertThat(socket.text()).contains("\"id\":\"u-").contains("\"roles\":[\"guest\"]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "OWN.evil.example"})
    void noWebSocketOfAnotherSiteOpens(String origin) throws Exception {
        RawHttp.Response response = RawHttp.askFrom(
                PROXY,
                server(),
                "GET " + path("/chat") + " HTTP/1.1|" + HANDSHAKE + "|X-Forwarded-User: root|Authorization: Basic "
                        + basic("ana") + "|Origin: " + origin.replace("OWN", own()),
                "");
        assertThat(response.status()).isEqualTo(403);
    }

    /** What docs/sign-in.md says is done, word for word; then the same holds there. */
    @Test
    @Tag("sign-in-by-server")
    void theServerSaysWhoSomebodyIsOnceItIsSetUpAsDocumented(@TempDir Path folder) throws Exception {
        Files.copy(Path.of("target/warung.war"), folder.resolve("signed.war"));
        DocumentedSteps steps = new DocumentedSteps(folder);
        steps.does("the descriptor");
        steps.does(steps.server());
        steps.besides("then");
        try {
            RawHttp.Response nobody = RawHttp.ask(server(), "GET /signed/signin/ HTTP/1.1", "");
            assertThat(nobody.status()).isEqualTo(401);
            assertThat(nobody.headers().get("www-authenticate")).startsWith("Basic");
            assertThat(SafeHeaders.lackedBy(nobody.headers())).isEmpty();
            String ana = "|Authorization: Basic " + basic("ana");
            assertThat(RawHttp.ask(server(), "GET /signed/signin/ HTTP/1.1" + ana, "")
                            .body())
                    .contains("signin.js");

            String post = "POST /signed/signin/ HTTP/1.1|Content-Length: 0";
            JsonObject bought = json(
                    RawHttp.ask(server(), post + ana + "|Origin: " + own(), "").body());
            try (Person person = Person.connect(URI.create(own().replace("http", "ws") + "/signed/chat"))) {
                JsonObject signedIn = person.helloAgain(bought.getString("token"));
                assertThat(signedIn.getJsonObject("user").getString("name")).isEqualTo("ana");
                assertThat(signedIn.getJsonArray("roles").toString()).isEqualTo("[\"member\"]");
            }
            for (String origin : List.of("", "|Origin: null", "|Origin: https://evil.example")) {
                RawHttp.Response refused = RawHttp.ask(server(), post + ana + origin, "");
                assertThat(refused.status()).as(origin).isEqualTo(403);
            }
            assertThat(RawHttp.ask(server(), post + "|Origin: " + own(), "").status())
                    .isEqualTo(401);
            for (String address : RouteSamples.methodsByAddress().keySet()) {
                for (String method : UNSAFE) {
                    String head =
                            method + " /signed" + address + " HTTP/1.1|Content-Length: 0|Origin: https://evil.example";
                    assertThat(RawHttp.ask(server(), head + ana, "").status())
                            .as("%s %s", method, address)
                            .isGreaterThanOrEqualTo(400);
                }
            }
            assertThat(RawHttp.ask(server(), "GET /signed/ HTTP/1.1", "").status())
                    .as("nothing else is protected")
                    .isEqualTo(200);
        } finally {
            steps.besides("undo");
        }
    }

    private RawHttp.Response buy(String from, String... headers) throws IOException {
        String head = "POST " + path("/signin/") + " HTTP/1.1|Content-Length: 0|" + String.join("|", headers);
        return RawHttp.askFrom(from, server(), head, "");
    }

    private static int head(Person reader) {
        return reader.post("lobby", "mine").getInt("seq");
    }

    private static String basic(String user) {
        return Base64.getEncoder().encodeToString((user + ":secret-1").getBytes(StandardCharsets.UTF_8));
    }

    private String path(String address) {
        return http("").getPath().replaceFirst("/$", "") + address;
    }

    private URI server() {
        return URI.create(own());
    }

    private String own() {
        return "http://127.0.0.1:" + http("").getPort();
    }
}
