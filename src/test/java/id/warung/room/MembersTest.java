package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.ManualExecutor;
import id.warung.log.Posted;
import id.warung.log.ScriptedLog;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.User;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rooms for members, deletions, and effects of one room's commands on others, as readers see them. */
class MembersTest {
    private final RoomNode node = new RoomNode();
    private final Room kitchen = node.open("kitchen");

    private void does(String author, Room room, Command.Durable command, User... known) {
        assertThat(room.post(Posted.of(author, command, known).request())).isTrue();
        node.settle();
    }

    private void kitchenOf(String owner, String... members) {
        does(owner, kitchen, new Command.Create("kitchen", null, Access.MEMBERS, ""));
        for (String member : members) {
            does(owner, kitchen, new Command.Add("kitchen", null, "u-" + member), Posted.user(member));
        }
    }

    @Test
    void aRemovedMemberIsToldSoAndReceivesNothingElse() {
        kitchenOf("ana", "budi");
        Cursor ana = Cursor.of(Posted.user("ana"), node, kitchen, 0);
        Cursor budi = Cursor.of(Posted.user("budi"), node, kitchen, 0);
        node.settle();
        does("ana", kitchen, new Command.Remove("kitchen", null, "u-budi"));
        node.say(kitchen, "ana", "at last");

        assertThat(budi.events()).containsExactly("1", "2", "left");
        assertThat(ana.events()).containsExactly("1", "2", "3", "4");
        assertThat(budi.take()).isNull();
    }

    /** Otherwise a client would be out of a room that it has joined anew since. */
    @Test
    void whoeverLeavesWhileTheirRemovalIsFoundIsToldOfOneEnd() {
        kitchenOf("ana", "budi");
        User budi = Posted.user("budi");
        Subscription[] own = new Subscription[1];
        boolean[] leaves = {false};
        own[0] = kitchen.subscribe(
                Cursor.slowIn(node, kitchen, 2, budi),
                2,
                () -> {
                    if (leaves[0]) {
                        assertThat(own[0].end()).isTrue();
                    }
                    return Posted.anybody(budi);
                },
                false);
        does("ana", kitchen, new Command.Remove("kitchen", null, "u-budi"));
        leaves[0] = true;

        assertThat(own[0].next()).isNull();
        assertThat(own[0].end()).as("it has ended").isFalse();
    }

