package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.protocol.Reply;
import id.warung.protocol.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One room on several nodes. */
class PresenceOfNodesTest {
    private static final int GRACE = 50;
    private static final int DELAY = 20; // of what a node says; less than the grace, as with the settings by default
    private static final User ANA = new User("u-ana", "Ana");
    private static final User BUDI = new User("u-budi", "Budi");

    private long now = 1_000;
    private final List<Node> nodes = new ArrayList<>();

    private final class Node {
        private final Presence presence = new Presence("lobby", new Presence.Times(GRACE, 10, 60, () -> now));
        private final List<Reply> told = new ArrayList<>();
        private final List<RoomPart> parts = new ArrayList<>(); // as the others hear them
        private final List<Long> at = new ArrayList<>();

        Node() {
            nodes.add(this);
        }

        void tick() {
            presence.tick(now, reply -> {
                told.add(reply);
                return Frame.ofReplies(new byte[0]);
            });
            RoomPart part = presence.takePart(now);
            if (part != null) {
                parts.add(part);
                at.add(now);
            }
        }

        void hear() {
            boolean news = false;
            List<RoomPart> others = new ArrayList<>();
            for (Node other : nodes) {
                if (other != this) {
                    RoomPart latest = RoomPart.NOBODY;
                    for (int n = 0; n < other.parts.size() && now - other.at.get(n) >= DELAY; n++) {
                        latest = other.parts.get(n);
                        news |= now - other.at.get(n) == DELAY;
                    }
                    if (latest.count() > 0) {
                        others.add(latest);
                    }
                }
            }
            if (news) {
                presence.setOthers(others);
            }
        }

        Reply.Roster roster() {
            return told.stream()
                    .filter(Reply.Roster.class::isInstance)
                    .map(Reply.Roster.class::cast)
                    .reduce((before, after) -> after)
                    .orElse(new Reply.Roster("lobby", 0, List.of()));
        }

        List<String> typing() {
            return told.stream()
                    .filter(Reply.Typing.class::isInstance)
                    .map(Reply.Typing.class::cast)
                    .reduce((before, after) -> after)
                    .map(typing -> typing.users().stream().map(User::name).toList())
                    .orElse(List.of());
        }

        List<String> names() {
            return roster().here().stream().map(User::name).toList();
        }
    }

    private void pass(int nanos) {
        for (int n = 0; n < nanos; n++) {
            now++;
            nodes.forEach(Node::tick);
            nodes.forEach(Node::hear);
        }
    }

    private static User user(int number) {
        return new User("u-" + number, "user " + number);
    }

    @Test
    void aUserOnTwoNodesIsOneUser() {
        Node a = new Node();
        Node b = new Node();
        a.presence.enter(ANA);
        b.presence.enter(BUDI);
        b.presence.enter(ANA);
        pass(100);
        assertThat(a.names()).containsExactly("Ana", "Budi");
        assertThat(b.names()).containsExactly("Budi", "Ana");
        assertThat(a.roster().count()).isEqualTo(2);
        int before = a.told.size();
        b.presence.leave(ANA);
        pass(200);
        assertThat(a.names()).containsExactly("Ana", "Budi");
        assertThat(a.told).hasSize(before); // nothing that anybody sees has changed
        assertThat(b.roster().here()).containsExactlyInAnyOrder(ANA, BUDI);
    }

    @Test
    void whoTypesOnOneNodeIsSeenTypingOnTheOthersUntilTheyPost() {
        Node a = new Node();
        Node b = new Node();
        a.presence.enter(ANA);
        b.presence.enter(BUDI);
        pass(100);
        a.presence.markTyping(ANA);
        pass(40);
        assertThat(b.typing()).containsExactly("Ana");
        assertThat(b.presence.recordPost("u-ana")).isTrue(); // it has read the entry before it hears more
        pass(11);
        assertThat(b.typing()).isEmpty();
        b.presence.markTyping(BUDI);
        a.presence.recordPost("u-ana");
        pass(100);
        assertThat(a.typing()).isEmpty(); // it lasts for a while only
        assertThat(a.presence.hasPendingChanges()).isFalse();
    }

