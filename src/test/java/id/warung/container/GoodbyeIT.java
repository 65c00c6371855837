package id.warung.container;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.client.Library;
import id.warung.client.Person;
import id.warung.client.Wire;
import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An administrator undeploys the WAR while users talk. */
@ArquillianTest
class GoodbyeIT {
    private static final String WARUNG = "warung";
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
}
