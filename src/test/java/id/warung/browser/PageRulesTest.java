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

    /** Code of others, as they publish it; fetched by those who need it only ({@link VendoredFilesTest}). */
    private static final Path VENDOR = PAGE.resolve("vendor");

    private static final int MOST_LINES = 300;
    private static final int MOST_CHARS = 120;
    private static final int MOST_MODULES_AT_ONCE = 23;

    /** What is needed to write, the files of the page and these parts: gzipped, in bytes. */
    private static final List<String> PARTS_TO_WRITE = List.of("app.js", "page/composer-part.js");

    private static final int MOST_BYTES_TO_WRITE = 60 * 1024;

    /** What loads until the room is there; the parts beyond load when something asks for them, or when nothing else is to do. */
    private static final List<String> PARTS = List.of("app.js", "page/composer-part.js", "page/main-part.js");

    private static final int MOST_BYTES_TO_READ = 125 * 1024;
    private static final int MOST_BYTES_LATER = 54 * 1024;
    static final int MOST_BYTES_AT_ALL = MOST_BYTES_TO_READ + MOST_BYTES_LATER;

    /** What `pom.xml` strips from the WAR. */
    private static final Pattern COMMENTS = Pattern.compile("(?ms)^[ \\t]*/\\*.*?\\*/[ \\t]*\\n");

    private static final Pattern INDENTATION = Pattern.compile("(?m)^[ \\t]+");

    /** A text that spans lines, one of which begins with a blank. */
    private static final Pattern INDENTED_TEXT = Pattern.compile("[=(,] ?`[^`]*\\n[ \\t][^`]*`");

    /** A file that the page links; those in a template load later. */
    private static final Pattern LINKED = Pattern.compile("<link rel=\"(?:stylesheet|icon)\" href=\"([^\"]+)\"");

    /** By two or four spaces a step, and one more in a block comment; nothing behind the last character. */
    private static final Pattern INDENTED = Pattern.compile("(?:  )*(?: \\*(?:[ /].*)?|\\S.*)?(?<!\\s)");

    /** What the page says, a sentence a line. */
    private static final Pattern SENTENCES = Pattern.compile("js/i18n/(?:en|zh-CN)");

    /** The key of a text where it is defined, where it is used, and the beginning of one that is put together. */
    private static final Pattern TEXT = Pattern.compile("(?m)^    '([\\w.-]+)':");

    private static final Pattern QUOTED = Pattern.compile("'([a-zA-Z]+\\.[\\w.-]+)'");
    private static final Pattern MADE_KEY = Pattern.compile("\\bt(?:`|Or\\('|\\(`)(\\w+)(?:\\.\\$|')");

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
    void littleIsLoadedBeforeOneCanWrite() {
        assertThat(bytesOf(loadedWith(PARTS_TO_WRITE))).isLessThan(MOST_BYTES_TO_WRITE);
    }

    @Test
    void theWholePageIsSmall() {
        Set<Path> first = loadedWith(PARTS);
        assertThat(bytesOf(first)).isLessThan(MOST_BYTES_TO_READ);
        Set<Path> later = new TreeSet<>(files(JS, ".js"));
        later.addAll(files(PAGE, ".css"));
        later.removeAll(first);
        assertThat(later).hasSizeGreaterThan(20);
        assertThat(bytesOf(later)).isLessThan(MOST_BYTES_LATER);
    }

    /** A text that only the dialogs have is not there before them. */
    @Test
    void whatLoadsFirstNeedsNoTextThatLoadsLater() {
        Set<String> later = new TreeSet<>(found(TEXT, read(JS.resolve("i18n/en-dialogs.js"))));
        assertThat(later).hasSizeGreaterThan(50);
        Set<String> prefixes =
                later.stream().map(key -> key.replaceFirst("\\..*", "")).collect(Collectors.toSet());
        for (Path file : loadedWith(PARTS)) {
            assertThat(found(QUOTED, read(file))).as(file.toString()).doesNotContainAnyElementsOf(later);
            assertThat(found(MADE_KEY, read(file))).as(file.toString()).doesNotContainAnyElementsOf(prefixes);
        }
    }

    /** What is stripped from the WAR is no part of a text that spans lines. */
    @Test
    void onlyIndentationIsLostInTheWar() {
        for (Path file : files(JS, ".js")) {
            assertThat(INDENTED_TEXT.matcher(code(file)).find())
                    .as(file.toString())
                    .isFalse();
        }
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
            return all.filter(file -> file.toString().endsWith(ending) && !file.startsWith(VENDOR))
                    .sorted()
                    .toList();
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

    /** The page, what it links, and these parts with all that they import. */
    private static Set<Path> loadedWith(List<String> parts) {
        Path html = PAGE.resolve("index.html");
        String outside = read(html).replaceAll("(?s)<template.*?</template>", "");
        Set<Path> loaded = LINKED.matcher(outside)
                .results()
                .map(link -> PAGE.resolve(link.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
        loaded.add(html);
        parts.forEach(part -> collect(JS.resolve(part), loaded));
        return loaded;
    }

    private static int bytesOf(Set<Path> files) {
        return files.stream().mapToInt(PageRulesTest::gzipped).sum();
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
        if (!commented) {
            return Files.readAllBytes(file);
        }
        String code = COMMENTS.matcher(read(file)).replaceAll("");
        return INDENTATION.matcher(code).replaceAll("").getBytes(StandardCharsets.UTF_8);
    }
}
