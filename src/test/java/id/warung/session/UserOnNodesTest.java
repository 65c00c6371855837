package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Accounts;
import id.warung.log.Accounts.Account;
import id.warung.protocol.User;
import id.warung.session.UserSessions.Device;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One user on several nodes: their limits, their sessions, and their sign-outs. */
class UserOnNodesTest {
    private static final User ANA = new User("u-ana", "Ana");
    private static final User PERSON = new User("s-ana", "Ana");
    private static final int POSTS = 8; // each second
    private static final int BURST = 20;
    private static final int SOCKETS = 6;

    private final List<SessionNode> nodes = new ArrayList<>();
    private final Map<SessionNode, Map<String, String>> said = new HashMap<>(); // by user

    private SessionNode newNode() {
        SessionNode node = new SessionNode(new Rates(POSTS, BURST, 0, 0, 0, 0, 0, 0, 0, 0, SOCKETS));
        said.put(node, new HashMap<>());
        node.userSessions.tellOthers((user, text) -> said.get(node).put(user, text));
        node.limits.share(node.userSessions);
        nodes.add(node);
        return node;
    }

    /** All nodes hear what the others have said. */
    private void exchange() {
        for (SessionNode node : nodes) {
            said.get(node).keySet().forEach(user -> node.userSessions.setElsewhere(user, elsewhere(node, user)));
            node.settle();
        }
    }

