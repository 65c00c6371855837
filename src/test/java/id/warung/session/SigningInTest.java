package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.session.ScriptedTransport.Behaviour;
import org.junit.jupiter.api.Test;

class SigningInTest {
    private final SessionNode node = new SessionNode();

    @Test
    void theFirstWordIsTheServers() {
        Client client = node.connect();
        node.settle();

        assertThat(client.events()).singleElement().satisfies(welcome -> assertThat(welcome)
                .hasToString("{\"type\":\"welcome\",\"version\":\"0.1.0\",\"heartbeatSeconds\":25,"
                        + "\"maxFrameBytes\":65536,\"maxTextChars\":4000}"));
    }

    @Test
    void aClientThatSaysHelloIsSignedIn() {
        Client client = node.connect();
        client.hello("Ana");
        node.settle();

        assertThat(client.heard()).containsExactly("welcome", "signed-in Ana");
        assertThat(client.token()).startsWith("w2.");
    }

    @Test
    void aTokenMakesTheSameUserAgain() {
        Client first = node.connect();
        first.hello("Ana");
        node.settle();
        Client again = node.connect();
        again.helloAgain(first.token());
        node.settle();

        assertThat(again.events("signed-in").get(0).getJsonObject("user"))
                .isEqualTo(first.events("signed-in").get(0).getJsonObject("user"));
    }

    @Test
    void aTakenNameIsNumberedAndFreeAgainWhenItsLastSessionHasEnded() {
        Client ana = node.inLobby("Ana");
        Client second = node.connect();
        second.hello("ana");
        node.settle();
        assertThat(second.heard()).contains("signed-in ana 2");

        ana.session.gone();
        node.settle();
        assertThat(node.nameGivenFor("Ana")).isEqualTo("Ana");
    }

    @Test
    void aNameIsFreedOnceThoughItsSessionEndsInManyWays() {
        Client ana = node.connect();
        ana.hello("Ana");
        node.settle();
        Client alsoAna = node.connect();
        alsoAna.helloAgain(ana.token());
        node.settle();
        ana.session.gone();
        ana.session.gone();
        ana.session.bye();
        node.settle();

        assertThat(node.nameGivenFor("Ana")).as("her other session is here").isEqualTo("Ana 2");
    }

    /** The hello is handled while the session ends: the later of the two must sign out, and only one of them. */
    @Test
    void aHelloThatIsHandledWhileTheSessionEndsFreesItsNameOnce() {
        Client ana = node.connect();
        ana.hello("Ana");
        node.settle();
        Client dying = node.connect();
        dying.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        dying.says("nonsense");
        node.settle();
        for (int n = 0; n < 250; n++) {
            dying.says("nonsense"); // so many answers that the next command waits
        }
        node.settle();
        dying.helloAgain(ana.token());
        node.settle();
        node.executor.whenWokenRunAtOnce(dying.session::gone);
        node.settle();

        assertThat(node.registry.count()).isEqualTo(1);
        assertThat(node.nameGivenFor("Ana")).as("ana is still here").isEqualTo("Ana 2");
    }

    @Test
    void aHelloThatIsHandledAfterTheEndTakesNoName() {
        Client late = node.connect();
        late.hello("Ana");
        late.session.gone();
        node.settle();

        assertThat(node.nameGivenFor("Ana")).isEqualTo("Ana");
    }

    @Test
    void nothingCountsBeforeHello() {
        Client client = node.connect();
        client.join("lobby");
        client.posts("c-1", "hi");
        client.leave("lobby");
        node.settle();

        assertThat(client.heard())
                .containsExactly("welcome", "error not-signed-in", "error not-signed-in c-1", "error not-signed-in");
        assertThat(node.log.groups()).isEmpty();
    }

    @Test
    void helloIsSaidOnce() {
        Client client = node.connect();
        client.hello("Ana");
        client.hello("Budi");
        node.settle();

        assertThat(client.heard()).containsExactly("welcome", "signed-in Ana", "error already-signed-in");
        assertThat(node.nameGivenFor("Budi")).isEqualTo("Budi");
    }

    @Test
    void aBadTokenIsAnErrorAndNotTheEnd() {
        Client client = node.connect();
        client.helloAgain("w1.eyJ.sig");
        client.hello("Ana");
        node.settle();

        assertThat(client.heard()).containsExactly("welcome", "error bad-token", "signed-in Ana");
    }

    @Test
    void framesAreSmallUntilHelloWasSaid() {
        Client client = node.connect();
        assertThat(client.session.maxFrameBytes()).isEqualTo(8_192);

        client.join("lobby");
        client.says("nonsense");
        assertThat(client.session.maxFrameBytes()).isEqualTo(8_192);
        client.hello("Ana");
        assertThat(client.session.maxFrameBytes()).isEqualTo(65_536);
        assertThat(node.connectPlain("lobby").session.maxFrameBytes()).isEqualTo(65_536);
    }

    @Test
    void answersComeInTheOrderOfWhatWasSaidGoodOrBad() {
        Client client = node.connect();
        client.says("[]");
        client.hello("Ana");
        client.says("{\"type\":\"shout\",\"id\":\"c-0\"}");
        client.join("lobby");
        client.posts("c-1", "");
        client.leave("lobby");
        node.settle();

        assertThat(client.heard())
                .containsExactly(
                        "welcome",
                        "error bad-json",
                        "signed-in Ana",
                        "error unknown-command c-0",
                        "joined lobby 0",
                        "error bad-text c-1",
                        "left lobby");
    }
}
