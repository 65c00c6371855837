package id.warung.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleLinksTest {
    private static final String SCRIPT = "<script type=\"module\" src=\"js/app.js\"></script>\n";
    private static final Pattern LINK = Pattern.compile("<link rel=\"modulepreload\" href=\"([^\"]+)\">\n");
    private static final Pattern TEMPLATE = Pattern.compile("(?s)<template id=\"([^\"]+)\">\n(.*?)</template>");
    private static final Path PAGE = Path.of("src/main/webapp");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import { a } from './a.js';                        | js/a.js",
                "import {\\n    a,\\n    b,\\n} from './a.js';         | js/a.js",
                "import './a.js';                                   | js/a.js",
                "import a from \"./a.js\";                          | js/a.js",
                "import * as a from './a.js';                       | js/a.js",
                "export * from './a.js';                            | js/a.js",
                "export { a } from './a.js';                        | js/a.js",
                "import { a } from './deep/b.js';                   | js/deep/b.js,js/a.js",
                "import { a } from './a.js';\\nimport './a.js';     | js/a.js",
                "import { a } from './app.js';                      | ''",
                "import { a } from './missing.js';                  | ''",
                "// import { a } from './a.js';                     | ''",
                "// a note\\nimport { a } from './a.js';           | js/a.js",
                "/* no:\\nimport { a } from './a.js';\\n*/            | ''",
                "export const a = './a.js';                         | ''",
                "const a = `from './a.js'`;                         | ''",
                "export function a() { return './a.js'; }           | ''",
            })
    void eachModuleThatTheScriptImportsIsLinkedOnce(String source, String expected) {
        Map<String, String> files =
                Map.of("/js/app.js", source.replace("\\n", "\n"), "/js/a.js", "", "/js/deep/b.js", "import '../a.js';");
        assertThat(links(page(files))).containsExactly(expected.isEmpty() ? new String[0] : expected.split(",", -1));
    }

    @Test
    void eachDynamicImportHasATemplateWithoutTheModulesLinkedBefore() {
        String page = page(Map.of(
                "/js/app.js", "import './a.js';\nimport('./page/two.js');\nawait import( \"./page/one.js\" );",
                "/js/a.js", "import './app.js';",
                "/js/b.js", "",
                "/js/page/one.js", "import '../b.js';\nimport './two.js';",
                "/js/page/two.js", "import '../a.js';\nimport '../b.js';\nif (0) import('./three.js');",
                "/js/page/three.js", ""));
        assertThat(page)
                .isEqualTo("<head>" + SCRIPT + link("js/a.js")
                        + "<template id=\"two\">\n" + link("js/page/two.js") + link("js/b.js") + "</template>\n"
                        + "<template id=\"one\">\n" + link("js/page/one.js") + "</template>\n"
                        + "<template id=\"three\">\n" + link("js/page/three.js") + "</template>\n</head>");
    }

    @Test
    void aPageWithoutAScriptOrWhoseScriptIsNotThereStaysAsItIs() {
        assertThat(ModuleLinks.in("<p>", Map.of())).isEqualTo("<p>");
        assertThat(ModuleLinks.in(SCRIPT, Map.of())).isEqualTo(SCRIPT);
    }

    @Test
    void thePageNamesEachModuleThatIsReachableByStaticImportOnceAndNoneByDynamicImportAlone() throws IOException {
        String html = Files.readString(PAGE.resolve("index.html"));
        assertThat(html).as("nobody edits it for a new file").doesNotContain("modulepreload", "<template id=\"main");
        String page = ModuleLinks.in(html, files());
        Set<Path> known = new TreeSet<>(Set.of(PAGE.resolve("js/app.js")));
        assertThat(pathsIn(TEMPLATE.matcher(page).replaceAll("")))
                .containsExactlyInAnyOrderElementsOf(more("app", known));
        List<String> parts = new ArrayList<>();
        TEMPLATE.matcher(page).results().forEach(part -> {
            parts.add(part.group(1));
            assertThat(pathsIn(part.group(2)))
                    .as(part.group(1))
                    .containsExactlyInAnyOrderElementsOf(more(placeOf(part.group(1)), known));
        });
        assertThat(parts)
                .containsExactly(
                        "composer-part", "main-part", "handed-over", "open-rooms", "oidc", "dialogs", "code-colours");
        known.add(PAGE.resolve("js/page/signin.js")); // of the page signin/
        Set<Path> unused = more("page/signin", known); // of the page at signin/
        assertThat(known).as("every module is used").containsExactlyInAnyOrderElementsOf(modules());
    }

    /** Most parts are of the page's folder. */
    private static String placeOf(String name) {
        String ofPage = "page/" + name;
        return Files.exists(PAGE.resolve("js/" + ofPage + ".js")) ? ofPage : "elements/" + name;
    }

    /** What the module imports, read line by line, and is not known yet; then it is. */
    private static Set<Path> more(String module, Set<Path> known) {
        Set<Path> found = new TreeSet<>();
        Path first = PAGE.resolve("js/" + module + ".js");
        Deque<Path> left = new ArrayDeque<>(Set.of(first));
        if (known.add(first)) {
            found.add(first);
        }
        while (!left.isEmpty()) {
            Path file = left.poll();
            for (String line : read(file).lines().toList()) {
                if (line.matches("(import|export) .*'\\..*';") || line.matches("} from '.*';")) {
                    Path imported = file.resolveSibling(line.split("'", -1)[1]).normalize();
                    if (known.add(imported)) {
                        found.add(imported);
                        left.add(imported);
                    }
                }
            }
        }
        return found;
    }

    private static String page(Map<String, String> sources) {
        Map<String, byte[]> files = new HashMap<>();
        sources.forEach((path, source) -> files.put(path, source.getBytes(StandardCharsets.UTF_8)));
        return ModuleLinks.in("<head>" + SCRIPT + "</head>", files);
    }

    private static String link(String module) {
        return "<link rel=\"modulepreload\" href=\"" + module + "\">\n";
    }

    private static List<String> links(String html) {
        return LINK.matcher(html).results().map(link -> link.group(1)).toList();
    }

    private static List<Path> pathsIn(String html) {
        return links(html).stream().map(PAGE::resolve).toList();
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> all = Files.walk(PAGE.resolve("js"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private static Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new HashMap<>();
        for (Path module : modules()) {
            files.put("/" + PAGE.relativize(module), Files.readAllBytes(module));
        }
        return files;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
