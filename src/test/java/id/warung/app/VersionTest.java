package id.warung.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class VersionTest {
    private static final Pattern OF_THE_BUILD = Pattern.compile("<artifactId>warung</artifactId>\\s*<version>([^<]+)<");

    @Test
    void itIsThatOfTheBuildAndStandsNowhereElse() throws Exception {
        Matcher pom = OF_THE_BUILD.matcher(Files.readString(Path.of("pom.xml")));
        assertThat(pom.find()).isTrue();
        assertThat(Version.ofThis()).isEqualTo(pom.group(1));
        String number = pom.group(1).replace("-SNAPSHOT", "");
        try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
            List<Path> others = sources.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(java|js|html|xml|txt|properties|webmanifest)"))
                    .filter(file -> has(file, number))
                    .toList();
            assertThat(others).isEmpty();
        }
    }

    private static boolean has(Path file, String number) {
        try {
            return Pattern.compile("(?<![\\d.])" + Pattern.quote(number) + "(?![\\d.])")
                    .matcher(Files.readString(file))
                    .find();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
