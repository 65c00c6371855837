package id.warung.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureDocumentTest {
    private static final Path SOURCES = Path.of("src/main/java/id/warung");

    @ParameterizedTest
    @ValueSource(strings = {"app", "cluster", "log/postgres"})
    void everyClassOfThePackageIsInTheTables(String folder) throws IOException {
        String document = Files.readString(Path.of("docs/architecture.md"));
        assertThat(classesIn(folder)).hasSizeGreaterThan(3).allSatisfy(name -> assertThat(document)
                .containsPattern("\\| .*`" + name + "[`.]"));
    }

    private static List<String> classesIn(String folder) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES.resolve(folder))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }
}
