package id.warung.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The golden files: the wire protocol as in docs/protocol.md. */
final class Golden {
    private Golden() {}

    static List<String> commands() {
        return lines("commands.jsonl");
    }

    static List<String> events() {
        return lines("events.jsonl");
    }

    /** Each line has a code, a tab, and a frame that is rejected with it. */
    static List<String> badCommands() {
        return lines("bad-commands.tsv");
    }

    private static List<String> lines(String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/protocol/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
