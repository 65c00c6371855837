package id.warung.browser;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.endpoint.ModuleLinks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The rules for the sources of the page. */
class PageRulesTest {
    private static final Path PAGE = Path.of("src/main/webapp");
    private static final Path JS = PAGE.resolve("js");
    private static final int MOST_LINES = 300;
    private static final int MOST_CHARS = 120;
    private static final int MOST_MODULES_AT_ONCE = 22;
    static final int MOST_BYTES_GZIPPED = 120 * 1024;

    /** What `pom.xml` strips from the WAR. */
    private static final Pattern COMMENTS = Pattern.compile("(?ms)^[ \\t]*/\\*.*?\\*/[ \\t]*\\n");

    /** By two or four spaces a step, and one more in a block comment; nothing behind the last character. */
    private static final Pattern INDENTED = Pattern.compile("(?:  )*(?: \\*(?:[ /].*)?|\\S.*)?(?<!\\s)");

    /** What the page says, a sentence a line. */
    private static final Pattern SENTENCES = Pattern.compile("js/i18n/(?:en|zh-CN)");

    private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*'([^']+)'");
    private static final Pattern FORBIDDEN = Pattern.compile(
            "innerHTML|outerHTML|insertAdjacentHTML|document\\.write|\\beval\\(|new Function|setAttribute\\('on|srcdoc");

    /** JavaScript has two values for what is absent, and which one it is changes on the way through an event, JSON or a database. */
    private static final Pattern TELLS_ABSENT_FROM_ABSENT = Pattern.compile(
            "\\bundefined\\b|\\bvoid 0\\b|[!=]==\\s*null\\b|\\bnull\\s*[!=]==|\\bcase null\\b|Object\\.is\\([^)]*\\bnull\\b");

    /** In a pattern, a default replaces one of the two and lets the other pass. */
    private static final Pattern DEFAULT_IN_A_PATTERN =
            Pattern.compile("\\{[^{};()]*\\w = (?:\\{\\}|\\[\\]|[^{};])[^{};]*\\}|\\(\\[[^\\[\\]]* = [^\\[\\]]*\\]");

    /** The same in a list of parameters; there null and false as defaults mean absent as well. */
    private static final Pattern DEFAULT_OF_A_PARAMETER = Pattern.compile("(?m)"
            + "^\\s*(?:(?:export|async|static|function) )*(?!(?:if|for|while|switch|catch|return)\\b)#?\\w+\\((?:[^()]*,)? *\\w+ = (?!null\\b|false\\b).*\\{$"
            + "|\\((?:[^()]*,)? *\\w+ = (?!null\\b|false\\b)[^()]*\\) =>");

    private static final Pattern MAKES_AN_EVENT = Pattern.compile("new (Custom)?Event\\b|warung:\\$\\{name\\}");
    private static final Pattern USES_INTL = Pattern.compile("\\bIntl\\b|\\.toLocale(Date|Time)?String\\(");
    private static final Path ACTIONS = Path.of("elements/actions.js");
    private static final Pattern ACTION = Pattern.compile(
            "(?m)^    /\\*\\* @type \\{.+\\} \\S.*\\. Handled by ([a-z -]+)\\. \\*/\\R    '([a-z-]+)',$");
    private static final Pattern ACTION_NAME = Pattern.compile("(?m)^    '([a-z-]+)',$");
    private static final Pattern HANDLES = Pattern.compile("onAction\\('([^']*)'");
    private static final Pattern DISPATCHES = Pattern.compile("[dD]ispatch\\((?:[\\w.]+, )?'([^']*)'");

    /** The allowed imports; `app.js` and its neighbours connect all of them. */
    private static final Map<String, Set<String>> MAY_IMPORT = Map.of(
            "model", Set.of("model"),
            "net", Set.of("net", "model"),
            "store", Set.of("store", "model"),
            "i18n", Set.of("i18n", "model"),
            "elements", Set.of("elements", "i18n", "model"));

    @Test
    void eachPartImportsOnlyWhatItMayKnow() {
        for (Path file : files(JS, ".js")) {
            String part = JS.relativize(file).getName(0).toString();
            for (String imported : imports(file)) {
                assertThat(imported).as(file.toString()).startsWith(".");
                Path target = file.resolveSibling(imported).normalize();
                assertThat(target).as(file + " imports").exists();
                if (MAY_IMPORT.containsKey(part)) {
                    assertThat(MAY_IMPORT.get(part))
                            .as(file.toString())
                            .contains(JS.relativize(target).getName(0).toString());
                }
            }
        }
    }

    @Test
    void theModelKnowsNeitherPageNorNetwork() {
        Pattern outside = Pattern.compile(
                "\\b(document|window|navigator|location|localStorage|indexedDB|fetch|WebSocket|setTimeout)\\b");
        for (Path file : files(JS.resolve("model"), ".js")) {
            assertThat(outside.matcher(code(file)).results().map(MatchResult::group))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void nothingTurnsTextIntoMarkupOrCode() {
        for (Path file : files(PAGE, ".js")) {
            assertThat(FORBIDDEN.matcher(read(file)).results().map(MatchResult::group))
                    .as(file.toString())
                    .isEmpty();
        }
        String html = read(PAGE.resolve("index.html"));
        assertThat(html).doesNotContainPattern("<style|\\sstyle=|\\son\\w+=|<script(?![^>]*\\ssrc=)|data:|https?:");
    }

    @Test
    void absentValuesAreTestedForInOneWay() {
        for (Path file : files(JS, ".js")) {
            for (Pattern pattern : List.of(TELLS_ABSENT_FROM_ABSENT, DEFAULT_IN_A_PATTERN, DEFAULT_OF_A_PARAMETER)) {
                assertThat(pattern.matcher(code(file)).results().map(MatchResult::group))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    /** `Intl` throws at language tags that some browsers report; `graphemes.js` names no language. */
    @Test
    void formattersAreMadeInOnePlace() {
        assertThat(files(JS, ".js"))
                .filteredOn(file -> USES_INTL.matcher(code(file)).find())
                .extracting(file -> JS.relativize(file).toString())
                .containsExactly("i18n/i18n.js", "model/graphemes.js");
    }

    @Test
    void actionsAreDispatchedAndHeardInOnePlace() {
        assertThat(files(JS, ".js"))
                .filteredOn(file -> MAKES_AN_EVENT.matcher(code(file)).find())
                .extracting(JS::relativize)
                .containsExactly(ACTIONS);
    }

    @Test
    void theTableOfActionsSaysOfEachItsPayloadAndWhoHandlesIt() {
        String table = read(JS.resolve(ACTIONS));
        Map<String, Set<String>> said = new TreeMap<>();
        ACTION.matcher(table)
                .results()
                .forEach(action -> said.put(
                        action.group(2), new TreeSet<>(List.of(action.group(1).split(" and ", -1)))));
        assertThat(said.keySet()).containsExactlyInAnyOrderElementsOf(found(ACTION_NAME, table));

        Map<String, Set<String>> handled = new TreeMap<>();
        for (Path file : files(JS.resolve("page"), ".js")) {
            String name = file.getFileName().toString().replace(".js", "");
            found(HANDLES, code(file)).forEach(action -> handled.computeIfAbsent(action, any -> new TreeSet<>())
                    .add(name));
        }
        assertThat(said).isEqualTo(handled);

        Set<String> dispatched = new TreeSet<>();
        files(JS.resolve("elements"), ".js").forEach(file -> dispatched.addAll(found(DISPATCHES, code(file))));
        assertThat(dispatched).hasSizeGreaterThan(20);
        assertThat(said.keySet()).containsAll(dispatched);
    }

    @Test
    void linesAreNarrowAndIndentedBySteps() {
        for (Path file : Stream.of(".js", ".css")
                .flatMap(ending -> files(PAGE, ending).stream())
                .filter(file -> !SENTENCES.matcher(file.toString()).find())
                .toList()) {
            assertThat(read(file)
                            .lines()
                            .filter(line -> line.length() > MOST_CHARS
                                    || !INDENTED.matcher(line).matches()))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void noFileIsLong() {
        for (Path file : files(JS, ".js")) {
            assertThat(read(file).lines().count()).as(file.toString()).isLessThanOrEqualTo(MOST_LINES);
        }
    }

    @Test
    void theWholePageIsSmall() {
        int all = Stream.of(".html", ".js", ".css", ".svg", ".png", ".webmanifest")
                .flatMap(kind -> files(PAGE, kind).stream())
                .mapToInt(PageRulesTest::gzipped)
                .sum();
        assertThat(all).isLessThan(MOST_BYTES_GZIPPED);
    }

    /** Each module that loads before the sign-in costs every user time. */
    @Test
    void littleIsNeededToSayAName() {
        Set<Path> modules = new TreeSet<>();
        collect(JS.resolve("app.js"), modules);
        assertThat(modules).hasSizeLessThanOrEqualTo(MOST_MODULES_AT_ONCE);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static void collect(Path module, Set<Path> found) {
        if (found.add(module)) {
            imports(module)
                    .forEach(imported -> collect(module.resolveSibling(imported).normalize(), found));
        }
    }

    private static List<String> imports(Path file) {
        return IMPORT.matcher(code(file)).results().map(match -> match.group(1)).toList();
    }

    private static String code(Path file) {
        return read(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> contents() {
        return files(JS, ".js").stream()
                .collect(Collectors.toMap(
                        file -> "/" + PAGE.relativize(file), file -> read(file).getBytes(StandardCharsets.UTF_8)));
    }

    private static int gzipped(Path file) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(served(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size();
    }

    /** As it is served. */
    private static byte[] served(Path file) throws IOException {
        if (file.equals(PAGE.resolve("index.html"))) {
            return ModuleLinks.in(read(file), contents()).getBytes(StandardCharsets.UTF_8);
        }
        boolean commented = file.toString().endsWith(".js") || file.toString().endsWith(".css");
        return commented
                ? COMMENTS.matcher(read(file)).replaceAll("").getBytes(StandardCharsets.UTF_8)
                : Files.readAllBytes(file);
    }
}
