package id.warung.container;

import id.warung.kit.DocumentedScript;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The commands of docs/sign-in.md that set a server up, done by a shell as they stand there; only places and ports are those of the server
 * under test, by {@code src/test/containers/SERVER/sign-in.properties}. For one thread.
 */
final class DocumentedSteps {
    private static final Path DOCUMENT = Path.of("docs/sign-in.md");
    private static final Pattern VARIABLE = Pattern.compile("@([a-z.]+)@");

    private final Path folder;
    private final Properties server = new Properties();

    /** {@code folder} stands for the folder with the WAR. */
    DocumentedSteps(Path folder) throws IOException {
        this.folder = folder;
        Path properties = Path.of("src/test/containers", System.getProperty("arquillian.launch"), "sign-in.properties");
        try (Reader in = Files.newBufferedReader(properties)) {
            server.load(in);
        }
    }

    /** What the server is called in the document. */
    String server() {
        return server.getProperty("section");
    }

    /** Does what stands below the comment with this text. */
    void does(String comment) {
        String script = DocumentedScript.below(DOCUMENT, comment);
        for (Map.Entry<Object, Object> place : new TreeMap<>(server).entrySet()) {
            String name = place.getKey().toString();
            if (name.startsWith("replace.")) {
                script = script.replace(
                        name.substring("replace.".length()),
                        filled(place.getValue().toString()));
            }
        }
        runs(script.replace("/opt/warung", folder.toString()).replace("warung.war", "signed.war"));
    }

    /** Does what the server under test needs besides. */
    void besides(String property) {
        if (server.containsKey(property)) {
            runs(filled(server.getProperty(property)));
        }
    }

    private String filled(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(variable -> Matcher.quoteReplacement(
                        variable.group(1).equals("folder")
                                ? folder.toString()
                                : System.getProperty(variable.group(1))));
    }

    private void runs(String script) {
        DocumentedScript.run(script, folder, Map.of());
    }
}
