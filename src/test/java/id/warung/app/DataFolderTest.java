package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DataFolderTest {
    private final Properties system = new Properties();

    DataFolderTest() {
        system.setProperty("user.home", "/home/ana");
    }

    private Path at(String contextPath) {
        return DataFolder.byDefault(system, contextPath);
    }

    @Test
    void isInTheServersOwnDataDirectory() {
        system.setProperty("catalina.base", "/opt/tomcat");
        assertThat(at("/chat")).isEqualTo(Path.of("/opt/tomcat/warung/chat"));

        system.setProperty("com.sun.aas.instanceRoot", "/opt/payara/domain1");
        assertThat(at("/chat")).isEqualTo(Path.of("/opt/payara/domain1/warung/chat"));

        system.setProperty("jboss.server.data.dir", "/opt/wildfly/data");
        assertThat(at("/chat")).isEqualTo(Path.of("/opt/wildfly/data/warung/chat"));
    }

    @Test
    void differsFromApplicationToApplication() {
        system.setProperty("catalina.base", "/opt/tomcat");

        assertThat(at("")).isEqualTo(Path.of("/opt/tomcat/warung/ROOT"));
        assertThat(at("/a/b")).isEqualTo(Path.of("/opt/tomcat/warung/a#b"));
        assertThat(at("/a##2")).isEqualTo(Path.of("/opt/tomcat/warung/a##2"));
    }

    @Test
    void isInTheHomeDirectoryWhereNoServerSaysBetter() {
        system.setProperty("catalina.base", " ");

        assertThat(at("/chat")).isEqualTo(Path.of("/home/ana/.warung"));
    }
}
