package id.warung.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The protocol's page contains nothing that differs from the golden files, and so from the code. */
class ProtocolDocumentTest {
    private final String document = read();

    private static String read() {
        try {
            return Files.readString(Path.of("docs/protocol.md"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The lines of all code blocks in a language, or of those without a language. */
    private List<String> blocks(String language) {
        List<String> lines = new ArrayList<>();
        boolean within = false;
        boolean wanted = false;
        for (String line : document.lines().toList()) {
            if (line.startsWith("```")) {
                within = !within;
                wanted = within && line.equals("```" + language);
            } else if (wanted) {
                lines.add(line);
            }
        }
        return lines;
    }

    @Test
    void everyExampleIsALineOfAGoldenFile() {
        List<String> golden = Stream.concat(Golden.commands().stream(), Golden.events().stream())
                .toList();

        assertThat(blocks("json")).hasSizeGreaterThanOrEqualTo(20).isSubsetOf(golden);
    }

    @Test
    void everyGoldenLineIsExplained() {
        assertThat(blocks("json")).containsAll(Golden.commands()).containsAll(Golden.events());
    }

    @Test
    void theConversationConsistsOfGoldenLines() {
        List<String> conversation = blocks("").stream()
                .filter(line -> line.startsWith("> ") || line.startsWith("< "))
                .toList();

        assertThat(conversation).hasSizeGreaterThan(5).allSatisfy(line -> {
            if (line.startsWith("> ")) {
                assertThat(Golden.commands()).contains(line.substring(2));
            } else {
                assertThat(line).startsWith("< [").endsWith("]");
                assertThat(withoutEvents(line.substring(3, line.length() - 1))).isEmpty();
            }
        });
    }

    /** The rest after the golden events at the beginning, separated by commas, are removed. */
    private static String withoutEvents(String events) {
        String left = events;
        for (boolean found = true; found; ) {
            found = false;
            for (String event : Golden.events()) {
                if (left.startsWith(event)) {
                    String rest = left.substring(event.length());
                    left = rest.startsWith(",{") ? rest.substring(1) : rest;
                    found = true;
                }
            }
        }
        return left;
    }

    @Test
    void everyErrorCodeIsExplained() {
        assertThat(Stream.of(ErrorCode.values()).map(code -> "`" + code.wire() + "`"))
                .allSatisfy(code -> assertThat(document.lines().filter(line -> line.startsWith("| `")))
                        .anySatisfy(line -> assertThat(line.substring(0, line.indexOf('|', 1)))
                                .contains(code)));
    }

    @Test
    void everyCloseCodeIsExplained() {
        assertThat(Stream.of(CloseCode.values()).filter(code -> code != CloseCode.NORMAL))
                .allSatisfy(code -> assertThat(document).contains("\n| " + code.number() + " | "));
        assertThat(Stream.of(CloseCode.values()).filter(code -> code.number() >= 4_000))
                .allSatisfy(code -> assertThat(document).contains("| " + code.reason() + " |"));
    }

    @Test
    void everyCloseReasonFitsIntoACloseFrame() {
        assertThat(CloseCode.values())
                .allSatisfy(code -> assertThat(code.reason().length()).isLessThanOrEqualTo(123));
    }
}
