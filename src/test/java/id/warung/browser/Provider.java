package id.warung.browser;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The OpenID Connect provider of {@code src/test/provider}, a process of its own on any port. It ends with the test's JVM,
 * however that ends. Its users are ana and budi, whose names are their passwords. For one thread.
 */
final class Provider implements AutoCloseable {
    private static final Path BUILT = Path.of("target/provider").toAbsolutePath();
    private static final Pattern ADDRESS = Pattern.compile("http://\\S+");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final Process guard;
    private final String issuer;

    private Provider(Process process, Process guard, String issuer) {
        this.process = process;
        this.guard = guard;
        this.issuer = issuer;
    }

    static Provider start() {
        try {
            assertThat(BUILT.resolve("lib"))
                    .as("the provider, which the profile sign-in builds")
                    .isDirectory();
            Path out = Files.createTempFile(BUILT, "out", ".txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx192m",
                            "-cp",
                            BUILT.resolve("classes") + ":" + BUILT.resolve("lib") + "/*",
                            "provider.Main")
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .start();
            Process guard = new ProcessBuilder("sh", "-c", "read -r never || kill -9 " + process.pid()).start();
            WarungProcess.patiently()
                    .until(() -> ADDRESS.matcher(Files.readString(out)).find() || !process.isAlive());
            Matcher said = ADDRESS.matcher(Files.readString(out));
            assertThat(said.find()).as(Files.readString(out)).isTrue();
            return new Provider(process, guard, said.group());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return issuer;
    }

    /** The page is at this address. */
    void serves(URI page) {
        wish("address=" + URLEncoder.encode(page.toString(), StandardCharsets.UTF_8));
    }

    /** From now on its tokens are good for so long. */
    void givesTokensFor(int seconds) {
        wish("life=" + seconds);
    }

    /** Whether it refuses to give out tokens, with an error of its own. */
    void isDown(boolean down) {
        wish("down=" + down);
    }

    /** How often its keys have been fetched. */
    int fetchesOfKeys() {
        return Integer.parseInt(wish("").split(" ", -1)[0]);
    }

    /** How often tokens have been requested. */
    int requestsForTokens() {
        return Integer.parseInt(wish("").split(" ", -1)[1]);
    }

    private String wish(String query) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/test?" + query))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
        guard.destroy(); // so that the guard later kills no other process with this number
    }
}