    /** The removal and later entries may be committed at any moment of a reader's step. */
    @Tag("slow")
    @Test
    void noFrameHasWhatWasSaidAfterAReadersRemoval() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            RoomNode its = new RoomNode(new ScriptedLog(), random.nextBoolean() ? 0 : RoomNode.PLENTY, RoomNode.PLENTY);
            Room room = its.open("kitchen");
            room.post(Posted.of("ana", new Command.Create("kitchen", null, Access.MEMBERS, ""))
                    .request());
            room.post(Posted.of("ana", new Command.Add("kitchen", null, "u-budi"), Posted.user("budi"))
                    .request());
            its.settle();
            Cursor slow = Cursor.slowIn(its, room, 0, Posted.user("budi"));
            int removedAt = 3 + random.nextInt(300);
            for (int seq = 3; seq < 330; seq++) {
                Command.Durable command = seq == removedAt
                        ? new Command.Remove("kitchen", null, "u-budi")
                        : new Command.Post("kitchen", null, "text " + seq);
                room.post(Posted.of("ana", command).request());
                ManualExecutor[] all = {its.writing, its.reading, its.fanOut};
                all[random.nextInt(3)].runAll();
                if (random.nextInt(4) == 0) {
                    slow.take();
                }
            }
            its.settle();
            for (int n = 0; n < 10; n++) {
                slow.take();
                its.settle();
            }
            assertThat(slow.events()).as("seed %s", seed).endsWith("left");
            for (String event : slow.events().subList(0, slow.events().size() - 1)) {
                assertThat(Integer.parseInt(event)).as("seed %s", seed).isLessThanOrEqualTo(removedAt);
            }
        }
    }

    @Test
    void aMemberWhoIsAddedAgainReadsEverything() {
        kitchenOf("ana", "budi");
        Cursor slow = Cursor.slowIn(node, kitchen, 0, Posted.user("budi"));
        does("ana", kitchen, new Command.Remove("kitchen", null, "u-budi"));
        node.say(kitchen, "ana", "meanwhile");
        does("ana", kitchen, new Command.Add("kitchen", null, "u-budi"), Posted.user("budi"));
        slow.take();

        assertThat(slow.events()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void aDeletedMessageIsErasedForLaterReaders() {
        node.say(kitchen, "ana", "a", "secret", "c");
        Cursor before = Cursor.in(node, kitchen, 0);
        node.settle();
        does("ana", kitchen, new Command.Delete("kitchen", null, 2));
        Cursor after = Cursor.in(node, kitchen, 0);
        node.settle();

        assertThat(before.texts().toString()).contains("secret", "\"deleted\"");
        assertThat(after.texts().toString()).doesNotContain("secret").contains("\"erased\"", "\"deleted\"");
        assertThat(after.events()).containsExactly("1", "2", "3", "4");
    }

    @Test
    void aDeletedMessageIsErasedInOlderBlocksToo() {
        RoomNode small = new RoomNode(new ScriptedLog(), 0, RoomNode.PLENTY);
        Room room = small.open("lobby");
        for (int n = 1; n <= 3 * Block.ENTRIES; n++) {
            small.say(room, "ana", n == 7 ? "secret" : "text");
        }
        Cursor before = Cursor.in(small, room, 0);
        small.settle();
        assertThat(before.texts().toString()).contains("secret"); // and its block is in the archive now
        room.post(Posted.of("ana", new Command.Delete("lobby", null, 7)).request());
        small.settle();
        Cursor after = Cursor.in(small, room, 0);
        small.settle();

        assertThat(after.texts().toString()).doesNotContain("secret");
        assertThat(after.events()).hasSize(3 * Block.ENTRIES + 1);
    }

    @Test
    void aPlainReaderGetsNeitherEditsNorWhatHappensToTheRoom() {
        Cursor plain = Cursor.plainIn(node, kitchen, 0, "u-budi");
        node.say(kitchen, "ana", "hi");
        does("ana", kitchen, new Command.Edit("kitchen", null, 1, "ho"));
        does("ana", kitchen, new Command.Change("kitchen", null, "Soto", null));
        node.say(kitchen, "ana", "bye");
        node.pass(100);

        assertThat(plain.texts()).containsExactly("hi", "bye");
    }

    @Test
    void howTheRoomIsComesWhenThereIsNothingElseToRead() {
        Cursor ana = Cursor.of(Posted.user("ana"), node, kitchen, 0);
        node.say(kitchen, "ana", "hi");
        node.pass(1);
        Cursor budi = Cursor.of(Posted.user("budi"), node, kitchen, 0);
        node.settle();
        assertThat(budi.events()).as("the roster with himself is to come").containsExactly("1");
        node.pass(RoomNode.INTERVAL);

        assertThat(ana.events()).containsExactly("1", "roster", "roster");
        assertThat(budi.events()).containsExactly("1", "roster");
        kitchen.markTyping(Posted.user("budi"));
        node.pass(RoomNode.INTERVAL);
        assertThat(ana.events()).endsWith("typing");
    }

    /** Nothing else happens that would notify the room's readers. */
    @Test
    void anAuthorInALargeRoomIsInTheNextRoster() {
        for (int n = 0; n < 250; n++) {
            Cursor.of(Posted.user("user-" + n), node, kitchen, 0);
        }
        Cursor ana = Cursor.of(Posted.user("ana"), node, kitchen, 0);
        node.pass(10 * RoomNode.INTERVAL);
        node.pass(10 * RoomNode.INTERVAL);
        node.say(kitchen, "ana", "so many");
        int before = ana.events().size();
        node.pass(10 * RoomNode.INTERVAL);

        assertThat(ana.events().subList(before, ana.events().size())).containsExactly("roster");
        assertThat(ana.texts().get(ana.texts().size() - 1)).contains("\"count\":251", "\"here\":[{\"id\":\"u-ana\"");
    }

    @Test
    void howTheRoomIsHasItsStateAtTheHead() {
        kitchenOf("ana", "budi");
        does("ana", kitchen, new Command.Change("kitchen", null, "Soto", null));

        assertThat(kitchen.state().topic()).isEqualTo("Soto");
        assertThat(kitchen.state().members())
                .hasSameElementsAs(List.of("u-ana", "u-budi"))
                .hasSize(2);
        assertThat(List.of(kitchen.head(), kitchen.n())).containsExactly(3L, 0L);
    }
}
