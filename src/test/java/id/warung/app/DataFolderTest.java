package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataFolderTest {
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    DataFolderTest() {
        system.setProperty("user.home", "/home/ana");
    }

    private Path at(String contextPath) {
        return DataFolder.byDefault(system, environment, contextPath);
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

    /** Java's answer for a user who is not among the system's users is a question mark. */
    @Test
    void isInTheHomeOfTheEnvironmentWhereJavaKnowsNone() {
        for (String unknown : List.of("?", "", " ", "ana", "/home/zo\uFFFD")) {
            system.setProperty("user.home", unknown);
            environment.put("HOME", "/home/service");
            assertThat(at("/chat")).as(unknown).isEqualTo(Path.of("/home/service/.warung"));
            environment.put("HOME", unknown);
            assertThat(at("/chat")).as(unknown).isNull();
        }
        environment.clear();
        system.remove("user.home");
        assertThat(at("/chat")).isNull();
    }
}
