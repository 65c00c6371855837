package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.identity.Identity;
import id.warung.protocol.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A server with room for 40 sessions: ten for those who have not said hello, twenty for guests, and ten for nobody else than known users. */
class StrangersTest {
    private static final int MOST = 40;

    private final SessionNode node = SessionNode.withSessions(MOST);
    private final List<Client> all = new ArrayList<>();

    private Client arrives() {
        Client client = node.connect();
        all.add(client);
        node.settle();
        return client;
    }

    private Client knownUser() {
        Client client = arrives();
        User user = new User("s-" + all.size(), "Known " + all.size());
        client.helloAgain(node.tokens.issue(new Identity(
                user,
                Set.of("member"),
                Optional.empty(),
                Instant.now(),
                Instant.now().plusSeconds(3_600),
                "in-1")));
        node.settle();
        return client;
    }

    private long open() {
        return all.stream()
                .filter(client -> client.transport.closes().isEmpty())
                .count();
    }

    @Test
    void whereManyArriveTheOneThatHasWaitedLongestForItsHelloGivesWay() {
        for (int n = 0; n < 12; n++) {
            arrives();
        }
        assertThat(all.subList(0, 2)).allSatisfy(client -> {
            assertThat(client.heard()).containsExactly("welcome", "bye 4003");
            assertThat(client.transport.closes()).containsExactly(4003);
        });
        assertThat(open()).isEqualTo(10);
        all.get(2).hello("Ana");
        node.settle();
        assertThat(all.get(2).heard()).contains("signed-in Ana");
    }

    @Test
    void guestsHaveHalfAndAreToldToComeAgain() {
        for (int n = 0; n < 20; n++) {
            arrives().hello("Guest " + n);
        }
        node.settle();
        Client late = arrives();
        late.hello("Late");
        node.settle();
        assertThat(late.heard()).endsWith("error busy");
        assertThat(late.events("error").get(0).getInt("retryAfterMs")).isEqualTo(5_000);
        Client plain = node.connectPlain("lobby");
        node.settle();
        assertThat(plain.transport.closes()).containsExactly(1013);

        all.get(0).session.gone();
        late.hello("Late");
        node.settle();
        assertThat(late.heard()).endsWith("signed-in Late");
    }

    /** Whatever strangers do, from however many addresses, a known user comes in. */
    @Test
    void aQuarterIsLeftForKnownUsers() {
        for (int n = 0; n < 200; n++) {
            arrives();
            if (n % 2 == 0) {
                all.get(n).hello("Guest " + n);
                node.settle();
            }
        }
        assertThat(open()).isLessThanOrEqualTo(MOST * 3 / 4);
        for (int n = 0; n < MOST / 4; n++) {
            assertThat(knownUser().heard()).anyMatch(event -> event.startsWith("signed-in Known"));
        }
        assertThat(node.registry.count()).isLessThanOrEqualTo(MOST);
    }

    @Test
    void nothingIsCountedOfThoseWhoLeft() {
        for (int n = 0; n < 15; n++) {
            arrives().hello("Guest " + n);
        }
        knownUser();
        node.settle();
        all.forEach(client -> client.session.gone());
        node.settle();
        assertThat(node.registry.strangers()).isZero();
    }
}
