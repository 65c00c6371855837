package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.User;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sign-ins that end: by themselves, by their users, and while others go on. */
class SignInsTest {
    private final SessionNode node = new SessionNode();

    private String token(String user, Duration validity) {
        return node.tokens.issue(node.tokens.signedIn(new User("s-" + user, user), Set.of("member"), validity));
    }

    private Client with(String token) {
        Client client = node.connect();
        client.helloAgain(token);
        client.join("lobby");
        node.settle();
        client.forget();
        return client;
    }

    /** A hundred at once; somebody speaks all the time, and they answer pings. */
    @Test
    void nothingIsDeliveredAfterASignInHasEndedAndNothingEndsBefore() {
        Client speaker = node.inLobby("Ana");
        List<Client> people = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            people.add(with(token("p" + n, Duration.ofSeconds(60))));
        }
        Client renewed = with(token("renewed", Duration.ofSeconds(60)));
        Client never = node.inLobby("Guest");
        for (int second = 0; second < 130; second++) {
            node.passMs(1_000);
            speaker.posts("second " + second);
            if (second == 50) {
                renewed.helloAgain(token("renewed", Duration.ofSeconds(60)));
            }
            people.forEach(SignInsTest::answers);
            List.of(speaker, renewed, never).forEach(SignInsTest::answers);
            node.settle();
        }
        for (Client person : people) {
            List<String> heard = person.heard();
            assertThat(heard).endsWith("bye 4501");
            assertThat(person.transport.closes()).containsExactly(4501);
            assertThat(person.events("message")).hasSizeBetween(83, 87);
        }
        assertThat(renewed.heard()).contains("signed-in renewed");
        assertThat(renewed.events("message")).hasSize(130);
        assertThat(never.events("message")).hasSize(130);
        assertThat(node.registry.count()).isEqualTo(3);
    }

    /** Anything keeps a quiet connection alive. */
    private static void answers(Client client) {
        client.says("{\"type\":\"pong\",\"n\":0}");
    }

    @Test
    void aTokenThatHasJustEndedCanStillBeRenewed() {
        Client late = with(token("late", Duration.ofSeconds(10))); // in whole seconds: of one, nothing might be left
        node.passMs(20_000);
        late.helloAgain(token("late", Duration.ofSeconds(60)));
        for (int n = 0; n < 12; n++) {
            node.passMs(5_000);
            answers(late);
            node.settle();
        }
        assertThat(late.transport.closes()).isEmpty();
    }

    @Test
    void aNewTokenWithFewerRightsCountsAtOnce() {
        Client boss = node.connect();
        boss.helloAgain(node.tokens.issue(
                node.tokens.signedIn(new User("s-boss", "Boss"), Set.of("moderator"), Duration.ofHours(1))));
        boss.join("lobby");
        Client ana = node.inLobby("Ana");
        ana.posts("c-1", "hi");
        node.settle();
        boss.helloAgain(token("boss", Duration.ofHours(1)));
        boss.does("delete", "lobby", "c-2", "\"seq\":1");
        node.settle();
        assertThat(boss.heard()).contains("error forbidden c-2");
    }

    /** The hello was accepted a moment before the sign-out was stored. */
    @Test
    void aSessionThatOpensWhileItsUserSignsOutEnds() {
        Client first = node.signedIn("Ana");
        Client second = node.connect();
        second.helloAgain(first.token());
        node.executor.runAll();
        node.reading.runAll(); // its token was looked at
        first.says("{\"type\":\"sign-out\"}");
        node.settle();
        assertThat(first.transport.closes()).containsExactly(4500);
        assertThat(second.transport.closes()).containsExactly(4500);
        assertThat(node.registry.count()).isZero();
    }

    @Test
    void signingOutHereLeavesTheOtherSignInsOfTheUser() {
        String token = token("ana", Duration.ofHours(1));
        Client tab = with(token);
        Client otherTab = with(token);
        Client phone = with(token("ana", Duration.ofHours(1)));
        tab.says("{\"type\":\"sign-out\",\"id\":\"c-1\"}");
        tab.posts("c-2", "after all"); // it was said after the end
        node.settle();
        assertThat(tab.transport.closes()).containsExactly(4500);
        assertThat(otherTab.transport.closes()).containsExactly(4500);
        assertThat(phone.transport.closes()).isEmpty();
        phone.posts("c-3", "still here");
        node.settle();
        assertThat(phone.heard()).contains("ack c-3 " + node.log.texts("lobby").size());
    }

    @Test
    void aBackEndDoesNotSignOut() {
        Client builds = node.connect();
        builds.helloAgain(SessionNode.KEY);
        builds.says("{\"type\":\"sign-out\",\"everywhere\":true}");
        node.settle();
        assertThat(builds.heard()).containsExactly("welcome", "signed-in Builds", "error forbidden");
    }

    @Test
    void whileTheStorageFailsNobodyIsSignedOut() {
        Client ana = node.inLobby("Ana");
        node.log.beforeAppend(group -> {
            throw new IOException("away");
        });
        ana.says("{\"type\":\"sign-out\",\"id\":\"c-1\"}");
        node.settle();
        assertThat(ana.heard()).contains("error unavailable c-1");
        assertThat(ana.transport.closes()).isEmpty();
    }
}
