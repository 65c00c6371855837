package id.warung.app;

import id.warung.session.SessionSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that an administrator may set; docs/settings.md is the list.
 *
 * @param dataFolder where everything that must outlive the process is kept
 * @param allowedOrigins pages of other hosts that may connect
 * @param maxWaitingBytes what all posts together may take in memory before they are written
 * @param maxTailBytes what the recent entries of one room may take in memory
 */
public record Settings(
        Path dataFolder,
        Set<String> allowedOrigins,
        SessionSettings sessions,
        long maxWaitingBytes,
        long maxTailBytes) {
    private static final long MIB = 1024 * 1024;

    /**
     * Reads all settings and checks them.
     *
     * @param lookup gives the value of a setting such as {@code warung.heartbeat-ms}, or null
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    static Settings read(UnaryOperator<String> lookup, Path defaultDataFolder) {
        String data = lookup.apply("warung.data");
        String origins = lookup.apply("warung.allowed-origins");
        long maxWaitingBytes = number(lookup, "warung.max-waiting-bytes", 32 * MIB, 1);
        return new Settings(
                data == null
                        ? defaultDataFolder
                        : Path.of(data).toAbsolutePath().normalize(),
                origins == null
                        ? Set.of()
                        : Stream.of(origins.split(","))
                                .map(String::strip)
                                .filter(origin -> !origin.isEmpty())
                                .collect(Collectors.toUnmodifiableSet()),
                new SessionSettings(
                        number(lookup, "warung.heartbeat-ms", 25_000, 1),
                        number(lookup, "warung.pong-timeout-ms", 10_000, 1),
                        number(lookup, "warung.hello-timeout-ms", 10_000, 1),
                        number(lookup, "warung.send-timeout-ms", 10_000, 1),
                        (int) number(lookup, "warung.max-frame-bytes", 64 * 1024, 256),
                        (int) number(lookup, "warung.max-text-chars", 4_000, 1),
                        (int) number(lookup, "warung.max-rooms-per-session", 128, 1),
                        maxWaitingBytes / 8),
                maxWaitingBytes,
                number(lookup, "warung.max-tail-bytes", 32 * MIB, 0));
    }

    private static long number(UnaryOperator<String> lookup, String name, long byDefault, long least) {
        String value = lookup.apply(name);
        if (value == null) {
            return byDefault;
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= least && number <= Integer.MAX_VALUE) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new IllegalArgumentException(
                "The setting " + name + " is \"" + value + "\", but needs a whole number from " + least + " on.");
    }
}
