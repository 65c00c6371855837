package id.warung.endpoint;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells browsers beforehand of all modules of the page, so that they fetch them at once and not level by level: those that the page's
 * script reaches by static imports are linked behind it; each part that is imported dynamically has the links to what it adds in a
 * {@code <template>}, named like its module, which the page puts in when the turn of that part has come. Used by one thread.
 */
public final class ModuleLinks {
    private static final Pattern SCRIPT = Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"></script>\\n?");
    private static final Pattern COMMENT = Pattern.compile("/\\*[\\s\\S]*?\\*/|(?m:^\\s*//.*$)");
    private static final Pattern STATIC = Pattern.compile("(?m)^(?:import\\s*(?:[\\w*{][^;'\"()]*?\\sfrom\\s*)?"
            + "|export\\s*[*{][^;'\"()]*?\\sfrom\\s*)['\"](\\.[^'\"]+)['\"]");
    private static final Pattern DYNAMIC = Pattern.compile("\\bimport\\(\\s*['\"](\\.[^'\"]+)['\"]\\s*\\)");

    private final Map<String, byte[]> files;
    private final Set<String> told = new LinkedHashSet<>();

    private ModuleLinks(Map<String, byte[]> files) {
        this.files = files;
    }

    /**
     * The page with these links.
     *
     * @param html as it is written, with one {@code <script type="module">}; without one it stays as it is
     * @param files the page's files by path, such as {@code /js/app.js}; what is imported and not among them is not linked
     */
    public static String in(String html, Map<String, byte[]> files) {
        Matcher script = SCRIPT.matcher(html);
        return script.find()
                ? html.substring(0, script.end())
                        + new ModuleLinks(files).of("/" + script.group(1))
                        + html.substring(script.end())
                : html;
    }

    private String of(String script) {
        StringBuilder links = new StringBuilder(linked(reached(script).stream().skip(1)));
        for (Optional<String> part = nextPart(); part.isPresent(); part = nextPart()) {
            links.append("<template id=\"")
                    .append(part.get().replaceAll(".*/|\\.js$", ""))
                    .append("\">\n")
                    .append(linked(reached(part.get()).stream()))
                    .append("</template>\n");
        }
        return links.toString();
    }

    /** The module and all it imports, level by level, but for those that the browser is told of already; from now on it is told of these. */
    private List<String> reached(String module) {
        List<String> found = new ArrayList<>();
        if (files.containsKey(module) && told.add(module)) {
            found.add(module);
        }
        for (int i = 0; i < found.size(); i++) {
            imports(STATIC, found.get(i)).filter(told::add).forEach(found::add);
        }
        return found;
    }

    private Optional<String> nextPart() {
        return told.stream()
                .flatMap(module -> imports(DYNAMIC, module))
                .filter(part -> !told.contains(part))
                .findFirst();
    }

    private Stream<String> imports(Pattern pattern, String module) {
        String source = new String(files.get(module), StandardCharsets.UTF_8);
        return pattern.matcher(COMMENT.matcher(source).replaceAll(""))
                .results()
                .map(found -> URI.create(module).resolve(found.group(1)).getPath())
                .filter(files::containsKey);
    }

    private static String linked(Stream<String> modules) {
        return modules.map(module -> "<link rel=\"modulepreload\" href=\"" + module.substring(1) + "\">\n")
                .collect(Collectors.joining());
    }
}
