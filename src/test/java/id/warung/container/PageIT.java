package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.client.RawHttp;
import id.warung.client.SafeHeaders;
import id.warung.endpoint.ThrowingServlet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served over HTTP: the page with its headers, health, and no private files. */
class PageIT extends OnServer {
    private static final String HANDSHAKE =
            "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==";
    private static final Pattern ASSETS = Pattern.compile("(?:src|href)=\"([^\"]+\\.(?:js|css))\"");

    @Deployment(testable = false)
    static WebArchive withAServletThatFails() {
        return packedWar(Map.of("warung.max-frame-bytes", "256", "warung.max-requests-per-second", "20"))
                .addClass(ThrowingServlet.class);
    }

    @Test
    @Tag("smoke")
    void thePageIsAtTheContextRoot() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(contentType(page)).isEqualTo("text/html;charset=utf-8");
        assertThat(page.body()).contains("<title>");
    }

    /** Without the slash, the links of the page would lead beside the application. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?name=Bu%20Sri&lang=zh-CN"})
    @Tag("smoke")
    void theContextRootWithoutItsSlashLeadsToThePage(String query) throws Exception {
        String withoutSlash = http("").getPath().replaceFirst("/$", "");
        HttpResponse<String> response = get(withoutSlash + query);

        assertThat(response.statusCode()).isIn(301, 302, 307, 308);
        assertThat(response.uri().resolve(header(response, "Location"))).isEqualTo(http(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WEB-INF/web.xml",
                "WEB-INF/beans.xml",
                "web-inf/web.xml",
                "WEB-INF/classes/id/warung/app/Warung.class",
                "WEB-INF/server/classes/id/warung/launch/tomcat/EmbeddedTomcat.class",
                "WEB-INF/server/lib/tomcat-embed-core.library",
                "META-INF/MANIFEST.MF",
                "META-INF/versions/17/id/warung/launch/Main.class",
                "id/warung/launch/Main.class",
                "%57EB-INF/web.xml",
                "js/%2e%2e/WEB-INF/web.xml",
                "assets/0/WEB-INF/web.xml",
                "assets/0/js/%2e%2e/WEB-INF/web.xml",
                "assets/0/js/../WEB-INF/web.xml",
            })
    void privateFilesOfTheWarAreNotServed(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isIn(400, 403, 404);
        assertThat(response.body()).doesNotContain("CdiBootstrap", "bean-discovery-mode", "Main-Class");
    }

    @Test
    void anUnchangedPageIsNotSentAgain() throws Exception {
        String etag = header(get(""), "ETag");
        HttpResponse<String> again = get("", "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
        String strong = etag.substring("W/".length());
        for (String known : List.of(strong, "\"other\", " + etag, "W/\"a, b\"," + strong, "*")) {
            assertThat(get("", "If-None-Match", known).statusCode()).as(known).isEqualTo(304);
        }
        for (String other : List.of("W/\"other\"", "other", "W/\"other\", \"more\"", strong.replace("\"", ""))) {
            assertThat(get("", "If-None-Match", other).statusCode()).as(other).isEqualTo(200);
        }
        assertThat(get("index.html").body()).isEqualTo(get("").body());
    }

    @Test
    @Tag("smoke")
    void scriptsAndStylesAreKeptForGoodAtAddressesThatChangeWithThem() throws Exception {
        List<String> assets = ASSETS.matcher(get("").body())
                .results()
                .map(match -> match.group(1))
                .toList();
        assertThat(assets)
                .hasSizeGreaterThan(100)
                .doesNotHaveDuplicates()
                .allMatch(path -> path.matches("assets/[0-9a-f]{12}/(js|css)/.*"));
        for (String path : List.of(assets.get(0), assets.get(assets.size() - 1))) {
            HttpResponse<String> asset = get(path);
            assertThat(asset.statusCode()).as(path).isEqualTo(200);
            assertThat(header(asset, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(header(asset, "Vary")).isEqualTo("Accept-Encoding");
            assertThat(contentType(asset))
                    .isEqualTo(path.endsWith(".css") ? "text/css;charset=utf-8" : "text/javascript;charset=utf-8");
            HttpResponse<String> ofAnotherVersion = get(path.replaceFirst("/\\w+/", "/0123456789ab/"));
            assertThat(ofAnotherVersion.body()).isEqualTo(asset.body());
            assertThat(header(ofAnotherVersion, "Cache-Control")).isEqualTo("no-cache");
            String file = path.replaceFirst("assets/\\w+/", "");
            assertThat(get(file).body()).as("the same as " + file).isEqualTo(asset.body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "assets/0/js/app.js", "assets/0/css/page.css"})
    void thePageComesCompressedToWhoTakesIt(String path) throws Exception {
        String plain = get(path).body();
        HttpResponse<byte[]> compressed = getBytes(path, "Accept-Encoding", "br, gzip;q=0.8");
        assertThat(header(compressed, "Content-Encoding")).isEqualTo("gzip");
        assertThat(compressed.body().length).isLessThan(plain.length());
        assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
                .isEqualTo(plain.getBytes(StandardCharsets.UTF_8));
        assertThat(get(path, "Accept-Encoding", "gzip;q=0").body()).isEqualTo(plain);
    }

    @Test
    void anUnknownPathIsNotFoundAndTheResponseSaysLittle() throws Exception {
        HttpResponse<String> response = get("nothing/here.html");
        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.body()).doesNotContain("Exception", "\tat ");
        assertThat(header(response, "Content-Security-Policy")).contains("default-src 'none'");
    }

    @ParameterizedTest
    @CsvSource({"health/live, up", "health/ready, ready"})
    @Tag("smoke")
    void healthIsTold(String path, String status) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(contentType(response)).startsWith("application/json");
        assertThat(response.body().strip()).isEqualTo("{\"status\":\"" + status + "\"}");
    }

    @ParameterizedTest
    @Tag("smoke")
    @CsvSource(
            delimiter = ';',
            value = {
                "GET /; 200",
                "HEAD /; 200",
                "GET /|If-None-Match: *; 304",
                "GET /index.html; 200",
                "GET /assets/0/js/app.js; 200",
                "GET /assets/0/css/page.css|Accept-Encoding: gzip; 200",
                "GET /icons/warung.svg; 200",
                "GET /manifest.webmanifest; 200",
                "GET /nothing; 404",
                "HEAD /nothing; 404",
                "GET /error; 404",
                "POST /error; 404",
                "GET /assets/0/nothing; 404",
                "POST /; 405",
                "BREW /; 405",
                "PUT /api/rooms; 405",
                "OPTIONS /health/live; 405",
                "GET /health/live; 200",
                "GET /health/ready; 200",
                "GET /health/nothing; 404",
                "GET /api/rooms; 200",
                "GET /api/rooms/lobby/messages; 200",
                "GET /api/people?q=a; 200",
                "OPTIONS /api/rooms; 200",
                "GET /api/rooms?limt=1; 400",
                "GET /api/rooms/Lobby!; 400",
                "GET /api/rooms/nobody-was-here; 404",
                "GET /api/nothing; 404",
                "GET /api/rooms|Authorization: Bearer x; 401",
                "POST /api/rooms/lobby/messages|Content-Length: 0; 401",
                "GET /chat; 426",
                "GET /chat?origin=http://a; 200",
                "GET /chat?origin=a&origin=b; 400",
                "GET /chat|Origin: https://evil.example|" + HANDSHAKE + "; 403",
                "GET /chat|Origin: null|" + HANDSHAKE + "; 403",
                "GET /chat|Sec-WebSocket-Protocol: soap|" + HANDSHAKE + "; 400",
                "GET /chat?room=Lobby|" + HANDSHAKE + "; 400",
                "POST /chat|" + HANDSHAKE + "; 405",
                "GET /throw; 500",
                "HEAD /throw; 500",
                "GET /throw?500; 500",
                "GET /throw?503; 503",
                "GET /throw?401; 401",
                "GET /throw?403; 403",
                "GET /throw?404; 404",
                "GET /throw?405; 405",
                "GET /throw?409; 409",
            })
    void everyResponseHasThem(String head, int status) throws IOException {
        RawHttp.Response response = ask(head, "");
        assertThat(response.status()).isEqualTo(status);
        assertThat(SafeHeaders.lackedBy(response.headers()))
                .as("what %s lacks", response)
                .isEmpty();
        assertThat(response.body()).doesNotContain("secret", "Exception", "\tat ", "<b>");
        if (status >= 500) {
            assertThat(response.headers().get("content-type").toLowerCase(Locale.ROOT))
                    .contains("application/json");
        }
    }

    /** Some servers do so before they ask us, and some show what was asked for: docs/deploy.md says so. */
    @ParameterizedTest
    @Tag("smoke")
    @ValueSource(
            strings = {
                "GET /WEB-INF/web.xml",
                "GET /META-INF/MANIFEST.MF",
                "GET /%00",
                "GET /a%2Fb",
                "GET /..;/..;/",
                "GET /<script>alert(1)</script>",
                "GET /|Content-Length: 1",
            })
    void nothingRunsInABrowserOfWhatTheServerItselfMayAnswer(String head) throws IOException {
        RawHttp.Response response = ask(head, "");
        assertThat(response.status()).isBetween(400, 499);
        assertThat(response.body()).doesNotContainIgnoringCase("<script", "alert", "Exception", "Tomcat", "Main-Class");
    }

    @Test
    @Tag("smoke")
    void anAcceptedPostAndOneThatIsTooLargeHaveThem() throws Exception {
        try (Person ana = Person.signedIn(chat())) {
            for (int length : List.of(5, 5_000)) {
                String body = "{\"text\":\"" + "x".repeat(length) + "\"}";
                RawHttp.Response response = ask(
                        "POST /api/rooms/lobby/messages|Authorization: Bearer " + ana.token() + "|Content-Length: "
                                + body.length(),
                        body);
                assertThat(response.status()).isEqualTo(length == 5 ? 201 : 413);
                assertThat(SafeHeaders.lackedBy(response.headers())).isEmpty();
            }
        }
    }

    @Test
    @Tag("smoke")
    void aRequestTooManyHasThem() throws IOException {
        String head = "GET /api/people|X-Forwarded-For: 192.0.2.66"; // so that others of this machine are not limited
        RawHttp.Response response = ask(head, "");
        for (int i = 0; i < 1_000 && response.status() == 200; i++) {
            response = ask(head, "");
        }
        assertThat(response.status()).isEqualTo(429);
        assertThat(SafeHeaders.lackedBy(response.headers())).isEmpty();
    }

    private RawHttp.Response ask(String head, String body) throws IOException {
        int path = head.indexOf('/');
        int end = IntStream.of(head.length(), head.indexOf('|'))
                .filter(i -> i > 0)
                .min()
                .orElseThrow();
        String root = http("").getPath().replaceFirst("/$", "");
        String line = head.substring(0, path) + root + head.substring(path, end) + " HTTP/1.1";
        return RawHttp.ask(http(""), line + head.substring(end), body);
    }

    private static String contentType(HttpResponse<?> response) {
        return header(response, "Content-Type").toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
    }
}
