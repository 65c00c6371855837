package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    private final Properties system = new Properties();

    DataFolderTest() {
        system.setProperty("user.home", "/home/ana");
    }

    private Path at(String contextPath) {
        return DataFolder.byDefault(system, contextPath);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jboss.server.data.dir",
                "com.sun.aas.instanceRoot",
                "catalina.base",
                "server.output.dir",
                "jetty.base"
            })
    void isInTheDataDirectoryOfEachServer(String property) {
        system.setProperty(property, "/opt/server");

        assertThat(at("/chat")).isEqualTo(Path.of("/opt/server/warung/chat"));
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
