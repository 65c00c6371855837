package id.warung.app;

import jakarta.servlet.ServletContext;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * Where settings come from, the first that has one wins: system property {@code warung.heartbeat-ms}, environment
 * {@code WARUNG_HEARTBEAT_MS}, the web application's context parameter {@code warung.heartbeat-ms}.
 */
record SettingsSource(Properties system, Map<String, String> environment, ServletContext context) {
    /** The setting's value, or null; an empty one counts as not set. */
    String get(String name) {
        String value = system.getProperty(name);
        if (isMissing(value)) {
            value = environment.get(
                    name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'));
        }
        if (isMissing(value)) {
            value = context.getInitParameter(name);
        }
        return isMissing(value) ? null : value;
    }

    private static boolean isMissing(String value) {
        return value == null || value.isBlank();
    }
}
