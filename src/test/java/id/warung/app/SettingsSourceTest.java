package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsSourceTest {
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> context = new HashMap<>();
    private final SettingsSource source = new SettingsSource(system, environment, servletContext());

    /** Knows its parameters and nothing else. */
    private ServletContext servletContext() {
        return (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("getInitParameter");
                    return context.get((String) arguments[0]);
                });
    }

    @Test
    void whatNobodySetIsMissing() {
        assertThat(source.get("warung.heartbeat-ms")).isNull();
    }

    @Test
    void systemPropertiesComeBeforeTheEnvironmentAndThatBeforeTheContext() {
        context.put("warung.heartbeat-ms", "3");
        assertThat(source.get("warung.heartbeat-ms")).isEqualTo("3");
        environment.put("WARUNG_HEARTBEAT_MS", "2");
        assertThat(source.get("warung.heartbeat-ms")).isEqualTo("2");
        system.setProperty("warung.heartbeat-ms", "1");
        assertThat(source.get("warung.heartbeat-ms")).isEqualTo("1");
    }

    @Test
    void anEmptyOneCountsAsNotSet() {
        system.setProperty("warung.data", "");
        environment.put("WARUNG_DATA", "  ");
        assertThat(source.get("warung.data")).isNull();

        context.put("warung.data", "/srv");
        assertThat(source.get("warung.data")).isEqualTo("/srv");
    }
}
