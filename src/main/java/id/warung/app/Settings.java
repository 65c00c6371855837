package id.warung.app;

import id.warung.identity.ApiKeys;
import id.warung.identity.TrustedProxies;
import id.warung.log.Keep;
import id.warung.session.SessionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that an administrator may set; docs/settings.md is the list.
 *
 * @param dataFolder where everything that must outlive the process is kept
 * @param allowedOrigins pages of other hosts that may connect
 * @param trustedProxies who may say on whose behalf he connects
 * @param maxWaitingBytes what all posts together may take in memory before they are written
 * @param maxTailBytes what the recent entries of all rooms together may take in memory
 * @param maxLagEntries a reader who is further behind than this and behind the tail is told of a gap
 * @param ephemeralRooms patterns of the rooms that are kept in memory only; {@code *} stands for anything
 * @param maxEphemeralEntries what an ephemeral room keeps at most
 * @param maxEphemeralBytes what all ephemeral rooms together may take in memory
 * @param retentionDays by room: entries older than this are trimmed; 0: never
 * @param retentionEntries by room: how many entries it keeps at most; 0: all
 * @param trimIntervalMs how often it is looked what is to be trimmed
 * @param indexIntervalMs how often the search takes in what is new
 * @param presenceGraceMs who goes away is in the roster so much longer
 * @param rosterIntervalMs between two rosters of a room
 * @param typingMs so long somebody is taken to be writing who said so
 * @param apiKeys who may post from a back end
 */
public record Settings(
        Path dataFolder,
        Set<String> allowedOrigins,
        TrustedProxies trustedProxies,
        SessionSettings sessions,
        long maxWaitingBytes,
        long maxTailBytes,
        long maxLagEntries,
        List<Predicate<String>> ephemeralRooms,
        int maxEphemeralEntries,
        long maxEphemeralBytes,
        PerRoom retentionDays,
        PerRoom retentionEntries,
        long trimIntervalMs,
        long indexIntervalMs,
        long presenceGraceMs,
        long rosterIntervalMs,
        long typingMs,
        ApiKeys apiKeys) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.0/8", "::1");
    private static final String NOBODY = "none";
    private static final long MIB = 1024 * 1024;

    /**
     * Reads all settings and checks them.
     *
     * @param lookup gives the value of a setting such as {@code warung.heartbeat-ms}, or null
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    static Settings read(UnaryOperator<String> lookup, Path defaultDataFolder) {
        String data = lookup.apply("warung.data");
        long maxWaitingBytes = number(lookup, "warung.max-waiting-bytes", 32 * MIB, MIB / 4);
        return new Settings(
                data == null
                        ? defaultDataFolder
                        : Path.of(data).toAbsolutePath().normalize(),
                list(lookup.apply("warung.allowed-origins")),
                trustedProxies(lookup.apply("warung.trusted-proxies")),
                new SessionSettings(
                        number(lookup, "warung.heartbeat-ms", 25_000, 1),
                        number(lookup, "warung.pong-timeout-ms", 10_000, 1),
                        number(lookup, "warung.hello-timeout-ms", 10_000, 1),
                        number(lookup, "warung.send-timeout-ms", 10_000, 1),
                        (int) number(lookup, "warung.max-frame-bytes", 64 * 1024, 256),
                        (int) number(lookup, "warung.max-text-chars", 4_000, 1),
                        (int) number(lookup, "warung.max-rooms-per-session", 128, 1),
                        (int) number(lookup, "warung.max-connections-per-address", 1_000, 0),
                        maxWaitingBytes / 8,
                        list(lookup.apply("warung.moderators")),
                        moderatorsMakeRooms(lookup.apply("warung.new-rooms"))),
                maxWaitingBytes,
                number(lookup, "warung.max-tail-bytes", 64 * MIB, 0),
                number(lookup, "warung.max-lag-entries", 10_000, 256),
                list(lookup.apply("warung.ephemeral-rooms")).stream()
                        .map(pattern -> PerRoom.rooms("warung.ephemeral-rooms", pattern))
                        .toList(),
                (int) number(lookup, "warung.max-ephemeral-entries", 100_000, 256),
                number(lookup, "warung.max-ephemeral-bytes", 64 * MIB, MIB),
                PerRoom.read("warung.retention-days", lookup.apply("warung.retention-days")),
                PerRoom.read("warung.retention-entries", lookup.apply("warung.retention-entries")),
                number(lookup, "warung.trim-interval-ms", 60_000, 1),
                number(lookup, "warung.index-interval-ms", 1_000, 1),
                number(lookup, "warung.presence-grace-ms", 5_000, 0),
                number(lookup, "warung.roster-interval-ms", 1_000, 1),
                number(lookup, "warung.typing-ms", 6_000, 1),
                apiKeys(lookup.apply("warung.api-keys")));
    }

    /** Whether the room's entries are kept in memory only. */
    boolean isEphemeral(String room) {
        return ephemeralRooms.stream().anyMatch(rooms -> rooms.test(room));
    }

    /** What the room keeps of its log. */
    Keep keep(String room) {
        return new Keep(Duration.ofDays(retentionDays.of(room)), retentionEntries.of(room));
    }

    /** Whether there may ever be anything to trim. */
    boolean trims() {
        return !retentionDays.isZero() || !retentionEntries.isZero();
    }

    private static TrustedProxies trustedProxies(String value) {
        Set<String> named = value == null ? LOOPBACK : list(value);
        try {
            return new TrustedProxies(named.equals(Set.of(NOBODY)) ? Set.of() : named);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The setting warung.trusted-proxies cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean moderatorsMakeRooms(String value) {
        if (value == null || value.equals("anybody")) {
            return false;
        }
        if (value.equals("moderators")) {
            return true;
        }
        throw new IllegalArgumentException(
                "The setting warung.new-rooms is \"" + value + "\", but says who makes rooms: anybody or moderators.");
    }

    /** A list such as {@code Builds=SECRET, Alarms=SECRET}. */
    private static ApiKeys apiKeys(String value) {
        Map<String, String> secrets = new LinkedHashMap<>();
        for (String item : list(value)) {
            int equals = item.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "The setting warung.api-keys is a list such as Builds=SECRET, Alarms=SECRET.");
            }
            secrets.put(
                    item.substring(0, equals).strip(),
                    item.substring(equals + 1).strip());
        }
        try {
            return new ApiKeys(secrets);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The setting warung.api-keys cannot be used. " + e.getMessage(), e);
        }
    }

    private static Set<String> list(String value) {
        return value == null
                ? Set.of()
                : Stream.of(value.split(","))
                        .map(String::strip)
                        .filter(item -> !item.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
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
        throw new IllegalArgumentException("The setting " + name + " is \"" + value
                + "\", but needs a whole number from " + least + " to " + Integer.MAX_VALUE + ".");
    }
}
