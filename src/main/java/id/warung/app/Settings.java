package id.warung.app;

import id.warung.identity.ApiKeys;
import id.warung.identity.TrustedProxies;
import id.warung.log.Keep;
import id.warung.protocol.RoomName;
import id.warung.session.SessionSettings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * All that an administrator may set; docs/settings.md is the list.
 *
 * @param dataFolder where everything that must outlive the process is kept
 * @param allowedOrigins pages of other hosts that may connect
 * @param trustedProxies who may say on whose behalf he connects
 * @param maxWaitingBytes what all that was said may take in memory before it is done
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
 * @param maxSockets sockets that the executable WAR keeps open at a time; 0: any number
 * @param headerTimeoutMs how long a request's headers may take there
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
        ApiKeys apiKeys,
        int maxSockets,
        int headerTimeoutMs) {
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");
    private static final String NOBODY = "none";
    private static final Pattern LOG = Pattern.compile(
            "\\s*((error|warning|info|debug)(\\s*,\\s*json)?|json(\\s*,\\s*(error|warning|info|debug))?)\\s*");
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    /** The names of all settings there are: those that {@link #read} asks for. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Settings unused = read(
                name -> {
                    names.add(name);
                    return null;
                },
                Path.of(""),
                new HeapBudget(Long.MAX_VALUE));
        return names;
    }

    /**
     * Reads all settings and checks them.
     *
     * @param lookup gives the value of a setting such as {@code warung.heartbeat-ms}, or null
     * @param heap what defaults are shares of
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    static Settings read(UnaryOperator<String> lookup, Path defaultDataFolder, HeapBudget heap) {
        heap.check();
        checkLog(lookup.apply("warung.log"));
        long maxWaitingBytes = number(lookup, "warung.max-waiting-bytes", heap.waitingBytes(), MIB / 4);
        return new Settings(
                dataFolder(lookup.apply("warung.data"), defaultDataFolder),
                SettingLists.origins("warung.allowed-origins", lookup.apply("warung.allowed-origins")),
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
                        number(
                                lookup,
                                "warung.max-session-waiting-bytes",
                                Math.min(256 * KIB, maxWaitingBytes / 8),
                                KIB),
                        SettingLists.userIds("warung.moderators", lookup.apply("warung.moderators")),
                        moderatorsMakeRooms(lookup.apply("warung.new-rooms"))),
                maxWaitingBytes,
                number(lookup, "warung.max-tail-bytes", heap.tailBytes(), 0),
                number(lookup, "warung.max-lag-entries", 10_000, 256),
                SettingLists.list(lookup.apply("warung.ephemeral-rooms")).stream()
                        .map(pattern -> PerRoom.rooms("warung.ephemeral-rooms", pattern))
                        .toList(),
                (int) number(lookup, "warung.max-ephemeral-entries", 100_000, 256),
                number(lookup, "warung.max-ephemeral-bytes", heap.ephemeralBytes(), MIB),
                PerRoom.read("warung.retention-days", lookup.apply("warung.retention-days")),
                PerRoom.read("warung.retention-entries", lookup.apply("warung.retention-entries")),
                number(lookup, "warung.trim-interval-ms", 60_000, 1),
                number(lookup, "warung.index-interval-ms", 1_000, 1),
                number(lookup, "warung.presence-grace-ms", 5_000, 0),
                number(lookup, "warung.roster-interval-ms", 1_000, 1),
                number(lookup, "warung.typing-ms", 6_000, 1),
                apiKeys(lookup.apply("warung.api-keys")),
                (int) number(lookup, "warung.max-sockets", heap.sockets(), 0),
                (int) number(lookup, "warung.header-timeout-ms", 8_000, 1));
    }

    /** What ephemeral rooms may take in memory, if there may be any. */
    long ephemeralBytes() {
        return ephemeralRooms.isEmpty() ? 0 : maxEphemeralBytes;
    }

    /** Whether the room's entries are kept in memory only. */
    boolean isEphemeral(String room) {
        return !RoomName.isReserved(room) && ephemeralRooms.stream().anyMatch(rooms -> rooms.test(room));
    }

    /** What the room keeps of its log. */
    Keep keep(String room) {
        return new Keep(Duration.ofDays(retentionDays.of(room)), retentionEntries.of(room));
    }

    /** Whether there may ever be anything to trim. */
    boolean trims() {
        return !retentionDays.isZero() || !retentionEntries.isZero();
    }

    /** The executable WAR has done by now what it says; a slip in it stops the start here, as in every other setting. */
    private static void checkLog(String value) {
        if (value != null && !LOG.matcher(value).matches()) {
            throw new IllegalArgumentException("The setting warung.log is \"" + value
                    + "\", but must be the lowest level to log (error, warning, info or debug), or json, or both, such as"
                    + " debug,json.");
        }
    }

    private static Path dataFolder(String value, Path byDefault) {
        if (value == null) {
            return byDefault;
        }
        try {
            // the shell makes a home directory of a ~, and where no shell reads it this would be a folder of that name
            if (value.equals(value.strip()) && !value.equals("~") && !value.startsWith("~/")) {
                return Path.of(value).toAbsolutePath().normalize();
            }
        } catch (InvalidPathException notAPath) {
            // said below
        }
        throw new IllegalArgumentException("The setting warung.data is \"" + value
                + "\", but must be the full path of a folder, without ~ and without spaces before or after it.");
    }

    private static TrustedProxies trustedProxies(String value) {
        List<String> named = SettingLists.list(value);
        try {
            return new TrustedProxies(value == null ? LOOPBACK : named.equals(List.of(NOBODY)) ? List.of() : named);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The setting warung.trusted-proxies is invalid: " + e.getMessage()
                            + " It must be a list of addresses and networks, or none.",
                    e);
        }
    }

    private static boolean moderatorsMakeRooms(String value) {
        return switch (value == null ? "anybody" : value.strip()) {
            case "anybody" -> false;
            case "moderators" -> true;
            default ->
                throw new IllegalArgumentException("The setting warung.new-rooms is \"" + value
                        + "\", but must be anybody or moderators.");
        };
    }

    private static ApiKeys apiKeys(String value) {
        try {
            return new ApiKeys(SettingLists.secrets(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The setting warung.api-keys is invalid. " + e.getMessage(), e);
        }
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
                + "\", but must be a whole number from " + least + " to " + Integer.MAX_VALUE + ".");
    }
}
