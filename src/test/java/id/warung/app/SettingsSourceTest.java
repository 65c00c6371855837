package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsSourceTest {
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> context = new HashMap<>();
    private final SettingsSource source = new SettingsSource(system, environment, servletContext());

    /** A context that only knows its parameters. */
    private ServletContext servletContext() {
        return (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getInitParameterNames")) {
                        return Collections.enumeration(context.keySet());
                    }
                    assertThat(method.getName()).isEqualTo("getInitParameter");
                    return context.get((String) arguments[0]);
                });
    }

    @Test
    void anUnsetSettingIsMissing() {
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

    @Test
    void aNameThatIsAlmostASettingIsToldWithTheOneThatIs() {
        environment.put("WARUNG_HEARTBEAT", "20000");
        environment.put("warung_moderator", "u-1");
        environment.put("WARUNG_ALLOWED_ORIGIN", "https://a.example");
        environment.put("warung.data", "/srv");
        system.setProperty("warung.max-tail-byte", "1");
        system.setProperty("WARUNG_DATA", "/srv");
        context.put("warung.retention_days", "7");

        assertThat(source.unknown(Settings.names()))
                .containsExactly(
                        "The system property WARUNG_DATA has no effect: there is no such setting."
                                + " Did you mean warung.data?",
                        "The system property warung.max-tail-byte has no effect: there is no such setting."
                                + " Did you mean warung.max-tail-bytes?",
                        "The environment variable WARUNG_ALLOWED_ORIGIN has no effect: there is no such setting."
                                + " Did you mean WARUNG_ALLOWED_ORIGINS?",
                        "The environment variable WARUNG_HEARTBEAT has no effect: there is no such setting."
                                + " Did you mean WARUNG_HEARTBEAT_MS?",
                        "The environment variable warung.data has no effect: there is no such setting."
                                + " Did you mean WARUNG_DATA?",
                        "The environment variable warung_moderator has no effect: there is no such setting."
                                + " Did you mean WARUNG_MODERATORS?",
                        "The context parameter warung.retention_days has no effect: there is no such setting."
                                + " Did you mean warung.retention-days?");
    }

    @Test
    void aNameThatIsASettingOrNobodysBusinessIsNot() {
        for (String name : Settings.names()) {
            system.setProperty(name, "1");
            context.put(name, "1");
            environment.put(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), "1");
        }
        environment.put("WARUNG_PORT", "8080");
        environment.put("WARUNGS", "1");
        environment.put("PATH", "/bin");
        system.setProperty("warungs.home", "/");
        context.put("org.jboss.weld", "1");

        assertThat(source.unknown(Settings.names())).isEmpty();
    }
}
