package id.warung.container;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR with default settings. */
abstract class DeployedWar extends OnServer {
    @Deployment(testable = false)
    static WebArchive withoutSettings() {
        return packedWar();
    }
}
