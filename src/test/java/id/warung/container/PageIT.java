package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served over HTTP: the page with its headers, health, and no private files. */
class PageIT extends DeployedWar {
    private static final Pattern ASSETS = Pattern.compile("(?:src|href)=\"([^\"]+\\.(?:js|css))\"");

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

    @Test
    @Tag("smoke")
    void theBrowserIsToldToRefuseWhatThePageNeverDoes() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(Arrays.asList(header(page, "Content-Security-Policy").split("; *")))
                .contains(
                        "default-src 'none'",
                        "script-src 'self'",
                        "style-src 'self'",
                        "connect-src 'self'",
                        "base-uri 'none'",
                        "frame-ancestors 'none'",
                        "require-trusted-types-for 'script'");
        assertThat(header(page, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(header(page, "Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(header(page, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(header(page, "Permissions-Policy")).contains("camera=()");
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

    private static String contentType(HttpResponse<?> response) {
        return header(response, "Content-Type").toLowerCase(Locale.ROOT).replace(" ", "");
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElseThrow(() -> new AssertionError("no " + name));
    }
}
