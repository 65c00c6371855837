package id.warung.app;

import id.warung.identity.ApiKeys;
import id.warung.identity.TrustedProxies;
import id.warung.log.RetentionPolicy;
import id.warung.protocol.RoomName;
import id.warung.session.Principals;
import id.warung.session.Rates;
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
 * All settings of an administrator; docs/settings.md lists them.
 *
 * @param dataFolder where everything that must outlive the process is kept; null: unknown, and not needed
 * @param database where several nodes keep it instead; null: this one uses the data folder
 * @param allowedOrigins origins of other hosts whose pages may connect
 * @param allowedHosts the hosts by which requests may address us; empty: any
 * @param trustedProxies proxies whose {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed
 * @param principals who has which rights
 * @param signIn the ways in which people sign in
 * @param maxWaitingBytes how much memory all unfinished input may take
 * @param maxTailBytes how much memory the recent entries of all rooms together may take
 * @param maxPacingMs the longest pause between two rounds of a large room; 0: none
 * @param maxLagEntries a reader further behind than this, and behind the tail, receives a gap
 * @param ephemeralRooms patterns of the rooms that are kept in memory only; {@code *} stands for anything
 * @param maxEphemeralEntries the most entries an ephemeral room keeps
 * @param maxEphemeralBytes how much memory all ephemeral rooms together may take
 * @param retentionDays by room: older entries are trimmed; 0: never
 * @param retentionEntries by room: the most messages it keeps; 0: all
 * @param trimIntervalMs how often retention runs
 * @param indexIntervalMs how often new entries are added to the search index
 * @param presenceGraceMs how long a user stays in the roster after disconnecting
 * @param rosterIntervalMs the least time between two rosters of a room
 * @param typingMs how long a typing signal lasts
 * @param apiKeys the back ends that may post
 * @param maxSockets sockets that the executable WAR keeps open at a time; 0: any number
 * @param headerTimeoutMs how long a request's headers may take in the executable WAR
 * @param rates how often somebody may do something
 * @param hstsSeconds how long browsers use https only, after they have used it once; 0: they are not told to
 */
public record Settings(
        Path dataFolder,
        DatabaseSettings database,
        Set<String> allowedOrigins,
        Set<String> allowedHosts,
        TrustedProxies trustedProxies,
        SessionSettings sessions,
        Principals principals,
        SignInSettings signIn,
        long maxWaitingBytes,
        long maxTailBytes,
        int maxPacingMs,
        long maxLagEntries,
        List<Predicate<String>> ephemeralRooms,
        int maxEphemeralEntries,
        long maxEphemeralBytes,
        RoomPatternSetting retentionDays,
        RoomPatternSetting retentionEntries,
        long trimIntervalMs,
        long indexIntervalMs,
        long presenceGraceMs,
        long rosterIntervalMs,
        long typingMs,
        ApiKeys apiKeys,
        int maxSockets,
        int headerTimeoutMs,
        Rates rates,
        int hstsSeconds) {
    /** The settings that may also be given as a file. */
    static final Set<String> SECRETS = Set.of("warung.api-keys", "warung.token-secret", "warung.db-password");

    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");
    private static final String NOBODY = "none";
    private static final Pattern LOG = Pattern.compile(
            "\\s*((error|warning|info|debug)(\\s*,\\s*json)?|json(\\s*,\\s*(error|warning|info|debug))?)\\s*");
    private static final long KIB = 1024;
    private static final long MIB = 1024 * KIB;

    /** The names of all settings: those that {@link #read} looks up. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>();
        Settings unused = read(
                name -> {
                    names.add(name);
                    return null;
                },
                Path.of(""),
                new HeapBudget(Long.MAX_VALUE, 0));
        return names;
    }

    /**
     * Reads and checks all settings.
     *
     * @param lookup gives the value of a setting such as {@code warung.heartbeat-ms}, or null
     * @param defaultDataFolder null: unknown
     * @param heap the source of defaults that are shares of the heap
     * @throws IllegalArgumentException with a sentence for the administrator
     */
    static Settings read(UnaryOperator<String> lookup, Path defaultDataFolder, HeapBudget heap) {
        heap.check();
        checkLog(lookup.apply("warung.log"));
        long maxWaitingBytes = number(lookup, "warung.max-waiting-bytes", heap.waitingBytes(), MIB / 4);
        DatabaseSettings database = DatabaseSettings.read(lookup);
        String data = lookup.apply("warung.data");
        return new Settings(
                database != null && data == null ? defaultDataFolder : dataFolder(data, defaultDataFolder),
                database,
                SettingLists.origins("warung.allowed-origins", lookup.apply("warung.allowed-origins")),
                SettingLists.hosts("warung.allowed-hosts", lookup.apply("warung.allowed-hosts")),
                trustedProxies(lookup.apply("warung.trusted-proxies")),
                new SessionSettings(
                        number(lookup, "warung.heartbeat-ms", 25_000, 1),
                        number(lookup, "warung.pong-timeout-ms", 10_000, 1),
                        number(lookup, "warung.hello-timeout-ms", 10_000, 1),
                        number(lookup, "warung.send-timeout-ms", 10_000, 1),
                        (int) number(lookup, "warung.max-frame-bytes", 64 * 1024, 256),
                        (int) number(lookup, "warung.max-text-chars", 4_000, 1),
                        (int) number(lookup, "warung.max-rooms-per-session", 128, 1),
                        RateSettings.connectionsPerAddress(lookup),
                        number(
                                lookup,
                                "warung.max-session-waiting-bytes",
                                Math.min(256 * KIB, maxWaitingBytes / 8),
                                KIB)),
                SignInSettings.principals(lookup),
                SignInSettings.read(lookup),
                maxWaitingBytes,
                number(lookup, "warung.max-tail-bytes", heap.tailBytes(), 0),
                (int) number(lookup, "warung.max-pacing-ms", 0, 0),
                number(lookup, "warung.max-lag-entries", 10_000, 256),
                SettingLists.list(lookup.apply("warung.ephemeral-rooms")).stream()
                        .map(pattern -> RoomPatternSetting.rooms("warung.ephemeral-rooms", pattern))
                        .toList(),
                (int) number(lookup, "warung.max-ephemeral-entries", 100_000, 256),
                number(lookup, "warung.max-ephemeral-bytes", heap.ephemeralBytes(), MIB),
                RoomPatternSetting.read("warung.retention-days", lookup.apply("warung.retention-days")),
                RoomPatternSetting.read("warung.retention-entries", lookup.apply("warung.retention-entries")),
                number(lookup, "warung.trim-interval-ms", 60_000, 1),
                number(lookup, "warung.index-interval-ms", 1_000, 1),
                number(lookup, "warung.presence-grace-ms", 5_000, 0),
                number(lookup, "warung.roster-interval-ms", 1_000, 1),
                number(lookup, "warung.typing-ms", 6_000, 1),
                apiKeys(lookup.apply("warung.api-keys")),
                (int) number(lookup, "warung.max-sockets", heap.sockets(), 0),
                (int) number(lookup, "warung.header-timeout-ms", 8_000, 1),
                RateSettings.read(lookup),
                (int) number(lookup, "warung.hsts-seconds", 0, 0));
    }

    /** How much memory ephemeral rooms may take; 0 if there can be none. */
    long ephemeralBytes() {
        return ephemeralRooms.isEmpty() ? 0 : maxEphemeralBytes;
    }

    /** Whether the room's entries are kept in memory only. */
    boolean isEphemeral(String room) {
        return !RoomName.isReserved(room) && ephemeralRooms.stream().anyMatch(rooms -> rooms.test(room));
    }

    /** How much of its log the room keeps. */
    RetentionPolicy retention(String room) {
        return new RetentionPolicy(Duration.ofDays(retentionDays.of(room)), retentionEntries.of(room));
    }

    /** Whether retention may ever have anything to trim. */
    boolean hasRetention() {
        return !retentionDays.isZero() || !retentionEntries.isZero();
    }

    /** The executable WAR has already applied the value; a mistake in it fails the start here, as in every other setting. */
    private static void checkLog(String value) {
        if (value != null && !LOG.matcher(value).matches()) {
            throw new IllegalArgumentException("The setting warung.log is \"" + value
                    + "\", but must be the lowest level to log (error, warning, info or debug), or json, or both, such as"
                    + " debug,json.");
        }
    }

    private static Path dataFolder(String value, Path byDefault) {
        if (value == null && byDefault == null) {
            throw new IllegalArgumentException(
                    "The home folder of this user is unknown: set WARUNG_DATA (warung.data) to a folder.");
        }
        if (value == null) {
            return byDefault;
        }
        if (value.indexOf(DataFolder.UNREADABLE) >= 0) {
            throw new IllegalArgumentException(
                    "The setting warung.data must be a folder that the locale of this process"
                            + " can name: set LC_ALL=C.UTF-8, or another locale with UTF-8, or name a folder in ASCII.");
        }
        try {
            // the shell expands a ~; where no shell reads the value, it would be a folder named ~
            boolean clean = value.equals(value.strip()) && value.chars().noneMatch(Character::isISOControl);
            if (clean && !value.equals("~") && !value.startsWith("~/")) {
                return Path.of(value).toAbsolutePath().normalize();
            }
        } catch (InvalidPathException notAPath) {
            // reported below
        }
        throw new IllegalArgumentException("The setting warung.data is \""
                + value.replace("\r", "\\r").replace("\n", "\\n")
                + "\", but must be the full path of a folder, without ~, spaces before or after it, and control"
                + " characters such as line ends.");
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

    private static ApiKeys apiKeys(String value) {
        try {
            return new ApiKeys(SettingLists.secrets(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The setting warung.api-keys is invalid. " + e.getMessage(), e);
        }
    }

    static long number(UnaryOperator<String> lookup, String name, long byDefault, long least) {
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
            // reported below
        }
        throw new IllegalArgumentException("The setting " + name + " is \"" + value
                + "\", but must be a whole number from " + least + " to " + Integer.MAX_VALUE + ".");
    }
}
