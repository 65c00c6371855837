package id.warung.container;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it is shipped, deployed to the server of the build's profile; tests talk to it from outside. */
@ArquillianTest
abstract class DeployedWar {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @ArquillianResource
    private URL deployed;

    @Deployment(testable = false)
    static WebArchive packedWar() {
        return ShrinkWrap.create(ZipImporter.class, "warung.war")
                .importFrom(new File("target/warung.war"))
                .as(WebArchive.class);
    }

    /** An address below the context root. */
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
        HttpRequest.Builder request = HttpRequest.newBuilder(http(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return BROWSER.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
