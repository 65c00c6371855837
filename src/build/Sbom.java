import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the software bill of materials of the WAR (CycloneDX 1.6, JSON): a component for each library in it, with the
 * place where it lies, the checksum of what lies there, and its licence. The build runs it as a source file. The Maven plugin of
 * CycloneDX refuses to run offline, and lists what is compiled against instead of what is in the WAR.
 */
final class Sbom {
    private static final Pattern DEPENDENCY = Pattern.compile(
            "\\s+([\\w.-]+):([\\w.-]+):jar:([\\w.-]+):(compile|runtime|provided):(.+?\\.jar)(?: -- module .*)?");

    /** Of a script of another project: its first line, and the line with the file's checksum. */
    private static final Pattern RECORD = Pattern.compile(
            "^(?<name>\\S+) (?<version>\\d\\S*), (?<licence>\\S+) (?s:.*)\nsha256 (?<hash>[0-9a-f]{64}) (?<file>\\S+)");

    /** A library: its coordinates, the file in the local repository, the file that is packed, and its path in the WAR. */
    private record Library(String group, String name, String version, Path original, Path packed, String path) {
        String purl() {
            return "pkg:maven/" + group + "/" + name + "@" + version + "?type=jar";
        }
    }

    private Sbom() {}

    /**
     * Arguments: the version of Warung, the list of dependencies (of the goal dependency:list, with file names), the
     * build's folder, the folder with scripts of other projects and their records, and the file to write.
     */
    public static void main(String[] arguments) throws Exception {
        String version = arguments[0];
        Path target = Path.of(arguments[2]);
        List<Library> libraries = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of(arguments[1]))) {
            Matcher dependency = DEPENDENCY.matcher(line);
            if (dependency.matches()) {
                Library library = library(dependency, target);
                if (library != null) {
                    libraries.add(library);
                }
            }
        }
        List<String> components = new ArrayList<>();
        for (Library library : libraries) {
            components.add(component(library));
        }
        try (Stream<Path> files = Files.list(Path.of(arguments[3]))) {
            for (Path record : files.sorted().toList()) {
                Matcher recorded = RECORD.matcher(Files.readString(record));
                if (recorded.find()) {
                    components.add(vendored(recorded));
                }
            }
        }
        Path file = Path.of(arguments[4]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, document(version, components));
    }

    /** Null: it is not in the WAR. */
    private static Library library(Matcher dependency, Path target) {
        String group = dependency.group(1);
        String name = dependency.group(2);
        Path original = Path.of(dependency.group(5));
        Path packed = original;
        String path = "WEB-INF/lib/" + original.getFileName();
        if (dependency.group(4).equals("provided")) {
            if (group.startsWith("org.apache.tomcat")) {
                packed = target.resolve("embedded-server/" + name + ".library");
                path = "WEB-INF/server/lib/" + packed.getFileName();
            } else if (name.equals("sqlite-jdbc")) {
                packed = target.resolve("libraries/warung-sqlite.jar");
                path = "WEB-INF/lib/" + packed.getFileName();
            } else {
                return null;
            }
        }
        return new Library(group, name, dependency.group(3), original, packed, path);
    }

    private static String document(String version, List<String> components) {
        String purl = text("pkg:maven/id.warung/warung@" + version + "?type=war");
        return """
                {
                "bomFormat": "CycloneDX",
                "specVersion": "1.6",
                "version": 1,
                "metadata": {"component": {"type": "application", "bom-ref": %s, "group": "id.warung", "name": "warung", \
                "version": %s, "licenses": [{"license": {"id": "Apache-2.0"}}], "purl": %s}},
                "components": [
                %s
                ]
                }
                """.formatted(purl, text(version), purl, String.join(",\n", components));
    }

    private static String component(Library library) throws Exception {
        StringBuilder json = new StringBuilder("{\"type\": \"library\", \"bom-ref\": " + text(library.purl())
                + ", \"group\": " + text(library.group()) + ", \"name\": " + text(library.name())
                + ", \"version\": " + text(library.version()));
        json.append(", \"hashes\": ").append(hash(library.packed()));
        String licences = licences(library.original());
        if (!licences.isEmpty()) {
            json.append(", \"licenses\": [").append(licences).append(']');
        }
        json.append(", \"purl\": ").append(text(library.purl()));
        if (library.name().equals("sqlite-jdbc")) {
            json.append(", \"pedigree\": {\"notes\": \"Packed without the native libraries of platforms on which nobody"
                    + " runs a server.\"}, \"components\": [").append(sqlite(library.version())).append(']');
        }
        return json.append(occurrence(library.path())).append('}').toString();
    }

    /** The database itself, in C, which the library of Java's side brings for each platform. Its version has one number less. */
    private static String sqlite(String ofJdbc) {
        String version = ofJdbc.substring(0, ofJdbc.lastIndexOf('.'));
        return "{\"type\": \"library\", \"bom-ref\": \"pkg:generic/sqlite@" + version + "\", \"name\": \"sqlite\", \"version\": \""
                + version + "\", \"licenses\": [{\"license\": {\"id\": \"blessing\"}}], \"cpe\": \"cpe:2.3:a:sqlite:sqlite:"
                + version + ":*:*:*:*:*:*:*\", \"purl\": \"pkg:generic/sqlite@" + version + "\"}";
    }

    /** A script of another project that is kept among the sources. */
    private static String vendored(Matcher recorded) {
        String name = recorded.group("name");
        String version = recorded.group("version");
        String purl = text("pkg:npm/" + name + "@" + version);
        return "{\"type\": \"library\", \"bom-ref\": " + purl + ", \"name\": " + text(name) + ", \"version\": "
                + text(version) + ", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": " + text(recorded.group("hash"))
                + "}], \"licenses\": [{\"license\": {\"id\": " + text(recorded.group("licence")) + "}}], \"purl\": " + purl
                + occurrence("vendor/" + recorded.group("file")) + "}";
    }

    private static String occurrence(String path) {
        return ", \"evidence\": {\"occurrences\": [{\"location\": " + text(path) + "}]}";
    }

    private static String hash(Path file) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        return "[{\"alg\": \"SHA-256\", \"content\": \"" + HexFormat.of().formatHex(digest) + "\"}]";
    }

    /** Those of its POM in the local repository, or of the nearest parent that names any. */
    private static String licences(Path jar) throws IOException {
        Path pom = jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".pom"));
        Path repository = null;
        for (int parents = 0; parents < 8 && Files.exists(pom); parents++) {
            String xml = Files.readString(pom, StandardCharsets.UTF_8);
            String named = Stream.of(between(xml, "licenses").split("</license>"))
                    .map(licence -> new String[] {between(licence, "name"), between(licence, "url")})
                    .filter(licence -> !licence[0].isEmpty())
                    .map(Sbom::licence)
                    .collect(Collectors.joining(", "));
            String parent = between(xml, "parent");
            if (!named.isEmpty() || parent.isEmpty()) {
                return named;
            }
            if (repository == null) {
                repository = repository(pom, xml, parent);
            }
            String name = between(parent, "artifactId");
            String version = between(parent, "version");
            pom = repository.resolve(between(parent, "groupId").replace('.', '/'))
                    .resolve(name)
                    .resolve(version)
                    .resolve(name + "-" + version + ".pom");
        }
        return "";
    }

    private static String licence(String[] licence) {
        String url = licence[1].isEmpty() ? "" : ", \"url\": " + text(licence[1]);
        return "{\"license\": {\"name\": " + text(licence[0]) + url + "}}";
    }

    /** The repository's root: a POM lies below it at its group, name and version. */
    private static Path repository(Path pom, String xml, String parent) {
        String own = xml.replaceFirst("(?s)<parent>.*?</parent>", "").replaceFirst("(?s)<(dependenc|build|profiles).*", "");
        String group = between(own, "groupId").isEmpty() ? between(parent, "groupId") : between(own, "groupId");
        Path root = pom.getParent().getParent().getParent();
        for (int i = 0; i < group.split("\\.").length; i++) {
            root = root.getParent();
        }
        return root;
    }

    private static String between(String xml, String tag) {
        Matcher found = Pattern.compile("(?s)<" + tag + ">\\s*(.*?)\\s*</" + tag + ">").matcher(xml);
        return found.find() ? found.group(1) : "";
    }

    private static String text(String value) {
        String clean = value.replaceAll("[\\s\\p{Cntrl}]+", " ").replace("\\", "\\\\").replace("\"", "\\\"");
        return "\"" + clean.replace("&amp;", "&") + "\"";
    }
}
