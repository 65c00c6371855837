package id.warung.kit;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Limits above what tests do on purpose, which may be anything: a server under test has them unless its test sets others. */
public final class HighLimits {
    private static final String HIGH = "1000000000";

    private HighLimits() {}

    /** The settings by name, with their values. */
    public static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        for (String of : new String[] {
            "posts-per-second",
            "posts-burst",
            "ephemeral-posts-per-second",
            "address-posts-per-second",
            "signals-per-second",
            "new-rooms-per-hour",
            "searches-per-second",
            "requests-per-second",
            "handshakes-per-second",
            "sign-ins-per-second",
            "sockets-per-user"
        }) {
            settings.put("warung.max-" + of, HIGH);
        }
        return settings;
    }

    /** The same as variables of the environment. */
    public static Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        settings()
                .forEach((name, value) -> variables.put(
                        name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), value));
        return variables;
    }
}
