package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is served over HTTP: the page with its headers, health, and nothing that is not for the public. */
class PageIT extends DeployedWar {
    @Test
    @Tag("smoke")
    void thePageIsAtTheContextRoot() throws Exception {
        HttpResponse<String> page = get("");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(contentType(page)).isEqualTo("text/html;charset=utf-8");
        assertThat(page.body()).contains("<title>");
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
            })
    void whatIsInTheWarButNotForThePublicIsNotThere(String path) throws Exception {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).isIn(400, 403, 404);
        assertThat(response.body()).doesNotContain("CdiBootstrap", "bean-discovery-mode", "Main-Class");
    }

    @Test
    void whatIsNotThereIsNotFoundAndSaysLittle() throws Exception {
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
