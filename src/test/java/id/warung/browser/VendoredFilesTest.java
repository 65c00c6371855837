package id.warung.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Scale;
import id.warung.protocol.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of others in the page is what its authors published, and says under which licence. */
class VendoredFilesTest {
    private static final Path VENDOR = Path.of("src/main/webapp/vendor");
    private static final Pattern PACKAGE = Pattern.compile("(\\S+) (\\d\\S+), (\\S+) \\((\\S+)\\)");
    private static final Pattern INTEGRITY = Pattern.compile("package integrity sha512-(\\S+)");
    private static final Pattern SUM = Pattern.compile("sha256 ([0-9a-f]{64}) (\\S+)");
    private static final Pattern ORIGIN = Pattern.compile("(\\S+) is the file (\\S+) of the npm package, unchanged");

    @TempDir
    Path folder;

    @Test
    void eachFileHasTheHashThatIsRecorded() throws IOException {
        Set<Path> accountedFor = new HashSet<>();
        for (Path record : records()) {
            String text = Files.readString(record);
            Matcher sum = SUM.matcher(text);
            assertThat(sum.find()).as("a hash in " + record).isTrue();
            Path file = record.resolveSibling(sum.group(2));
            assertThat(HexFormat.of().formatHex(Sha256.of(List.of(Files.readAllBytes(file)))))
                    .as(file.toString())
                    .isEqualTo(sum.group(1));
            Path licence = record.resolveSibling(find(PACKAGE, text, 4));
            assertThat(licence).content().contains("Copyright").contains("Permission is hereby granted");
            accountedFor.addAll(List.of(record, file, licence));
        }

        try (Stream<Path> all = Files.list(VENDOR)) {
            assertThat(all).containsExactlyInAnyOrderElementsOf(accountedFor);
        }
    }

    /** In full only: it asks the registry, through npm. */
    @Test
    void theRecordedPackageHasTheFile() throws Exception {
        for (Path record : records()) {
            String text = Files.readString(record);
            byte[] integrity = Base64.getDecoder().decode(find(INTEGRITY, text, 1));
            assertThat(integrity).as(record.toString()).hasSize(64);
            if (Scale.FULL) {
                String name = find(PACKAGE, text, 1);
                String version = find(PACKAGE, text, 2);
                run("npm", "pack", "--silent", name + "@" + version);
                Path tarball = folder.resolve(name + "-" + version + ".tgz");
                assertThat(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(tarball)))
                        .isEqualTo(integrity);
                run("tar", "-xzf", tarball.toString());
                assertThat(folder.resolve("package").resolve(find(ORIGIN, text, 2)))
                        .hasSameBinaryContentAs(VENDOR.resolve(find(ORIGIN, text, 1)));
            }
        }
    }

    private static List<Path> records() throws IOException {
        try (Stream<Path> all = Files.list(VENDOR)) {
            List<Path> records = all.filter(file -> file.toString().endsWith(".txt"))
                    .filter(file -> !file.toString().endsWith(".LICENSE.txt"))
                    .toList();
            assertThat(records).isNotEmpty();
            return records;
        }
    }

    private static String find(Pattern pattern, String text, int group) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(pattern + " in " + text).isTrue();
        return found.group(group);
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
