package id.warung.drill;

import static id.warung.kit.WarungProcess.patiently;
import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Person;
import id.warung.kit.AppServer;
import id.warung.kit.AppServer.Kind;
import id.warung.kit.Cluster;
import id.warung.kit.DocumentedScript;
import id.warung.kit.PostgresServer;
import id.warung.kit.Scale;
import id.warung.kit.WarungProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool of connections that is the server's: made as docs/deploy.md says, used by Warung, and left alone when Warung goes. */
class ClusterPoolIT {
    private static final Path DOCUMENT = Path.of("docs/deploy.md");
    private static final int DEPLOYMENTS = Scale.of(1, 3);
    private static final String OURS = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'warung'";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private PostgresServer postgres;

    @BeforeEach
    void start() throws IOException {
        postgres = PostgresServer.startedIn(folder.resolve("postgres"));
        postgres.query("CREATE ROLE warung LOGIN PASSWORD 'secret'");
        postgres.query("GRANT CREATE ON DATABASE warung TO warung");
        Files.copy(WarungProcess.WAR, folder.resolve("warung.war"));
        DocumentedScript.run(documented("the driver"), folder, Map.of());
    }

    @AfterEach
    void end() {
        postgres.close();
    }

    static Stream<Kind> servers() {
        return Scale.FULL ? Stream.of(Kind.values()) : Stream.of(Kind.WILDFLY);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void usersChatThroughItAndNoThreadOrConnectionOfWarungRemainsWhenItIsUndeployed(Kind kind) {
        if (kind == Kind.PAYARA_MICRO) {
            usersChatThroughAPoolWhichEndsWithItsServer();
            return;
        }
        try (AppServer server = new AppServer(kind, folder.resolve("server"))) {
            String pool = documented("a pool of " + (kind == Kind.TOMCAT ? "Tomcat" : "WildFly"));
            DocumentedScript.run(pool, folder, server.environment());
            if (kind == Kind.WILDFLY) {
                server.with("WARUNG_DB", "java:/warung");
            }
            server.start();
            patiently().until(() -> Cluster.status(server.http("")) > 0);
            String room = Person.anyRoom();
            for (int deployment = 1; deployment <= DEPLOYMENTS; deployment++) {
                Path deployed = deploy(kind, server);
                server.awaitReady("warung/");
                isHealthy(server.http("warung/health/ready"));
                chats(server.chat("warung/"), room, deployment);
                delete(deployed);
                noThreadOrConnectionRemains(server);
            }
        }
    }

    /** Payara Micro deploys once, and undeploys nothing. */
    private void usersChatThroughAPoolWhichEndsWithItsServer() {
        DocumentedScript.run(documented("a pool of Payara Micro"), folder, Map.of());
        try (AppServer server = new AppServer(Kind.PAYARA_MICRO, folder.resolve("server"))
                .with("WARUNG_DB", "jdbc/warung")
                .withArguments("--addLibs", folder + "/postgresql.jar")
                .withArguments("--postBootCommandFile", folder + "/pool.asadmin")) {
            server.start();
            server.awaitReady("");
            isHealthy(server.http("health/ready"));
            chats(server.chat(), Person.anyRoom(), 1);
            server.stop();
            patiently().until(() -> postgres.query(OURS).equals("0"));
        }
    }

    /** As docs/deploy.md says; deleting the file undoes it. */
    private Path deploy(Kind kind, AppServer server) {
        if (kind == Kind.WILDFLY) {
            server.deploy("warung.war");
            return server.home().resolve("standalone/deployments/warung.war");
        }
        Path context = server.home().resolve("conf/Catalina/localhost/warung.xml");
        if (!Files.exists(context)) {
            DocumentedScript.run(documented("a pool of Tomcat"), folder, server.environment());
        }
        return context;
    }

    /** Two users, of whom one hears of the other's message by a hint; the room has one message of each deployment. */
    private void chats(URI chat, String room, int deployment) {
        try (Person ana = Person.in(room, chat);
                Person budi = Person.in(room, chat)) {
            assertThat(ana.post(room, "hello").getInt("seq")).isEqualTo(deployment);
            assertThat(budi.next("message").getInt("seq")).isEqualTo(deployment);
            assertThat(postgres.query(OURS + " AND query LIKE 'LISTEN%'")).isEqualTo("1");
        }
    }

    private void noThreadOrConnectionRemains(AppServer server) {
        patiently().until(() -> Cluster.status(server.http("warung/health/ready")) == 404);
        patiently().untilAsserted(() -> assertThat(server.diagnosed("Thread.print"))
                .contains("Reference Handler")
                .doesNotContain("\"warung-", "id.warung."));
        patiently()
                .untilAsserted(() -> assertThat(postgres.query(OURS + " AND (state <> 'idle' OR query LIKE 'LISTEN%')"))
                        .as("connections that are not idle in the pool")
                        .isEqualTo("0"));
        assertThat(server.log()).doesNotContain("memory leak");
    }

    private static void isHealthy(URI health) {
        patiently().untilAsserted(() -> assertThat(get(health)).isEqualTo("{\"status\":\"ready\"}"));
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String get(URI uri) {
        try (InputStream body = uri.toURL().openStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String documented(String comment) {
        return DocumentedScript.below(DOCUMENT, comment)
                .replace("/opt/warung", folder.toString())
                .replace("db.example.org", "127.0.0.1")
                .replace("5432", Integer.toString(postgres.port()));
    }
}
