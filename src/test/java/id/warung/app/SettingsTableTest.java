package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every setting, with valid values and values that stop the start; numbers as in docs/settings.md. */
class SettingsTableTest {
    private static final Path DATA = Path.of("/srv/warung");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(warung\\.[a-z-]+)` \\| `(WARUNG_[A-Z_]+)` \\|([^|]*)\\|([^|]*)\\|");
    /** What the settings of this way need beside them. */
    private static final Map<String, String> OIDC = Map.of(
            "warung.auth", "oidc", "warung.oidc-issuer", "https://login.example", "warung.oidc-client-id", "warung");

    private static final Map<String, String> DB = Map.of("warung.db", "postgresql://warung@127.0.0.1/warung");

    private static final String KEY = "0123456789abcdef";

    private static final List<String> NO_RETENTION = List.of(
            "x",
            "-1",
            "1.5",
            "1 000",
            "7d",
            "1,2",
            "a=",
            "a=x",
            "a=-1",
            "=1",
            "A=1",
            "a b=1",
            "a=1=2",
            "-a=1",
            "99999999999",
            "game-*=1, game-chess=0",
            "a=1, a=1",
            "*=1, a=2");

    private record Row(String name, String variable, String byDefault, String least) {
        boolean isNumber() {
            return !least.isEmpty();
        }
    }

    private record Values(List<String> good, List<String> bad) {}

    private static Values values(List<String> good, String... bad) {
        return new Values(good, List.of(bad));
    }

    private static final Map<String, Values> TEXTS = new TreeMap<>(Map.of(
            "warung.data",
            values(
                    List.of("/var/lib/warung", "data", "/srv/a b/ü?#%"),
                    "~",
                    "~/warung",
                    " /srv",
                    "/srv ",
                    "/a\0b",
                    "/srv\r",
                    "/s\nrv",
                    "/dat\uFFFD"),
            "warung.allowed-origins",
            values(
                    List.of(
                            "https://www.example.org",
                            "https://a.example,http://b.example:81",
                            "http://[::1]:8080",
                            "HTTPS://Upper.Example",
                            "https://a.example:443",
                            "http://localhost",
                            "https://xn--bcher-kva.example.",
                            "chrome-extension://abcdef",
                            " , "),
                    "www.example.org",
                    "https://x/",
                    "*",
                    "https://*.example.org",
                    "null",
                    "https://",
                    "https://a.example/chat",
                    "https://a.example?x",
                    "https://ana@a.example",
                    "https://a.example:0",
                    "https://a.example:65536",
                    "https://a.example:",
                    "https://a..example",
                    "https://a.example b.example",
                    "https://a.example;https://b.example",
                    "https://bücher.example",
                    "//a.example",
                    "https:a.example",
                    "https://ok.example, a.example"),
            "warung.trusted-proxies",
            values(
                    List.of("none", " none ", "10.0.0.0/8", "192.0.2.1, fd00::/8", "::1", "::ffff:192.0.2.1"),
                    "proxy.example",
                    "localhost",
                    "10.0.0.0/33",
                    "fd00::/129",
                    "10.0.0/8",
                    "10.0.0.0/",
                    "10.0.0.1:80",
                    "[::1]:80",
                    "fe80::1%eth0",
                    "none, 10.0.0.0/8",
                    "*",
                    "10.0.0.1 10.0.0.2"),
            "warung.ephemeral-rooms",
            values(
                    List.of("game-*", "*", "*-x,scratch", "a".repeat(64)),
                    "Game-*",
                    "-game",
                    ".x",
                    "a b",
                    "game-?",
                    "#game",
                    "房间",
                    "a".repeat(65)),
            "warung.retention-days",
            new Values(
                    List.of("365", "365, game-*=1, legal=0", "game-*=1", "0", " 7 ", "game-7=1, game-*=2"),
                    NO_RETENTION),
            "warung.retention-entries",
            new Values(List.of("1000", "game-*=500,10"), NO_RETENTION),
            "warung.api-keys",
            values(
                    List.of(
                            "Builds=" + KEY,
                            "Builds=" + KEY + ";posts=100",
                            "Builds=" + KEY + ";role=member;posts=1",
                            "Build server = " + KEY + "==, 警报=" + KEY + "2"),
                    "Builds",
                    KEY,
                    "=" + KEY,
                    "Builds=",
                    "Builds=short",
                    "Builds=" + KEY + ";posts=0",
                    "Builds=" + KEY + ";posts=many",
                    "Builds=0123456789 abcdef",
                    "Builds=0123456789abcdeü",
                    "Builds=" + KEY + ",Builds=" + KEY + "2",
                    "Builds=" + KEY + ",Alarms=" + KEY,
                    "x".repeat(33) + "=" + KEY,
                    "Bu\u202eilds=" + KEY,
                    "Builds=" + KEY + ",rest of the key"),
            "warung.moderators",
            values(
                    List.of("u-8x1c2k4mn5pq", "u-8x1c2k4mn5pq, b-0123456789ab", "g-108-2"),
                    "Ann",
                    "ann",
                    "ann-marie",
                    "U-8X1C",
                    "u-",
                    "u-8x1c 2k4m",
                    "u_8x1c",
                    "u-8x1c…",
                    "u-" + "x".repeat(27),
                    "u-8x1c2k4mn5pq;u-8x1c2k4mn5pr"),
            "warung.new-rooms",
            values(
                    List.of("anybody", "moderators", " moderators ", "members"),
                    "nobody",
                    "Anybody",
                    "true",
                    "moderators,anybody"),
            "warung.log",
            values(
                    List.of("error", "warning", "info", " debug ", "json", "debug,json", "json , info"),
                    "trace",
                    "off",
                    "DEBUG",
                    "Json",
                    "xml",
                    ",",
                    "debug,",
                    "debug,info",
                    "json,json",
                    "debug,json,info",
                    "debug;json",
                    "debug json",
                    "true")));

    private static final String[] NO_ADDRESSES = {
        "http://login.example.org",
        "https://",
        "ftp://login.example.org/",
        "https://login example.org",
        "http://localhost.example.org/",
        "http://127.0.0.1@login.example.org/"
    };

    static {
        TEXTS.put(
                "warung.auth",
                values(
                        List.of("guest", "container", "guest, container"),
                        "guests",
                        "Guest",
                        "guest;token",
                        "none",
                        "guest,oauth",
                        "token",
                        "header",
                        ","));
        TEXTS.put(
                "warung.db",
                values(
                        List.of(
                                "postgresql://warung@db.example.org:5432/warung",
                                "postgres://warung@127.0.0.1/warung?sslmode=verify-full&prepareThreshold=0",
                                "postgresql://a%40b@[::1]:5432/warung",
                                "postgresql://warung@db1:5432,db2:5432/warung",
                                "java:/warung",
                                "java:jboss/datasources/warung",
                                " java:comp/env/jdbc/warung ",
                                "jdbc/warung"),
                        "postgresql://warung:" + KEY + "@db/warung",
                        "postgresql://warung:@db/warung",
                        "postgresql://warung@db/warung?password=" + KEY,
                        "postgresql://warung@db/warung?sslmode=require&sslPassword=" + KEY,
                        "postgresql://warung@db/warung?user=root",
                        "postgresql://db/warung",
                        "postgresql://warung@db",
                        "postgresql://warung@db/",
                        "postgresql://warung@/warung",
                        "postgresql://warung@db:port/warung",
                        "postgresql://warung@db:5432/a b",
                        "jdbc:postgresql://db/warung?password=" + KEY,
                        "mysql://warung@db/warung",
                        "warung",
                        "java:",
                        "java:/wa rung",
                        "warung/jdbc"));
        TEXTS.put("warung.db-password", values(List.of(KEY, "p@ss:w/ord?#%")));
        TEXTS.put(
                "warung.db-listen",
                values(
                        List.of("none", " none ", "postgresql://warung@127.0.0.1:5433/warung"),
                        "None",
                        "127.0.0.1:5433",
                        "java:/warung",
                        "postgresql://warung:" + KEY + "@db/warung"));
        TEXTS.put("warung.guests", values(List.of("read", " write "), "none", "Read", "true"));
        TEXTS.put(
                "warung.administrators",
                values(
                        List.of(
                                "s-abcdefghijklmnopqrstuvwxyz",
                                "https://login.example.org/realms/a#ana, container#root"),
                        "#root",
                        "container#",
                        "Root"));
        TEXTS.put("warung.role-member", values(List.of("member", "chat-users")));
        TEXTS.put("warung.role-moderator", values(List.of("moderator", "CHAT_MODERATORS")));
        TEXTS.put("warung.role-administrator", values(List.of("administrator")));
        TEXTS.put("warung.auth-header", values(List.of("X-Forwarded-User", "Remote-User"), "X User", "X:User", "é"));
        TEXTS.put(
                "warung.token-secret",
                values(List.of("0123456789abcdef0123456789abcdef"), "0123456789abcdef0123456789abcde"));
        TEXTS.put(
                "warung.token-jwks",
                values(
                        List.of("https://app.example.org/keys", "http://localhost:8081/keys", "http://[::1]/keys"),
                        with(NO_ADDRESSES, "no-such-file.json")));
        TEXTS.put("warung.token-issuer", values(List.of("https://app.example.org", "app")));
        TEXTS.put("warung.token-audience", values(List.of("warung")));
        TEXTS.put("warung.name-claim", values(List.of("name", "profile.name")));
        TEXTS.put("warung.roles-claim", values(List.of("roles", "realm_access.roles")));
        TEXTS.put(
                "warung.oidc-issuer",
                values(
                        List.of(
                                "https://login.example",
                                "https://login.example/",
                                "https://login.example:8443/realms/team",
                                "http://127.0.0.1:9000",
                                "http://localhost:9000",
                                "http://[::1]/realms/x"),
                        "login.example",
                        "http://login.example",
                        "http://127.0.0.1.evil.example",
                        "http://localhost.evil.example",
                        "https://user@login.example",
                        "https://login.example/#x",
                        "https://login.example/?x=1",
                        "https://login.example;script-src *",
                        "https://",
                        "ftp://login.example",
                        "file:///etc/passwd",
                        "https://lögin.example"));
        TEXTS.put("warung.oidc-client-id", values(List.of("warung", "0oa1-b.c_d~e", "a b"), "", "ü", "a\nb"));
        TEXTS.put(
                "warung.oidc-scopes",
                values(
                        List.of("openid", "openid profile offline_access", "email openid", " openid "),
                        "profile",
                        "openid,profile",
                        "openid  profile",
                        "openid \"",
                        "openidx"));
        TEXTS.put("warung.oidc-audience", values(List.of("https://chat.example", "warung"), "", "ü"));
        TEXTS.put(
                "warung.allowed-hosts",
                values(
                        List.of(
                                "chat.example.org",
                                "localhost, 192.0.2.1,[::1]",
                                "CHAT.example.org.",
                                "my_host",
                                " , "),
                        "https://chat.example.org",
                        "chat.example.org:8080",
                        "chat.example.org/",
                        "::1",
                        "*",
                        "*.example.org",
                        "bücher.example",
                        "ok.example, a..example",
                        "a.example b.example",
                        "ok.example;a.example"));
    }

    private static String[] with(String[] some, String another) {
        return Stream.concat(Stream.of(some), Stream.of(another)).toArray(String[]::new);
    }

    private static List<Row> documented() {
        try {
            Matcher rows = ROW.matcher(Files.readString(Path.of("docs/settings.md")));
            return rows.results()
                    .map(row -> new Row(
                            row.group(1),
                            row.group(2),
                            row.group(3).strip(),
                            row.group(4).strip().replaceAll(" .*", "")))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Settings read(String name, String value) {
        Map<String, String> given =
                new TreeMap<>(name.startsWith("warung.oidc-") ? OIDC : name.startsWith("warung.db-") ? DB : Map.of());
        if (value != null) {
            given.put(name, value);
        }
        return Settings.read(given::get, DATA, new HeapBudget(1L << 30, 0));
    }

    @Test
    void everySettingHasALineInTheDocumentAndValuesHere() {
        Set<String> rows = new TreeSet<>();
        documented().forEach(row -> rows.add(row.name()));
        Set<String> tried = new TreeSet<>(TEXTS.keySet());
        documented().stream().filter(Row::isNumber).forEach(row -> tried.add(row.name()));

        assertThat(Settings.names()).isNotEmpty().isEqualTo(rows).isEqualTo(tried);
    }

    @Test
    void itsVariableIsItsNameInCapitals() {
        for (Row row : documented()) {
            assertThat(row.variable())
                    .isEqualTo(row.name().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
        }
    }

    @TestFactory
    Stream<DynamicTest> aNumberHasTheDefaultAndTheLeastThatTheDocumentTells() {
        return documented().stream()
                .filter(row -> row.isNumber() && !TEXTS.containsKey(row.name()))
                .flatMap(row -> {
                    boolean shareOfHeap = row.byDefault().contains("(#memory)"); // HeapBudgetTest checks their numbers
                    String byDefault = row.byDefault().replaceAll(" .*", "");
                    long least = Long.parseLong(row.least());
                    return Stream.concat(
                            Stream.of(dynamicTest(row.name(), () -> {
                                assertThat(read(row.name(), shareOfHeap ? null : byDefault))
                                        .usingRecursiveComparison()
                                        .isEqualTo(read(row.name(), null));
                                assertThat(read(row.name(), " " + least + " ")).isNotNull();
                                assertThat(read(row.name(), "2147483647")).isNotNull();
                            })),
                            Stream.of(
                                            String.valueOf(least - 1),
                                            "2147483648",
                                            "x",
                                            "1.5",
                                            "1e3",
                                            "10 s",
                                            "1 000",
                                            "0x10",
                                            "1,000")
                                    .map(bad -> refused(row.name(), bad)));
                });
    }

    @TestFactory
    Stream<DynamicTest> aTextTakesWhatItShouldAndNothingElse() {
        return TEXTS.entrySet().stream()
                .flatMap(setting -> Stream.concat(
                        setting.getValue().good().stream()
                                .map(good -> dynamicTest(
                                        setting.getKey() + "=" + good, () -> assertThat(read(setting.getKey(), good))
                                                .isNotNull())),
                        setting.getValue().bad().stream().map(bad -> refused(setting.getKey(), bad))));
    }

    /** The message names the setting and the valid form; a key is secret and not in it. */
    private static DynamicTest refused(String name, String bad) {
        return dynamicTest(name + "=" + bad + " is refused", () -> assertThatThrownBy(() -> read(name, bad))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The setting " + name)
                .hasMessageMatching(
                        "(?s).*(must be|such as|a list|name has|put this pattern first|printable|not a valid name|only one|its own key).*\\.")
                .hasMessageNotContaining(KEY));
    }
}
