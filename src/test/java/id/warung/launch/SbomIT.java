package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.WarungProcess;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The software bill of materials in the packed WAR and beside it. */
class SbomIT {
    private static final String IN_WAR = "META-INF/sbom/application.cdx.json";

    @Test
    void itListsEachLibraryOfTheWarWithItsChecksumAndNothingElse() throws Exception {
        try (JarFile war = new JarFile(WarungProcess.WAR.toFile())) {
            Map<String, String> packed = new TreeMap<>();
            for (JarEntry entry : war.stream().filter(SbomIT::isOfOthers).toList()) {
                packed.put(entry.getName(), sha256(read(war, entry.getName())));
            }
            Map<String, String> listed = components(war)
                    .collect(Collectors.toMap(
                            SbomIT::location,
                            component -> component
                                    .getJsonArray("hashes")
                                    .getJsonObject(0)
                                    .getString("content"),
                            (one, other) -> one + " and " + other,
                            TreeMap::new));
            assertThat(listed).isEqualTo(packed);
            assertThat(listed)
                    .containsKeys(
                            "WEB-INF/lib/warung-sqlite.jar",
                            "WEB-INF/server/lib/tomcat-embed-core.library",
                            "vendor/oauth4webapi.js");
        }
    }

    @Test
    void eachComponentHasACoordinateAndALicence() throws Exception {
        try (JarFile war = new JarFile(WarungProcess.WAR.toFile())) {
            assertThat(components(war)).allSatisfy(component -> {
                assertThat(component.getString("purl"))
                        .matches("pkg:(maven|npm)/.+@" + Pattern.quote(component.getString("version")) + ".*");
                assertThat(component.getJsonArray("licenses")).isNotEmpty();
            });
            assertThat(components(war)
                            .filter(component -> component.containsKey("components"))
                            .toList())
                    .as("SQLite itself, whose library brings it in C")
                    .singleElement()
                    .satisfies(library -> assertThat(library.getJsonArray("components")
                                    .getJsonObject(0)
                                    .getString("cpe"))
                            .startsWith("cpe:2.3:a:sqlite:sqlite:3."));
        }
    }

    /** One that differed would make each build another WAR. */
    @Test
    void itNamesNoTimeNoSerialNumberAndNoPathOfTheMachine() throws Exception {
        Path beside = WarungProcess.WAR.resolveSibling("warung.cdx.json");
        String text = Files.readString(beside);
        try (JarFile war = new JarFile(WarungProcess.WAR.toFile())) {
            assertThat(new String(read(war, IN_WAR), StandardCharsets.UTF_8)).isEqualTo(text);
        }
        assertThat(text).doesNotContain("timestamp", "serialNumber", System.getProperty("user.home"), "/target/");
    }

    /** Libraries, and scripts of other projects. */
    private static boolean isOfOthers(JarEntry entry) {
        return !entry.isDirectory() && entry.getName().matches("WEB-INF/lib/.*|WEB-INF/server/lib/.*|vendor/.*[.]js");
    }

    private static Stream<JsonObject> components(JarFile war) throws IOException {
        try (InputStream in = war.getInputStream(war.getEntry(IN_WAR))) {
            return Json.createReader(in).readObject().getJsonArray("components").stream()
                    .map(JsonValue::asJsonObject);
        }
    }

    private static String location(JsonObject component) {
        return component
                .getJsonObject("evidence")
                .getJsonArray("occurrences")
                .getJsonObject(0)
                .getString("location");
    }

    private static byte[] read(JarFile war, String name) throws IOException {
        try (InputStream in = war.getInputStream(war.getEntry(name))) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] content) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    }
}
