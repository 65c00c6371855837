package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.RawHttp;
import id.warung.endpoint.RouteSamples;
import id.warung.kit.Jwts;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a page of another site can have a browser send has no effect, whichever way of signing in is the only one, and with all of them at
 * once. With several of them on each server it is the same: see {@code ServerSignInIT}.
 */
class CsrfIT {
    private static final String ALL = "guest,token,oidc,container,header";
    private static final String PROXY = "127.0.0.77";
    private static final Set<String> UNSAFE = Set.of("POST", "PUT", "DELETE", "PATCH");
    private static final List<String> BODIES =
            List.of("", "Content-Type: text/plain", "Content-Type: application/x-www-form-urlencoded");
    private static final String HANDSHAKE =
            "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: AAECAwQFBgcICQoLDA0ODw==";

    /** All that a browser or a proxy adds by itself, for somebody whom they know. */
    private static final String AMBIENT =
            "|X-Forwarded-User: root|Cookie: JSESSIONID=x; token=x|Authorization: Basic cm9vdDpzZWNyZXQ=";

    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            "guest", Map.of(),
            "token",
                    Map.of(
                            "WARUNG_TOKEN_SECRET", "a secret of at least 32 bytes, as it must be",
                            "WARUNG_TOKEN_ISSUER", Jwts.ISSUER,
                            "WARUNG_TOKEN_AUDIENCE", "warung"),
            "oidc", Map.of("WARUNG_OIDC_ISSUER", "http://127.0.0.1:9/none", "WARUNG_OIDC_CLIENT_ID", "warung"),
            "container", Map.of(),
            "header", Map.of("WARUNG_TRUSTED_PROXIES", PROXY));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"guest", "token", "oidc", "container", "header", ALL})
    void nothingOfAnotherSiteHasAnEffectWithOneWayAloneOrAllOfThem(String given) throws IOException {
        List<String> ways = List.of(given.split(",", -1));
        WarungProcess process = new WarungProcess(folder)
                .with("WARUNG_AUTH", given)
                .with("WARUNG_MAX_REQUESTS_PER_SECOND", "0")
                .with("WARUNG_ADMINISTRATORS", "header#root");
        ways.forEach(way -> SETTINGS.get(way).forEach(process::with));
        try (WarungProcess warung = process.start()) {
            String own = own(warung);
            assertThat(ask(warung, "GET", "/api/sign-in", own, "").body())
                    .contains("{\"ways\":[\"" + String.join("\",\"", ways) + "\"]");
            List<String> allowed = new ArrayList<>();
            int asked = 0;
            for (Map.Entry<String, List<String>> route :
                    RouteSamples.methodsByAddress().entrySet()) {
                for (String method :
                        route.getValue().stream().filter(UNSAFE::contains).toList()) {
                    for (String origin : List.of("https://evil.example", "null", own + ".evil.example")) {
                        for (String body : BODIES) {
                            RawHttp.Response response = ask(warung, method, route.getKey(), origin, body);
                            asked++;
                            if (response.status() < 400 || response.body().contains("w2.")) {
                                allowed.add(method + " " + route.getKey() + " " + response);
                            }
                            assertThat(response.headers().keySet())
                                    .noneMatch(name -> name.startsWith("access-control-"));
                        }
                    }
                }
            }
            assertThat(allowed).isEmpty();
            assertThat(asked).isGreaterThan(70);
            assertThat(ask(warung, "GET", "/chat", "https://evil.example", HANDSHAKE)
                            .status())
                    .isEqualTo(403);
            assertThat(ask(warung, "POST", "/signin/", own, "").status())
                    .as("a page of ours")
                    .isEqualTo(ways.contains("header") ? 200 : ways.contains("container") ? 403 : 404);
        }
    }

    private static String own(WarungProcess warung) {
        return "http://127.0.0.1:" + warung.address().getPort();
    }

    /** {@code more} are further lines of the head; those that name a type come with a body. */
    private static RawHttp.Response ask(WarungProcess warung, String method, String path, String origin, String more)
            throws IOException {
        String body = more.startsWith("Content-Type") ? "{\"text\":\"csrf\"}" : "";
        String head = method + " " + path + " HTTP/1.1|Origin: " + origin + AMBIENT + (more.isEmpty() ? "" : "|" + more)
                + "|Content-Length: " + body.length();
        return RawHttp.askFrom(PROXY, URI.create(own(warung)), head, body);
    }
}
