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
                    List.of("Builds=" + KEY, "Build server = " + KEY + "==, 警报=" + KEY + "2"),
                    "Builds",
                    KEY,
                    "=" + KEY,
                    "Builds=",
                    "Builds=short",
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
            values(List.of("anybody", "moderators", " moderators "), "nobody", "Anybody", "true", "moderators,anybody"),
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

    static {
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
        return Settings.read(asked -> asked.equals(name) ? value : null, DATA, new HeapBudget(1L << 30));
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