    private List<String> elsewhere(SessionNode node, String user) {
        return nodes.stream()
                .filter(other -> other != node)
                .map(other -> said.get(other).getOrDefault(user, ""))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static Client comes(SessionNode node, String token) {
        Client client = node.connect();
        client.helloAgain(token);
        client.join("lobby");
        node.settle();
        return client;
    }

    private static Client comes(SessionNode node) {
        return comes(node, node.tokens.ofGuest(ANA, Instant.now()));
    }

    private int posted(List<Client> clients, int eachPosts) {
        int acks = 0;
        for (int n = 0; n < clients.size(); n++) {
            Client client = clients.get(n);
            client.forget();
            int before = nodes.get(n).log.texts("lobby").size();
            for (int post = 0; post < eachPosts; post++) {
                client.posts("hi");
            }
            nodes.get(n).settle();
            acks += nodes.get(n).log.texts("lobby").size() - before;
        }
        return acks;
    }

    /** Until the nodes know of each other, each of them gives what one node gives; then all of them together do. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aUserOnSeveralNodesMayPostAsMuchAsOnOne(int count) {
        List<Client> clients =
                IntStream.range(0, count).mapToObj(n -> comes(newNode())).toList();
        assertThat(posted(clients, 2 * BURST)).isEqualTo(count * BURST); // the worst case
        exchange();
        int acks = 0;
        for (int second = 0; second < 20; second++) {
            nodes.forEach(node -> node.clock.moveMs(1_000));
            acks += posted(clients, 2 * BURST);
        }
        // a bucket that was emptied as a whole is filled first
        assertThat(acks).isBetween(18 * POSTS, 20 * POSTS + count);
        nodes.forEach(node -> node.clock.moveMs(60_000));
        assertThat(posted(clients, 2 * BURST)).isBetween(BURST - count, BURST + count);
    }

    @Test
    void whoHasLeftTheOtherNodesHasTheirWholeLimitAgain() {
        SessionNode a = newNode();
        SessionNode b = newNode();
        Client here = comes(a);
        Client there = comes(b);
        exchange();
        assertThat(a.userSessions.nodesOf("u-ana")).isEqualTo(2);
        there.session.gone();
        b.settle();
        exchange();
        assertThat(a.userSessions.nodesOf("u-ana")).isEqualTo(1);
        assertThat(posted(List.of(here), 2 * BURST)).isEqualTo(BURST);
    }

    /** Over HTTP there are no sessions; who posts on several nodes is on them for a while. */
    @Test
    void whoPostsWithoutASessionIsOnTheNodeToo() {
        SessionNode a = newNode();
        SessionNode b = newNode();
        comes(a);
        b.limits.post(ANA, "lobby", null);
        exchange();
        assertThat(a.userSessions.nodesOf("u-ana")).isEqualTo(2);
        assertThat(a.userSessions.devicesOf("u-ana", elsewhere(a, "u-ana"))).hasSize(1);
        b.clock.moveMs(10_000);
        b.userSessions.forgetActing(b.clock.getAsLong());
        exchange();
        assertThat(a.userSessions.nodesOf("u-ana")).isEqualTo(1);
    }

    @Test
    void ofTooManySessionsTheOldestOnesGiveWayWhereverTheyAre() throws InterruptedException {
        SessionNode a = newNode();
        SessionNode b = newNode();
        List<Client> all = new ArrayList<>();
        for (int n = 0; n < 10; n++) {
            Instant before = Instant.now();
            while (Instant.now().toEpochMilli() == before.toEpochMilli()) {
                Thread.onSpinWait(); // each has an age of its own
            }
            all.add(comes(n % 2 == 0 ? a : b));
        }
        exchange();
        exchange();
        assertThat(all.subList(0, 4))
                .allSatisfy(old -> assertThat(old.transport.closes()).containsExactly(4505));
        assertThat(all.subList(4, 10))
                .allSatisfy(client -> assertThat(client.transport.closes()).isEmpty());
    }

    private final Map<String, Account> accounts = new HashMap<>();

    private final Accounts directory = new Accounts() {
        @Override
        public Account account(String id) {
            return accounts.get(id);
        }

        @Override
        public Set<String> takenKeys(Collection<String> keys) {
            return Set.of();
        }
    };

    /** What the poll of the inboxes does once a second for those that have changed, and for those who have just come. */
    private void look(SessionNode node) {
        try {
            node.signOuts.check(node.userSessions.users(), directory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        node.settle();
    }

    private static String token(SessionNode node) {
        return node.tokens.issue(node.tokens.signedIn(PERSON, Set.of("member"), Duration.ofHours(1)));
    }

    private static String signInOf(SessionNode node) {
        return node.userSessions.of("s-ana").get(0).identity().signIn();
    }

    @Test
    void whoSignsOutEverywhereOnAnotherNodeIsSignedOutHere() {
        SessionNode node = newNode();
        Client client = comes(node);
        accounts.put("u-ana", new Account(ANA, 0, Set.of()));
        look(node);
        assertThat(client.transport.closes()).isEmpty();
        accounts.put("u-ana", new Account(ANA, Instant.now().getEpochSecond() + 1, Set.of()));
        look(node);
        assertThat(client.heard()).endsWith("bye 4500");
        assertThat(client.transport.closes()).containsExactly(4500);
    }

    /** The code says whether they did it here, in another tab, or on another device. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSignInThatEndsOnAnotherNodeEndsHereAndNoOther(boolean revoked) {
        SessionNode node = newNode();
        Client phone = comes(node, token(node));
        String ended = signInOf(node);
        Client laptop = comes(node, token(node));
        Set<String> stored = revoked ? Set.of(ended, "4502 " + ended) : Set.of(ended);
        accounts.put("s-ana", new Account(PERSON, 0, stored));
        look(node);
        assertThat(phone.transport.closes()).containsExactly(revoked ? 4502 : 4500);
        assertThat(laptop.transport.closes()).isEmpty();
    }

    /** The token was looked at before the sign-out was committed elsewhere, and the session is there afterwards. */
    @Test
    void aSessionThatOpensWhileItsUserSignsOutOnAnotherNodeEnds() {
        SessionNode node = newNode();
        Client client = node.connect();
        client.helloAgain(node.tokens.ofGuest(ANA, Instant.now()));
        node.executor.runAll(); // its account, as it was then, is good
        assertThat(node.userSessions.users()).isEmpty();
        accounts.put("u-ana", new Account(ANA, Instant.now().getEpochSecond() + 1, Set.of()));
        look(node); // nobody is there yet
        node.settle();
        assertThat(client.transport.closes()).isEmpty();
        look(node); // who has just come is looked at
        assertThat(client.transport.closes()).containsExactly(4500);
    }

    @Test
    void devicesOnAllNodesAreListedAndBelongTogether() {
        SessionNode a = newNode();
        SessionNode b = newNode();
        String token = token(a);
        comes(a, token);
        comes(b, token);
        comes(b, token(b));
        exchange();
        List<Device> devices = a.userSessions.devicesOf("s-ana", elsewhere(a, "s-ana"));
        assertThat(devices).extracting(Device::connections).containsExactlyInAnyOrder(2, 1);
        assertThat(devices).allSatisfy(device -> assertThat(device.address()).isEqualTo("127.0.0.1"));
        Client goesOn = comes(b, token);
        goesOn.helloAgain(token(b)); // with a sign-in of its own: that belongs to the one before
        b.settle();
        exchange();
        assertThat(a.userSessions.relatedTo("s-ana", signInOf(a))).hasSize(2);
    }

    /** The text that other nodes read is what it was made from, whatever the client calls itself. */
    @Test
    void aConnectionIsOneLine() {
        Connection connection = new Connection(
                Instant.ofEpochMilli(123), "id 1", List.of("one,two", "drei vier\n"), "::1%lo", "A \n\t b, c%20\u00e9");
        assertThat(connection.line()).doesNotContain("\n");
        assertThat(Connection.of(connection.line())).isEqualTo(connection);
        Connection silent = new Connection(Instant.ofEpochMilli(1), "x", List.of("s"), "127.0.0.1", null);
        assertThat(Connection.of(silent.line())).isEqualTo(silent);
    }
}