    /** Of more than two hundred, their number and who spoke last is told, wherever they are. */
    @Test
    void aLargeRoomNamesWhoSpokeLastOnAnyNode() {
        Node a = new Node();
        Node b = new Node();
        IntStream.range(0, 150).mapToObj(PresenceOfNodesTest::user).forEach(a.presence::enter);
        IntStream.range(100, 350).mapToObj(PresenceOfNodesTest::user).forEach(b.presence::enter);
        pass(200);
        assertThat(a.roster().count()).isEqualTo(400); // fifty are on both, but not named there
        assertThat(a.names()).isEmpty();
        for (Node node : nodes) {
            node.presence.recordPost("u-7");
            node.presence.recordPost("u-300");
        }
        pass(400);
        assertThat(a.names()).containsExactly("user 300", "user 7");
        assertThat(b.names()).containsExactly("user 300", "user 7");
    }

    @Test
    void theNumberOfUsersOnOtherNodesDecidesWhetherARoomIsLarge() {
        Node a = new Node();
        Node b = new Node();
        IntStream.range(0, 150).mapToObj(PresenceOfNodesTest::user).forEach(a.presence::enter);
        IntStream.range(100, 250).mapToObj(PresenceOfNodesTest::user).forEach(b.presence::enter);
        pass(200);
        assertThat(a.roster().count()).isEqualTo(250); // each once
        assertThat(a.names()).isEmpty();
        IntStream.range(200, 250).mapToObj(PresenceOfNodesTest::user).forEach(b.presence::leave);
        pass(500);
        assertThat(a.names()).hasSize(200).doesNotHaveDuplicates();
    }

    /**
     * Users come, go, and go from node to node. Nobody is shown as leaving who came in elsewhere in time, and in the end all nodes show the
     * same.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whoGoesFromNodeToNodeWasNeverAway(int seed) {
        Random random = new Random(seed);
        int users = 6;
        int[][] sessions = new int[3][users];
        for (int n = 0; n < 3; n++) {
            new Node();
        }
        User wanderer = user(0);
        int at = 0;
        nodes.get(0).presence.enter(wanderer);
        sessions[0][0]++;
        nodes.get(0).presence.enter(user(1)); // somebody is everywhere, and sees them
        nodes.get(1).presence.enter(user(1));
        nodes.get(2).presence.enter(user(1));
        pass(100);
        int[] before = nodes.stream().mapToInt(node -> node.told.size()).toArray();
        for (int n = 0; n < 200; n++) {
            if (random.nextInt(5) == 0) {
                nodes.get(at).presence.leave(wanderer);
                sessions[at][0]--;
                pass(random.nextInt(GRACE - DELAY - 11));
                at = random.nextInt(3);
                nodes.get(at).presence.enter(wanderer);
                sessions[at][0]++;
            }
            int node = random.nextInt(3);
            int user = 2 + random.nextInt(users - 2);
            if (sessions[node][user] > 0 && random.nextBoolean()) {
                sessions[node][user]--;
                nodes.get(node).presence.leave(user(user));
            } else {
                sessions[node][user]++;
                nodes.get(node).presence.enter(user(user));
            }
            pass(random.nextInt(40));
        }
        for (int n = 0; n < 3; n++) {
            assertThat(nodes.get(n).told.stream().skip(before[n]))
                    .filteredOn(Reply.Roster.class::isInstance)
                    .allSatisfy(told -> assertThat(((Reply.Roster) told).here()).contains(wanderer));
        }
        pass(200);
        Set<User> here = new HashSet<>(List.of(user(1)));
        Arrays.stream(sessions)
                .forEach(its ->
                        IntStream.range(0, users).filter(user -> its[user] > 0).forEach(user -> here.add(user(user))));
        for (Node node : nodes) {
            assertThat(node.roster().here()).containsExactlyInAnyOrderElementsOf(here);
            assertThat(node.roster().count()).isEqualTo(here.size());
            assertThat(node.presence.hasPendingChanges()).isFalse();
            assertThat(node.presence.owesPart()).isFalse();
        }
    }
}
