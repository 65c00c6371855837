package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.ServerProcess;
import id.warung.client.Wire;
import id.warung.kit.WarungProcess;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An administrator undeploys the WAR while users talk. */
@ArquillianTest
class GoodbyeIT {
    private static final String WARUNG = "warung";
    /** Has objects as long as the class is loaded. */
    private static final String CLASS = "id.warung.endpoint.HttpContainer";

    /**
     * A worker thread of a server keeps the last task and its class loader until it has been idle long enough to end. In WildFly 60 s, which
     * {@link WarungProcess#patiently()} does not outlast.
     */
    private static final Duration IDLE_WORKERS_END = Duration.ofMinutes(3);

    private static final int MAY_STAY = 5;

    private static final int RESTARTING = 4000;
    private static final int GOING_AWAY = 1001;

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = WARUNG, managed = false, testable = false)
    static WebArchive packedWar() {
        return OnServer.packedWar();
    }

    @BeforeEach
    void itIsDeployed() {
        deployer.deploy(WARUNG);
    }

    @Test
    void everybodyIsToldBeforeTheConnectionGoes(@ArquillianResource @OperateOnDeployment(WARUNG) URL deployed) {
        URI chat = URI.create("ws" + deployed.toString().substring("http".length()))
                .resolve("chat");
        String room = Person.anyRoom();
        try (Person ana = Person.in(room, chat);
                Person budi = Person.connect(Library.TYRUS, chat, Person.V1_BIN);
                Wire plain = Library.JDK.connect(chat)) {
            ana.post(room, "see you");

            deployer.undeploy(WARUNG);

            for (Person person : new Person[] {ana, budi}) {
                JsonObject bye = person.next("bye");
                assertThat(bye.getInt("code")).isEqualTo(RESTARTING);
                assertThat(bye.getInt("reconnectAfterMs")).isPositive();
                assertThat(person.closeCode()).isEqualTo(RESTARTING);
            }
            assertThat(plain.closeCode()).isEqualTo(GOING_AWAY);
        }
    }

    /**
     * Otherwise a server to which it is deployed again and again would run out of memory. A few may stay, never more: in JDK 17 a method handle
     * of the platform keeps the record class that was compared last, and each of WildFly's two worker threads that never end keeps the class
     * loader of whoever had it started and the last task that it ran.
     */
    @Test
    @Tag("deployed-again")
    void deployedAgainAndAgainItDoesNotPileUp(@ArquillianResource @OperateOnDeployment(WARUNG) URL deployed)
            throws Exception {
        ServerProcess server = ServerProcess.listeningOn(deployed.getPort());
        isUsed(deployed);
        assertThat(server.classesNamed(CLASS)).isPositive();
        deployer.undeploy(WARUNG);
        for (int again = 0; again < MAY_STAY; again++) {
            deployer.deploy(WARUNG);
            isUsed(deployed);
            deployer.undeploy(WARUNG);
        }

        WarungProcess.patiently()
                .atMost(IDLE_WORKERS_END)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(server.classesNamed(CLASS)).isLessThanOrEqualTo(MAY_STAY));
    }

    private static void isUsed(URL deployed) throws Exception {
        URI chat = URI.create("ws" + deployed.toString().substring("http".length()))
                .resolve("chat");
        String room = Person.anyRoom();
        try (Person ana = Person.in(room, chat)) {
            ana.post(room, "over WebSocket");
            HttpRequest post = HttpRequest.newBuilder(deployed.toURI().resolve("api/rooms/" + room + "/messages"))
                    .header("Authorization", "Bearer " + ana.token())
                    .header("Content-Type", "text/plain")
                    .POST(BodyPublishers.ofString("over HTTP"))
                    .build();
            assertThat(HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()
                            .send(post, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(201);
        }
    }
}
