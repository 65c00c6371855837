package id.warung.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.RawSocket;
import id.warung.client.Wire;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packed WAR as a process: what it prints, what it serves, how it ends, and what it leaves behind. */
class ExecutableWarIT {
    private static final int LONG_TEXTS = 20;
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private WarungProcess warung() {
        return new WarungProcess(folder).apart();
    }

    /** Starts it without waiting. */
    private WarungProcess launch(String... arguments) {
        return warung().launch(arguments);
    }

    private String[] anyPort() {
        return new String[] {"--port", "0", "--data", folder.resolve("data").toString()};
    }

    @Test
    void aRenamedWarServesThePageAndTheChat() throws Exception {
        Path renamed = Files.copy(WarungProcess.WAR, folder.resolve("our chat ☕.jar"));
        try (WarungProcess warung = warung().ofWar(renamed).start()) {
            HttpResponse<String> page = get(warung.address());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
            assertThat(page.body()).contains("<title>");
            String room = Person.anyRoom();
            try (Person ana = Person.in(room, warung.chat());
                    Wire plain = Library.TYRUS.connect(URI.create(warung.chat() + "?room=" + room))) {
                plain.text("halo");
                assertThat(ana.next("message").getString("text")).isEqualTo("halo");
                ana.post(room, "你好");
                assertThat(plain.frame().text()).isEqualTo("你好");
            }
            assertThat(warung.out().lines()).hasSize(1);
            assertThat(warung.err()).contains(" INFO ").doesNotContain("Session opened");
        }
    }

