package id.warung.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Programs that tests start are checked by bin/setup before the first test starts: not every machine has them all. */
class ProgramsOfTestsTest {
    private static final Pattern STARTED =
            Pattern.compile("(?:Program\\.run|Program\\.assume|new ProcessBuilder|\\.under)\\(\\s*\"([^\"]+)\"");
    private static final Pattern NEED = Pattern.compile("(?m)^  \"[^|\"]+\\|([^|\"]*)\\|");

    @Test
    void everyProgramThatATestStartsIsOneThatIsLookedFor() throws IOException {
        Set<String> lookedFor = new TreeSet<>();
        NEED.matcher(Files.readString(Path.of("bin/setup")))
                .results()
                .forEach(need -> lookedFor.addAll(List.of(need.group(1).split(" "))));
        Set<String> started = new TreeSet<>();
        for (Path source : sources()) {
            STARTED.matcher(Files.readString(source)).results().forEach(call -> started.add(call.group(1)));
        }

        assertThat(started).contains("gcc", "strace", "prlimit");
        assertThat(lookedFor).containsAll(started);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of("src/test/java"))) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
