package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.User;
import id.warung.session.ScriptedTransport.Behaviour;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A user has ten sessions at a time; with the next one, the oldest gives way. */
class SessionsOfUserTest {
    private final SessionNode node = new SessionNode(new Rates(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 10));

    private List<Client> sessions(User user, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> {
                    Client client = node.connect();
                    client.helloAgain(node.tokens.ofGuest(user, Instant.now()));
                    client.join("lobby");
                    node.settle();
                    return client;
                })
                .toList();
    }

    @Test
    void theOldestGivesWayAndIsToldSo() {
        User ana = new User("u-ana", "Ana");
        List<Client> all = sessions(ana, 12);

        assertThat(all.subList(0, 2)).allSatisfy(client -> {
            assertThat(client.heard()).endsWith("bye 4505");
            assertThat(client.transport.closes()).containsExactly(4505);
        });
        assertThat(all.subList(2, 12)).allSatisfy(client -> {
            assertThat(client.transport.closes()).isEmpty();
            assertThat(client.events("signed-in").get(0).getJsonObject("user").getString("id"))
                    .isEqualTo("u-ana");
        });
        assertThat(node.registry.count()).isEqualTo(10);
        all.get(11).posts("c-1", "still here");
        node.settle();
        assertThat(all.get(11).heard()).contains("ack c-1 1");
    }

    @Test
    void othersKeepTheirs() {
        List<Client> budis = sessions(new User("u-budi", "Budi"), 10);
        sessions(new User("u-ana", "Ana"), 11);
        assertThat(budis)
                .allSatisfy(client -> assertThat(client.transport.closes()).isEmpty());
    }

    @Test
    void aSessionThatEndedDoesNotCount() {
        User ana = new User("u-ana", "Ana");
        List<Client> all = sessions(ana, 10);
        all.subList(0, 5).forEach(client -> client.session.gone());
        node.settle();
        List<Client> more = sessions(ana, 5);
        assertThat(all.get(5).transport.closes()).isEmpty();
        assertThat(more)
                .allSatisfy(client -> assertThat(client.transport.closes()).isEmpty());
        sessions(ana, 1);
        assertThat(all.get(5).transport.closes()).containsExactly(4505);
    }

    /** It is closed when its send times out; the others need not wait for that. */
    @Test
    void oneThatReadsNothingGivesWayToo() {
        User ana = new User("u-ana", "Ana");
        Client stuck = sessions(ana, 1).get(0);
        stuck.transport.behaves(Behaviour.COMPLETES_WHEN_TOLD);
        List<Client> more = sessions(ana, 11);
        assertThat(more.get(0).transport.closes()).containsExactly(4505);
        node.passMs(30_000);
        assertThat(stuck.transport.closes()).hasSize(1);
    }

    @Test
    void nothingIsKeptOfAUserWhoLeft() {
        List<Client> all = sessions(new User("u-ana", "Ana"), 12);
        node.signedIn("Budi").session.gone();
        assertThat(node.userSessions.count()).isEqualTo(1);
        all.forEach(client -> client.session.gone());
        node.settle();
        assertThat(node.userSessions.count()).isZero();
    }
}
