package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the system tells no folders, wrong ones or unusable ones: Warung runs, or says in one sentence why it does not. */
class FoldersIT {
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private Path aFile;
    private Path cache;

    @BeforeEach
    void names() throws IOException {
        aFile = Files.createFile(folder.resolve("a file, no folder"));
        cache = folder.resolve("the cache");
    }

    private WarungProcess warung() throws IOException {
        return new WarungProcess(Files.createDirectories(folder.resolve("process")));
    }

    /** With a cache of this test. */
    private WarungProcess withItsCache(String name) throws IOException {
        return new WarungProcess(Files.createDirectories(folder.resolve(name)))
                .with("XDG_CACHE_HOME", cache.toString());
    }

    private static void works(WarungProcess warung) throws IOException, InterruptedException {
        for (String path : List.of("", "index.html", "api/rooms", "health/ready", "js/app.js")) {
            HttpRequest request = HttpRequest.newBuilder(warung.http(path)).build();
            assertThat(BROWSER.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        String room = Person.anyRoom();
        try (Person ana = Person.in(room, warung.chat())) {
            assertThat(ana.post(room, "still here").getString("text")).isEqualTo("still here");
        }
    }

    /** It ends with a sentence and nothing else. */
    private static void saysWhy(WarungProcess warung, int exitCode, String... parts) {
        assertThat(warung.exitCode()).isEqualTo(exitCode);
        assertThat(warung.err().lines().filter(line -> !line.startsWith("NOTE:"))) // the JVM's, about its options
                .singleElement()
                .asString()
                .contains(parts)
                .endsWith(".")
                .doesNotContain("Exception", "\r");
        assertThat(warung.out()).isEmpty();
    }

    private static String tmpdir(Path path) {
        return "\"-Djava.io.tmpdir=" + path + "\"";
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "a file, no folder"})
    void itNeedsNoTemporaryFolder(String tmpdir) throws Exception {
        Path given = folder.resolve(tmpdir);
        try (WarungProcess warung =
                warung().with("JDK_JAVA_OPTIONS", tmpdir(given)).start()) {
            works(warung);
        }
    }

    @Test
    void withoutACacheAndATemporaryFolderItUsesTheDataFolder() throws Exception {
        try (WarungProcess warung = warung().with("XDG_CACHE_HOME", aFile.toString())
                .with("JDK_JAVA_OPTIONS", tmpdir(folder.resolve("missing/too")) + " -Duser.home=?")
                .start()) {
            works(warung);
            assertThat(warung.data().resolve("work")).isNotEmptyDirectory();
            warung.stop();
            assertThat(warung.data().resolve("work")).isEmptyDirectory();
        }
    }

    @Test
    void withoutAnyFolderItSaysWhyNot() throws IOException {
        try (WarungProcess warung = warung().with("XDG_CACHE_HOME", aFile.toString())
                .with("JDK_JAVA_OPTIONS", tmpdir(aFile))
                .launch("--port", "0", "--data", aFile.resolve("data").toString())) {
            saysWhy(warung, 1, "There is no folder for temporary files", aFile.toString(), "XDG_CACHE_HOME");
        }
    }

    @Test
    void whatAKilledProcessLeavesIsRemovedAtTheNextStartAndNothingOfALivingOne() throws Exception {
        Path work = cache.resolve("warung/work");
        try (WarungProcess living = withItsCache("living").start();
                WarungProcess killed = withItsCache("killed").start()) {
            List<Path> both = list(work);
            assertThat(both).hasSize(2);
            killed.kill();
            assertThat(list(work)).as("nothing cleans up yet").hasSize(2);
            killed.startAgain();
            assertThat(list(work)).hasSize(2).doesNotContainSequence(both);
            killed.kill();
            works(living);
            living.stop();
            assertThat(list(work)).hasSize(1);
            killed.startAgain().stop();
            assertThat(list(work)).isEmpty();
        }
    }

    @Test
    void emptiedFoldersDoNotStopARunningServer() throws Exception {
        try (WarungProcess warung = withItsCache("emptied").start()) {
            works(warung);
            for (Path left : list(cache.resolve("warung/work"))) {
                empty(left);
            }
            works(warung);
            warung.stop();
            assertThat(warung.exitCode()).isEqualTo(128 + 15);
            assertThat(warung.err()).doesNotContain("Exception", "WARNING");
        }
    }

    @Test
    void aHomeThatJavaDoesNotKnowIsThatOfTheEnvironment() throws Exception {
        Path home = Files.createDirectory(folder.resolve("home"));
        WarungProcess unknown = warung().with("JDK_JAVA_OPTIONS", "-Duser.home=?");
        try (WarungProcess warung =
                unknown.with("HOME", home.toString()).with("XDG_CACHE_HOME", "").launch("--port", "0")) {
            warung.awaitAddress();
            works(warung);
            assertThat(home.resolve(".warung/warung.db")).isNotEmptyFile();
            assertThat(home.resolve(".cache/warung")).isNotEmptyDirectory();
        }
        try (WarungProcess warung = unknown.with("HOME", "").launch("--port", "0")) {
            saysWhy(warung, 2, "home folder of this user is unknown", "--data", "WARUNG_DATA");
        }
        assertThat(Path.of("?")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "backup", "new-epoch"})
    void aLineEndInAPathIsRefusedBeforeAnythingIsMade(String action) throws IOException {
        Path data = folder.resolve("data of windows");
        String to = folder.resolve("copy").toString();
        String[] arguments = action.equals("run")
                ? new String[] {"--port", "0"}
                : action.equals("backup") ? new String[] {action, "--to", to} : new String[] {action};
        try (WarungProcess warung = warung().with("WARUNG_DATA", data + "\r").launch(arguments)) {
            saysWhy(warung, 2, "WARUNG_DATA", "data of windows\\r");
        }
        assertThat(list(folder)).noneMatch(path -> path.getFileName().toString().startsWith("data of"));
    }

    /** In the locale C, Java cannot name a file with letters outside ASCII. */
    @Test
    void lettersThatTheLocaleDoesNotHaveAreExplained() throws Exception {
        String data = folder.resolve("daté").toString();
        try (WarungProcess warung = warung().with("LC_ALL", "C").launch("--port", "0", "--data", data)) {
            saysWhy(warung, 2, "--data", "LC_ALL=C.UTF-8");
        }
        try (WarungProcess warung =
                warung().with("LC_ALL", "C").with("WARUNG_DATA", data).launch("--port", "0")) {
            saysWhy(warung, 2, "WARUNG_DATA", "LC_ALL=C.UTF-8");
        }
        try (WarungProcess warung = warung().with("LC_ALL", "C")
                .with("XDG_CACHE_HOME", folder.resolve("caché").toString())
                .with("HOME", data)
                .with("JDK_JAVA_OPTIONS", "\"-Duser.home=" + data + "\"")
                .start()) {
            works(warung);
        }
        assertThat(list(folder)).noneMatch(path -> path.getFileName().toString().contains("?"));
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        }
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(folder)) {
                    Files.delete(path);
                }
            }
        }
    }
}
