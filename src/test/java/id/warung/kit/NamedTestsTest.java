package id.warung.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SECURITY.md, and the end of docs/scaling.md, name tests that there are, or a benchmark, for each thing that they say. */
class NamedTestsTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern BENCHMARK = Pattern.compile("`(bench/\\w+)[^`]*`");

    @Test
    void eachRowOnSecurityNamesTestsThatExist() throws IOException {
        List<String> rows = rows(Files.readString(Path.of("SECURITY.md")));
        assertThat(rows).hasSizeGreaterThan(15);
        for (String row : rows) {
            assertThat(named(TEST, row)).as(row).isNotEmpty();
            assertThat(tests()).as(row).containsAll(named(TEST, row));
        }
    }

    @Test
    void eachRowOnScalingNamesTestsOrBenchmarksThatExist() throws IOException {
        String document = Files.readString(Path.of("docs/scaling.md"));
        List<String> rows = rows(document.substring(document.indexOf("## How this is known")));
        assertThat(rows).hasSizeGreaterThan(10);
        for (String row : rows) {
            List<String> benchmarks = named(BENCHMARK, row);
            assertThat(named(TEST, row).size() + benchmarks.size()).as(row).isPositive();
            assertThat(tests()).as(row).containsAll(named(TEST, row));
            assertThat(benchmarks).as(row).allMatch(benchmark -> Files.isExecutable(Path.of(benchmark)));
        }
    }

    /** The rows of all tables, without their heads. */
    private static List<String> rows(String document) {
        return document.lines()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| from ") && !line.startsWith("| what "))
                .toList();
    }

    private static List<String> named(Pattern pattern, String row) {
        return pattern.matcher(row)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            return sources.map(source -> source.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }
}
