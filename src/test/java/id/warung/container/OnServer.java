package id.warung.container;

import id.warung.client.Person;
import id.warung.kit.HighLimits;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The shipped WAR on the server of the build's profile, with settings chosen by a test, used from outside. */
@ArquillianTest
abstract class OnServer {
    private static final String WEB_XML = "/WEB-INF/web.xml";
    /** With curl's default behaviour. */
    private static final HttpClient BROWSER =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ArquillianResource
    private URL deployed;

    static WebArchive packedWar() {
        return packedWar(Map.of());
    }

    /** The WAR with context parameters, the only way of setting something that works on every server. */
    static WebArchive packedWar(Map<String, String> settings) {
        WebArchive war = ShrinkWrap.create(ZipImporter.class, "warung.war")
                .importFrom(new File("target/warung.war"))
                .as(WebArchive.class);
        Map<String, String> all = new TreeMap<>(HighLimits.settings());
        all.putAll(settings);
        StringBuilder parameters = new StringBuilder();
        all.forEach((name, value) -> parameters.append("<context-param><param-name>" + name
                + "</param-name><param-value>" + value + "</param-value></context-param>"));
        return described(war, xml -> xml.replace("</web-app>", parameters + "</web-app>"));
    }

    /** The WAR with another descriptor, derived from its own. */
    static WebArchive described(WebArchive war, UnaryOperator<String> change) {
        try (InputStream shipped = war.get(WEB_XML).getAsset().openStream()) {
            String xml = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
            return war.add(new StringAsset(change.apply(xml)), WEB_XML);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A URL below the context root. */
    URI http(String path) {
        return URI.create(deployed.toString()).resolve(path);
    }

    URI chat() {
        return chat("");
    }

    URI chat(String query) {
        return URI.create("ws" + http("chat" + query).toString().substring("http".length()));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
    }

    /** A request with the caller's credentials. */
    HttpResponse<String> get(Person caller, String path) throws IOException, InterruptedException {
        return get(path, "Authorization", "Bearer " + caller.token());
    }

    HttpResponse<String> post(Person caller, String path, String text) throws IOException, InterruptedException {
        return send(
                "POST",
                path,
                HttpRequest.BodyPublishers.ofString("{\"text\":\"" + text + "\"}"),
                "Authorization",
                "Bearer " + caller.token());
    }

    HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        return BROWSER.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    /** The response's raw bytes. */
    HttpResponse<byte[]> getBytes(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest request = request("GET", path, HttpRequest.BodyPublishers.noBody(), headers);
        return BROWSER.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(http(path)).timeout(PATIENCE).method(method, body);
        return headers.length > 0 ? request.headers(headers).build() : request.build();
    }

    /** The room as it is listed for a user; null when it is not listed. */
    JsonObject listed(Person caller, String room) throws IOException, InterruptedException {
        return json(get(caller, "api/rooms")).getJsonArray("rooms").stream()
                .map(JsonValue::asJsonObject)
                .filter(listed -> listed.getString("room").equals(room))
                .findFirst()
                .orElse(null);
    }

    static JsonObject json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
