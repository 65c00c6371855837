package id.warung.session;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.log.Posted;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoiningTest {
    private final SessionNode node = new SessionNode();
    private final Client budi = node.inLobby("Budi");

    private Client ana() {
        Client ana = node.connect();
        ana.hello("Ana");
        node.settle();
        ana.forget();
        return ana;
    }

    private void budiSays(int messages) {
        for (int n = 1; n <= messages; n++) {
            budi.posts("text");
        }
        node.settle();
    }

    private String epoch() {
        return node.log.epoch("lobby");
    }

    private static List<String> messages(String before, int first, int last) {
        List<String> expected = new ArrayList<>(List.of(before.split(",", -1)));
        for (int seq = first; seq <= last; seq++) {
            expected.add("message " + seq);
        }
        return expected;
    }

    @Test
    void aClientThatJoinsReadsTheLatestFiftyAndThenNewMessages() {
        budiSays(80);
        Client ana = ana();
        ana.join("lobby");
        node.settle();
        assertThat(ana.heard()).isEqualTo(messages("joined lobby 80", 31, 80));

        ana.forget();
        budiSays(1);
        assertThat(ana.heard()).containsExactly("message 81");
    }

    @Test
    void aClientThatAsksForLessGetsLess() {
        budiSays(10);
        Client ana = ana();
        ana.joinLast("lobby", 0);
        node.settle();
        assertThat(ana.heard()).containsExactly("joined lobby 10");

        ana.forget();
        ana.joinLast("lobby", 3);
        node.settle();
        assertThat(ana.heard()).isEqualTo(messages("joined lobby 10", 8, 10));
    }

    @Test
    void aClientThatNamesAPositionReadsTheMessagesAfterIt() {
        budiSays(10);
        Client ana = ana();
        ana.joinAfter("lobby", epoch(), 4);
        node.settle();

        assertThat(ana.heard()).isEqualTo(messages("joined lobby 10", 5, 10));
    }

    @Test
    void thePositionMayBeTheHeadOrTheBeginning() {
        budiSays(3);
        Client ana = ana();
        ana.joinAfter("lobby", epoch(), 3);
        node.settle();
        assertThat(ana.heard()).containsExactly("joined lobby 3");

        ana.forget();
        ana.joinAfter("lobby", epoch(), 0);
        node.settle();
        assertThat(ana.heard()).isEqualTo(messages("joined lobby 3", 1, 3));
    }

    @Test
    void aClientThatJoinsAgainIsMovedAndReadsNothingTwiceAfterwards() {
        budiSays(5);
        Client ana = ana();
        ana.join("lobby");
        node.settle();
        ana.forget();
        ana.joinAfter("lobby", epoch(), 3);
        node.settle();
        assertThat(ana.heard()).containsExactly("joined lobby 5", "message 4", "message 5");

        ana.forget();
        budiSays(1);
        assertThat(ana.heard()).containsExactly("message 6");
    }

    @Test
    void aPositionInAnotherLogIsReset() {
        budiSays(60);
        Client ana = ana();
        ana.joinAfter("lobby", "e-other", 4);
        node.settle();

        assertThat(ana.heard()).isEqualTo(messages("reset lobby 60,joined lobby 60", 11, 60));
        assertThat(ana.events("reset").get(0).getString("epoch")).isEqualTo(epoch());
    }

    /** They have read it on another node; this one does not know of it yet. */
    @Test
    void aPositionThatOnlyTheLogKnowsIsGood() throws IOException {
        budiSays(2);
        node.log.append(List.of(
                Posted.saying("lobby", "there").request(),
                Posted.saying("lobby", "and there").request()));
        Client ana = ana();
        ana.joinAfter("lobby", epoch(), 3);
        node.settle();

        assertThat(ana.heard()).isEqualTo(messages("joined lobby 4", 4, 4));
    }

    /** Another node has made them a member; this one does not know of it yet. */
    @Test
    void aMemberWhomOnlyTheLogKnowsMayJoin() throws IOException {
        Client client = node.connect();
        client.hello("Ana");
        node.settle();
        User ana = new User(client.userId(), "Ana");
        client.forget();
        node.log.append(List.of(Posted.of("budi", new Command.Create("kitchen", null, Access.MEMBERS, ""))
                .request()));
        client.join("kitchen");
        node.settle();
        assertThat(client.heard()).hasSize(1).noneMatch(heard -> heard.startsWith("joined"));
        client.forget();
        node.log.append(List.of(Posted.of("budi", new Command.Add("kitchen", null, ana.id()), ana)
                .request()));
        client.join("kitchen");
        node.settle();

        assertThat(client.heard()).startsWith("joined kitchen 2");
    }

    @Test
    void aPositionBeyondTheHeadIsReset() {
        budiSays(2);
        Client ana = ana();
        ana.joinAfter("lobby", epoch(), 3);
        node.settle();

        assertThat(ana.heard()).isEqualTo(messages("reset lobby 2,joined lobby 2", 1, 2));
    }

    @Test
    void aClientThatLeftReadsNothingMoreAndMayNotPost() {
        Client ana = ana();
        ana.join("lobby");
        ana.leave("lobby");
        node.settle();
        budiSays(1);
        ana.posts("c-1", "hi");
        ana.leave("lobby");
        node.settle();

        assertThat(ana.heard())
                .containsExactly("joined lobby 0", "left lobby", "error not-joined c-1", "error not-joined");
    }

    @Test
    void aSessionReadsSoManyRoomsAndNoMore() {
        Client ana = ana();
        for (String room : new String[] {"one", "two", "three", "four", "two"}) {
            ana.join(room);
        }
        ana.leave("one");
        ana.join("four");
        node.settle();

        assertThat(ana.heard())
                .containsExactly(
                        "joined one 0",
                        "joined two 0",
                        "joined three 0",
                        "error too-many-rooms",
                        "joined two 0",
                        "left one",
                        "joined four 0");
    }

    @Test
    void theInboxIsNotAmongTheRoomsThatASessionMayRead() {
        Client ana = node.signedIn("Ana");
        String inbox = ana.events("signed-in").get(0).getString("inbox");
        ana.forget();
        for (String room : new String[] {"one", inbox, "two", "three", "inbox.u-else", "four"}) {
            ana.join(room);
        }
        ana.leave(inbox);
        ana.join(inbox);
        node.settle();

        assertThat(ana.heard())
                .containsExactly(
                        "joined one 0",
                        "joined " + inbox + " 0",
                        "joined two 0",
                        "joined three 0",
                        "error not-a-member",
                        "error too-many-rooms",
                        "left " + inbox,
                        "joined " + inbox + " 0");
    }

    @Test
    void severalRoomsAreReadInTurn() {
        Client ana = ana();
        ana.join("lobby");
        ana.join("kitchen");
        node.settle();
        ana.forget();
        ana.transport.behaves(ScriptedTransport.Behaviour.COMPLETES_WHEN_TOLD);
        Client cook = node.connect();
        cook.hello("Citra");
        cook.join("kitchen");
        budiSays(1);
        for (int n = 0; n < 100; n++) {
            budi.posts("text");
            cook.says("{\"type\":\"post\",\"room\":\"kitchen\",\"text\":\"soup\"}");
        }
        node.settle();
        ana.transport.complete(null);
        ana.transport.complete(null);

        assertThat(ana.transport.texts().get(ana.transport.texts().size() - 2)).contains("soup");
        ana.transport.completeAll();
        assertThat(ana.events("message")).hasSize(201);
    }

    @Test
    void everythingMayBeSaidAtOnce() {
        Client ana = node.connect();
        ana.hello("Ana");
        ana.join("lobby");
        ana.posts("c-1", "a");
        ana.posts("c-2", "b");
        ana.leave("lobby");
        node.settle();

        assertThat(ana.heard()).startsWith("welcome", "signed-in Ana", "joined lobby 0");
        assertThat(ana.heard()).contains("left lobby", "ack c-1 1", "ack c-2 2");
        assertThat(node.log.texts("lobby")).containsExactly("a", "b");
    }

    @Test
    void aRoomThatCannotBeReadIsSaidToBeAndTheNextCommandIsHandled() {
        node.log.beforeRead((room, after) -> {
            throw new IOException("away");
        });
        Client ana = ana();
        ana.join("kitchen");
        ana.says("nonsense");
        node.settle();
        assertThat(ana.heard()).containsExactly("error unavailable", "error bad-json");

        ana.forget();
        node.log.beforeRead((room, after) -> {});
        ana.join("kitchen");
        node.settle();
        assertThat(ana.heard()).containsExactly("joined kitchen 0");
    }

    /** A storage that fails may take seconds to report it: it is read once for all waiting users, and again for later ones. */
    @Test
    void aRoomThatCannotBeReadIsAskedForOnceByAllWhoWait() {
        int[] asked = new int[1];
        node.log.beforeRead((room, after) -> {
            asked[0]++;
            throw new IOException("away");
        });
        List<Client> waiting = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            waiting.add(ana());
        }
        waiting.forEach(client -> client.join("kitchen"));
        node.settle();
        assertThat(waiting).allSatisfy(client -> assertThat(client.heard()).containsExactly("error unavailable"));
        assertThat(asked[0]).isEqualTo(1);

        waiting.get(0).join("kitchen");
        node.settle();
        assertThat(asked[0]).isEqualTo(2);
    }

    @Test
    void aRoomThatIsClosedBeforeSheIsInIsOpenedAnew() {
        Client ana = ana();
        ana.join("kitchen");
        node.executor.runAll();
        node.rooms.open("kitchen").whenComplete((room, failure) -> node.rooms.closeIdle()); // called before hers
        node.settle();
        assertThat(node.log.closed()).containsExactly("kitchen");
        assertThat(ana.heard()).containsExactly("joined kitchen 0");

        node.rooms.closeIdle();
        assertThat(node.log.closed()).as("she reads it").containsExactly("kitchen");
    }

    /** A bug ends one session, with its code; it neither hangs nor affects another. */
    @Test
    void aBugInACommandEndsThatSessionAlone() {
        try (Logged logged = Logged.by(CommandQueue.class)) {
            Client ana = ana();
            ana.join("bug");
            node.settle();

            assertThat(ana.transport.closes()).containsExactly(4004);
            assertThat(logged.thrown()).hasSize(1).hasOnlyElementsOfType(IllegalStateException.class);
            assertThat(node.registry.count()).isEqualTo(1);
            budiSays(1);
            assertThat(budi.heard()).containsExactly("message 1");
        }
    }
}
