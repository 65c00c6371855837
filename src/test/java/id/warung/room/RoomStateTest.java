package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.AppendResult;
import id.warung.log.CommittedEntry;
import id.warung.log.Position;
import id.warung.log.Posted;
import id.warung.log.RoomState;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The state of an open room equals that of its log: every write updates it. */
class RoomStateTest {
    private final RoomNode node = new RoomNode();

    @Test
    void afterEveryEntryTheStateIsThatOfTheLog() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            String name = "room-" + seed;
            Room room = node.open(name);
            for (int n = 0; n < 30; n++) {
                String[] people = {"ana", "budi", "citra"};
                String author = people[random.nextInt(3)];
                String other = people[random.nextInt(3)];
                room.post(Posted.of(author, command(name, random, n, "u-" + other), Posted.user(other))
                        .request());
                node.settle();
                assertThat(room.state()).as("seed %s, after %s", seed, n).isEqualTo(node.log.state(name));
                assertThat(room.head()).isEqualTo(room.state().head().seq());
                assertThat(room.n()).isEqualTo(room.state().n());
            }
            assertThat(room.state().exists()).isTrue();
        }
    }

    private static Command.Durable command(String room, Random random, int n, String other) {
        return switch (random.nextInt(9)) {
            case 0 -> new Command.Create(room, null, random.nextBoolean() ? Access.MEMBERS : Access.PUBLIC, "t" + n);
            case 1 -> new Command.Change(room, null, "topic " + n, null);
            case 2 -> new Command.Change(room, null, null, random.nextInt(3) == 0);
            case 3 -> new Command.Add(room, null, other);
            case 4 -> new Command.Remove(room, null, other);
            case 5 -> new Command.Edit(room, null, 1 + random.nextInt(n + 1), "edited");
            case 6 -> new Command.Delete(room, null, 1 + random.nextInt(n + 1));
            default -> new Command.Post(room, null, "text " + n);
        };
    }

    /** The room was read while it was empty. */
    @Test
    void aRoomThatComesToBeByAMessageIsThere() {
        Room room = node.open("builds");
        assertThat(room.state().exists()).isFalse();
        node.say(room, "ana", "green");

        assertThat(room.state().exists()).isTrue();
        assertThat(room.state().head().seq()).isEqualTo(1);
    }

    @Test
    void aRoomThatIsBeingOpenedHasTheStateWrittenMeanwhile() throws IOException {
        CompletableFuture<Room> opening = node.registry.open("kitchen").toCompletableFuture();
        List<RoomState> seen = new ArrayList<>();
        RoomState stale = node.log.state("kitchen");
        node.log.beforeRead((room, after) -> {
            onCommittedWhileOpening();
            asked(seen);
        });
        node.reading.runAll();

        assertThat(opening).isCompleted();
        assertThat(stale.exists()).isFalse();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).access()).isEqualTo(Access.MEMBERS);
        assertThat(seen.get(0).owner()).isEqualTo("u-ana");
        assertThat(seen.get(0).head().seq()).isEqualTo(2);
    }

    private void asked(List<RoomState> seen) {
        CompletableFuture<Void> unused =
                node.registry.open("kitchen").toCompletableFuture().thenAccept(room -> seen.add(room.state()));
    }

    /** Writes behind the log's back, so that what is read is older than what is notified. */
    private void onCommittedWhileOpening() {
        RoomNode elsewhere = new RoomNode();
        for (Command.Durable command : List.of(
                new Command.Create("kitchen", null, Access.MEMBERS, ""), new Command.Post("kitchen", null, "hi"))) {
            AppendResult result = appended(elsewhere, command);
            for (CommittedEntry written : ((AppendResult.Committed) result).written()) {
                node.registry.listener().onCommitted(ofThisLog(written));
            }
        }
    }

    private CommittedEntry ofThisLog(CommittedEntry written) {
        RoomState its = written.state();
        RoomState here = new RoomState(
                its.room(),
                new Position(node.log.epoch(its.room()), its.head().seq()),
                its.n(),
                its.access(),
                its.topic(),
                its.title(),
                its.calls(),
                its.archived(),
                its.owner(),
                its.moderators(),
                its.members());
        return new CommittedEntry(its.room(), written.entry(), written.n(), here, false);
    }

    private static AppendResult appended(RoomNode elsewhere, Command.Durable command) {
        try {
            return elsewhere
                    .log
                    .append(List.of(Posted.of("ana", command).request()))
                    .get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * The disk stored it, and reported a failure. Until the retry nobody here knows; then the room is for members, and nobody else reads
     * on.
     */
    @Test
    void aRoomThatWasCreatedThoughItSeemedToFailIsForItsMembersFromTheRetryOn() throws IOException {
        Room room = node.open("kitchen");
        Cursor budi = Cursor.of(Posted.user("budi"), node, room, 0);
        Command create = new Command.Create("kitchen", "c-1", Access.MEMBERS, "Soto");
        node.log.append(List.of(Posted.of("ana", (Command.Durable) create).request()));
        Posted retry = Posted.of("ana", (Command.Durable) create);
        room.post(retry.request());
        node.settle();

        assertThat(retry.result()).isInstanceOf(AppendResult.Duplicate.class);
        assertThat(room.state()).isEqualTo(node.log.state("kitchen"));
        assertThat(budi.events()).containsExactly("left");
    }
}
