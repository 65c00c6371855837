package id.warung.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands for a shell as they stand in a document. Static, stateless. */
public final class DocumentedScript {
    private static final int PATIENCE_SECONDS = 120;

    private DocumentedScript() {}

    /** What stands below the comment with this text. */
    public static String below(Path document, String comment) {
        try {
            Matcher block = Pattern.compile(
                            "<!-- " + Pattern.quote(comment) + " -->\\n```sh\\n(.*?)```", Pattern.DOTALL)
                    .matcher(Files.readString(document));
            assertThat(block.find()).as("%s in %s", comment, document).isTrue();
            return block.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has a shell do it, which ends at the first command that fails; what that says is in {@code said} of the folder. */
    public static void run(String script, Path folder, Map<String, String> environment) {
        Path said = folder.resolve("said");
        ProcessBuilder shell = new ProcessBuilder("sh", "-e", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment().putAll(environment);
        try {
            Process process = shell.start();
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(ended && process.exitValue() == 0)
                    .as("%s%nsays%n%s", script, Files.readString(said))
                    .isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