    @Test
    void nothingOfTheLauncherAndTheServerIsServed() throws Exception {
        try (WarungProcess warung = warung().start()) {
            for (String path : List.of(
                    "META-INF/MANIFEST.MF",
                    "META-INF/versions/17/id/warung/launch/Main.class",
                    "id/warung/launch/Main.class",
                    "WEB-INF/web.xml",
                    "WEB-INF/server/lib/tomcat-embed-core.library",
                    "WEB-INF/server/classes/id/warung/launch/tomcat/EmbeddedTomcat.class",
                    "web-inf/web.xml",
                    "WEB-INF/",
                    "js/")) {
                assertThat(get(warung.address().resolve(path)).statusCode())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void everyKindOfFileIsNamedAsWhatItIs() throws Exception {
        Map<String, String> types = Map.of(
                "html", "text/html;charset=utf-8",
                "css", "text/css;charset=utf-8",
                "js", "text/javascript;charset=utf-8",
                "mjs", "text/javascript;charset=utf-8",
                "svg", "image/svg+xml",
                "webmanifest", "application/manifest+json",
                "woff2", "font/woff2",
                "png", "image/png");
        Path war = Files.copy(WarungProcess.WAR, folder.resolve("kinds.war"));
        try (FileSystem zip = FileSystems.newFileSystem(war)) {
            for (String extension : types.keySet()) {
                Files.writeString(zip.getPath("a." + extension), "語");
            }
        }
        try (WarungProcess warung = warung().ofWar(war).start()) {
            for (Map.Entry<String, String> type : types.entrySet()) {
                HttpResponse<String> response = get(warung.address().resolve("a." + type.getKey()));
                assertThat(response.headers().firstValue("Content-Type")).hasValue(type.getValue());
            }
        }
    }

    @Test
    void askedToEndItSaysGoodbyeAndIsGoneInTwoSeconds() throws Exception {
        try (WarungProcess warung = warung().start();
                Person ana = Person.in("lobby", warung.chat());
                Wire plain = Library.JDK.connect(warung.chat());
                RawSocket neverAnswers = new RawSocket(warung.chat())) {
            assertThat(neverAnswers.status()).isEqualTo(101);
            ana.post("lobby", "see you");
            long asked = System.nanoTime();
            warung.askToEnd();
            JsonObject bye = ana.next("bye");
            assertThat(bye.getInt("code")).isEqualTo(4000);
            assertThat(bye.getString("reason")).isNotEmpty();
            assertThat(ana.closeCode()).isEqualTo(4000);
            assertThat(plain.closeCode()).isEqualTo(1001);
            assertThat(warung.exitCode()).isEqualTo(128 + 15);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(2));
            assertThat(warung.temporary()).as("what it leaves behind").isEmptyDirectory();
            assertThat(warung.cache().resolve("warung/work")).isEmptyDirectory();
            assertThat(warung.err()).doesNotContain("Exception", "WARNING", "SEVERE");
        }
    }

    /** A text is sent in many parts, each from within the completion of the one before. */
    @Test
    void aLongTextIsSentFromAShallowStack() {
        String room = Person.anyRoom();
        String longText = "x".repeat(4_000);
        try (WarungProcess warung =
                        warung().with("JDK_JAVA_OPTIONS", "-Xss256k").start();
                Person ana = Person.in(room, warung.chat())) {
            for (int seq = 1; seq <= LONG_TEXTS; seq++) {
                ana.post(room, longText);
            }
            try (Person budi = Person.signedIn(warung.chat())) {
                budi.join(room, "\"last\":" + LONG_TEXTS);
                for (int seq = 1; seq <= LONG_TEXTS; seq++) {
                    assertThat(budi.next("message").getInt("seq")).isEqualTo(seq);
                }
            }
            assertThat(warung.err()).doesNotContain("overflow");
        }
    }

    @Test
    void guestsAndMessagesOutliveAnotherStart() {
        String room = Person.anyRoom();
        JsonObject before;
        JsonObject said;
        try (WarungProcess warung = warung().start()) {
            try (Person ana = Person.connect(warung.chat())) {
                before = ana.hello(Person.anyName());
                ana.join(room);
                said = ana.post(room, "still there?");
            }
            warung.stop();
        }
        try (WarungProcess warung = warung().start();
                Person ana = Person.connect(warung.chat())) {
            assertThat(ana.helloAgain(before.getString("token")).getJsonObject("user"))
                    .isEqualTo(before.getJsonObject("user"));
            ana.join(room);
            assertThat(ana.next("message")).isEqualTo(said);
        }
    }

    @Test
    void aDamagedCacheIsPutRight() throws Exception {
        try (WarungProcess warung = launch(anyPort())) {
            warung.awaitAddress();
        }
        try (Stream<Path> cached = Files.walk(folder.resolve("cache"))) {
            for (Path path : cached.filter(Files::isRegularFile).toList()) {
                String name = path.getFileName().toString();
                if (name.endsWith(".library")) {
                    Files.writeString(path, "cut sh");
                } else if (name.endsWith(".jar")) {
                    Files.delete(path);
                } else if (name.endsWith(".html")) {
                    byte[] sameLength = new byte[(int) Files.size(path)];
                    Files.write(path, sameLength);
                }
            }
        }
        try (WarungProcess warung = warung().start()) {
            assertThat(get(warung.address()).body()).contains("<title>");
        }
    }

    @Test
    void twoFirstStartsAtOnceDoEachOtherNoHarm() throws Exception {
        Path another = Files.createDirectory(folder.resolve("another"));
        String cache = folder.resolve("cache").toString();
        try (WarungProcess first = launch(anyPort());
                WarungProcess second = new WarungProcess(another)
                        .apart()
                        .with("XDG_CACHE_HOME", cache)
                        .launch("--port", "0", "--data=" + another)) {
            assertThat(get(first.awaitAddress()).statusCode()).isEqualTo(200);
            assertThat(get(second.awaitAddress()).statusCode()).isEqualTo(200);
        }
        try (Stream<Path> left = Files.list(folder.resolve("cache/warung"))) {
            assertThat(left.filter(path -> !path.endsWith("work")))
                    .as("one directory, and no half-written files")
                    .hasSize(1);
        }
    }

    @Test
    void whereTheCacheCannotBeWrittenItRunsFromItsDataFolder() throws Exception {
        Path file = Files.createFile(folder.resolve("a file, no folder"));
        try (WarungProcess warung =
                warung().with("XDG_CACHE_HOME", file.toString()).start()) {
            assertThat(get(warung.address()).statusCode()).isEqualTo(200);
            assertThat(warung.data().resolve("work")).isNotEmptyDirectory();
            warung.stop();
            assertThat(warung.data().resolve("work")).isEmptyDirectory();
            assertThat(warung.temporary()).isEmptyDirectory();
        }
    }

    @Test
    void aPortInUseIsOneClearSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = String.valueOf(taken.getLocalPort());
            try (WarungProcess warung = launch("--port", port, "--data", folder.toString())) {
                assertThat(warung.exitCode()).isEqualTo(1);
                assertThat(warung.err().lines()).hasSize(1);
                assertThat(warung.err()).contains(port, "--port");
                assertThat(warung.out()).isEmpty();
                assertThat(warung.temporary()).isEmptyDirectory();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nosuch.invalid, 2, \"nosuch.invalid\"",
        "192.0.2.1, 1, 192.0.2.1 is not an address of this machine",
        "2001:db8::1, 1, Warung cannot listen on [2001:db8::1]"
    })
    void aHostThatIsNotThisMachineIsOneClearSentence(String host, int exitCode, String sentence) {
        try (WarungProcess warung = launch("--host", host, "--port", "0", "--data", folder.toString())) {
            assertThat(warung.exitCode()).isEqualTo(exitCode);
            assertThat(warung.err().lines()).hasSize(1);
            assertThat(warung.err()).contains(sentence, "--host");
            assertThat(warung.out()).isEmpty();
            assertThat(warung.temporary()).isEmptyDirectory();
        }
    }

    @Test
    void anAddressOfAKindThatThisMachineDoesNotHaveIsOneClearSentence() {
        try (WarungProcess warung = warung().with("JDK_JAVA_OPTIONS", "-Djava.net.preferIPv4Stack=true")
                .launch("--host", "::1", "--port", "0", "--data", folder.toString())) {
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(warung.err().lines())
                    .filteredOn(line -> !line.startsWith("NOTE:")) // the JVM's, about its options
                    .hasSize(1);
            assertThat(warung.err()).contains("Warung cannot listen on [::1]", "--host");
            assertThat(warung.out()).isEmpty();
        }
    }

    @Test
    void itListensOnTheAddressThatItIsGivenAndNoOther() throws Exception {
        try (WarungProcess warung = launch("--host", "127.0.0.1", "--port", "0", "--data", folder.toString())) {
            assertThat(warung.awaitAddress().getHost()).isEqualTo("127.0.0.1");
            assertThat(get(warung.address()).statusCode()).isEqualTo(200);
            URI elsewhere = URI.create("http://127.0.0.2:" + warung.address().getPort());
            assertThatThrownBy(() -> get(elsewhere)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void anUnknownSettingIsAWarningAndAnInvalidOnePreventsTheStart() {
        try (WarungProcess warung = warung().with("WARUNG_MODERATOR", "u-1").start()) {
            assertThat(warung.err())
                    .contains("WARNING", "WARUNG_MODERATOR has no effect", "Did you mean WARUNG_MODERATORS?");
        }
        try (WarungProcess warung =
                warung().with("WARUNG_ALLOWED_ORIGINS", "www.example.org").launch(anyPort())) {
            assertThat(warung.exitCode()).isEqualTo(1);
            assertThat(warung.err().lines()).hasSize(1);
            assertThat(warung.err()).contains("warung.allowed-origins", "https://www.example.org");
        }
    }

    @Test
    void theEnvironmentNamesPortAndDataAndTheCommandLineWins() throws IOException {
        Path data = folder.resolve("of the environment");
        try (ServerSocket taken = new ServerSocket(0);
                WarungProcess warung = warung().with("WARUNG_PORT", String.valueOf(taken.getLocalPort()))
                        .with("WARUNG_DATA", data.toString())
                        .launch("--port=0")) {
            assertThat(warung.awaitAddress().getPort()).isNotEqualTo(taken.getLocalPort());
            assertThat(data).isNotEmptyDirectory();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--prot, 2, There is no option --prot",
        "run, 2, There is no option run",
        "--port=eighty, 2, '--port must be a number from 0 to 65535, not \"eighty\"'",
        "--port=65536, 2, --port must be a number from 0 to 65535",
        "--data, 2, --data needs a value",
    })
    void aSlipOnTheCommandLineIsOneClearSentence(String argument, int exitCode, String sentence) {
        try (WarungProcess warung = launch(argument)) {
            assertThat(warung.exitCode()).isEqualTo(exitCode);
            assertThat(warung.err()).startsWith(sentence);
            assertThat(warung.err().lines()).hasSize(1);
            assertThat(warung.out()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"--help, Usage: java -jar warung.war", "--version, Warung 0."})
    void helpAndVersionAreSaid(String argument, String beginning) {
        try (WarungProcess warung = launch(argument)) {
            assertThat(warung.exitCode()).isZero();
            assertThat(warung.out()).startsWith(beginning);
            assertThat(warung.err()).isEmpty();
        }
    }

    /** The version is on the command line, sent to clients, and in the log. */
    @Test
    void theVersionIsTheSameWhereverItIsSaid() {
        String named;
        try (WarungProcess warung = launch("--version")) {
            assertThat(warung.exitCode()).isZero();
            named = warung.out().strip();
        }
        try (WarungProcess warung = warung().start();
                Person ana = Person.connect(warung.chat())) {
            assertThat("Warung " + ana.welcome().getString("version")).isEqualTo(named);
            assertThat(warung.err()).contains(named + " is ready");
        }
    }

    private static HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return BROWSER.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
