package id.warung.launch;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/dev} in a copy of the sources, beside the libraries of this build. */
class DevIT {
    private static final Pattern ADDRESS = Pattern.compile("open at (http://\\S+)");
    private static final Pattern STYLE = Pattern.compile("href=\"(assets/\\w+/css/page\\.css)\"");

    private final HttpClient browser = HttpClient.newHttpClient();

    @TempDir
    Path copy;

    private Process dev;

    @BeforeEach
    void start() throws IOException {
        copy(Path.of("src/main"));
        copy(Path.of("bin/dev"));
        Files.createDirectory(copy.resolve("target"));
        Files.createSymbolicLink(
                copy.resolve("target/warung"), Path.of("target/warung").toAbsolutePath());
        ProcessBuilder builder = new ProcessBuilder(copy.resolve("bin/dev").toString(), "--port", "0")
                .redirectErrorStream(true)
                .redirectOutput(copy.resolve("out").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WARUNG_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        dev = builder.start();
    }

    @AfterEach
    void end() throws InterruptedException, IOException {
        List<ProcessHandle> all =
                Stream.concat(dev.descendants(), Stream.of(dev.toHandle())).toList();
        dev.destroy();
        dev.waitFor();
        try {
            assertThat(all).as("ended with bin/dev").noneMatch(ProcessHandle::isAlive);
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
            Files.delete(copy.resolve("target/warung")); // the link
        }
    }

    @Test
    void aChangeOfThePageIsThereAtTheNextReloadAndOneOfJavaAfterSeconds() throws IOException, InterruptedException {
        URI first = address(1);
        append("webapp/css/page.css", "#one-more { color: red }");
        assertThat(style(first)).contains("#one-more");
        append("webapp/css/page.css", "#another { color: red }");
        assertThat(style(first)).contains("#one-more", "#another");

        append("java/id/warung/Broken.java", "This does not compile.");
        patiently().until(() -> out().contains("Broken.java:1: error"));
        assertThat(style(first)).as("the one before goes on").contains("#another");

        Files.delete(copy.resolve("src/main/java/id/warung/Broken.java"));
        append("java/id/warung/endpoint/Added.java", """
                package id.warung.endpoint;

                @jakarta.servlet.annotation.WebListener
                public class Added implements jakarta.servlet.ServletContextListener {
                    public void contextInitialized(jakarta.servlet.ServletContextEvent event) {
                        System.out.println("It has been added.");
                    }
                }
                """);
        assertThat(style(address(2))).contains("#another");
        assertThat(out()).contains("It has been added.");
    }

    /** Of the start with this number, waited for. */
    private URI address(int start) throws IOException {
        patiently().until(() -> ADDRESS.matcher(out()).results().count() >= start || !dev.isAlive());
        assertThat(dev.isAlive()).as(out()).isTrue();
        return URI.create(
                ADDRESS.matcher(out()).results().toList().get(start - 1).group(1));
    }

    /** The style sheet that the page links when it is loaded now. */
    private String style(URI address) throws IOException, InterruptedException {
        Matcher link = STYLE.matcher(get(address));
        assertThat(link.find()).isTrue();
        return get(address.resolve(link.group(1)));
    }

    private String get(URI address) throws IOException, InterruptedException {
        HttpResponse<String> response =
                browser.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private String out() throws IOException {
        return Files.readString(copy.resolve("out"));
    }

    private void append(String file, String text) throws IOException {
        Files.writeString(
                copy.resolve("src/main").resolve(file), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void copy(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path file : all.toList()) {
                Files.createDirectories(copy.resolve(file).getParent());
                Files.copy(file, copy.resolve(file));
            }
        }
    }
}
