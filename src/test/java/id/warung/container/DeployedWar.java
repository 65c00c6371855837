package id.warung.container;

import java.io.File;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it is shipped, deployed to the server of the build's profile; tests talk to it from outside. */
@ArquillianTest
abstract class DeployedWar {
    @ArquillianResource
    private URL deployed;

    @Deployment(testable = false)
    static WebArchive packedWar() {
        return ShrinkWrap.create(ZipImporter.class, "warung.war")
                .importFrom(new File("target/warung.war"))
                .as(WebArchive.class);
    }

    /** {@code path} is relative to the context root. */
    URI http(String path) {
        return URI.create(deployed.toString()).resolve(path);
    }

    URI chat(String query) {
        URI http = http("chat" + query);
        return URI.create("ws" + http.toString().substring("http".length()));
    }
}
