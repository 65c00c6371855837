package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Posted;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RoomRegistryTest {
    private final RoomNode node = new RoomNode();

    private CompletableFuture<Room> asked(String name) {
        return node.registry.open(name).toCompletableFuture();
    }

    @Test
    void allWhoOpenARoomGetTheSame() {
        CompletableFuture<Room> first = asked("lobby");
        CompletableFuture<Room> second = asked("lobby");
        node.reading.runAll();

        assertThat(first.join()).isSameAs(second.join());
        assertThat(asked("lobby").join()).isSameAs(first.join());
        assertThat(node.open("kitchen")).isNotSameAs(first.join());
    }

    @Test
    void nothingIsReadOnTheThreadThatAsks() {
        node.log.beforeRead((room, after) -> {
            throw new AssertionError("on the wrong thread");
        });

        assertThat(asked("lobby").isDone()).isFalse();
    }

    @Test
    void aRoomThatCannotBeReadIsTriedAgain() {
        node.log.beforeRead((room, after) -> {
            throw new IOException("away");
        });
        CompletableFuture<Room> failed = asked("lobby");
        node.reading.runAll();
        assertThat(failed.isCompletedExceptionally()).isTrue();

        node.log.beforeRead((room, after) -> {});
        CompletableFuture<Room> again = asked("lobby");
        node.reading.runAll();
        assertThat(again.join().name()).isEqualTo("lobby");
    }

    @Test
    void aRoomThatNobodyReadsIsClosedAndItsLogIsTold() {
        Room room = node.open("lobby");
        node.registry.closeIdle();

        assertThat(node.log.closed()).containsExactly("lobby");
        assertThat(room.subscribe(
                        Cursor.in(node, node.open("other"), 0), 0, () -> Posted.anybody(Posted.user("ana")), false))
                .isNull();
        assertThat(node.open("lobby")).isNotSameAs(room);
    }

    @Test
    void aRoomThatSomebodyReadsStaysOpen() {
        Room room = node.open("lobby");
        Cursor cursor = Cursor.in(node, room, 0);
        node.registry.closeIdle();
        assertThat(node.open("lobby")).isSameAs(room);
        assertThat(node.log.closed()).isEmpty();

        cursor.end();
        node.registry.closeIdle();
        assertThat(node.open("lobby")).isNotSameAs(room);
    }

    @Test
    void aRoomInWhichSomethingWaitsToBeWrittenStaysOpen() {
        Room room = node.open("lobby");
        Posted post = node.post(room, "ana", null, "hi");
        node.registry.closeIdle();
        assertThat(node.open("lobby")).isSameAs(room);

        node.settle();
        assertThat(post.result()).isNotNull();
        node.registry.closeIdle();
        assertThat(node.open("lobby")).isNotSameAs(room);
    }

    @Test
    void aRoomThatIsBeingOpenedIsNotClosed() {
        CompletableFuture<Room> opening = asked("lobby");
        node.registry.closeIdle();
        node.reading.runAll();

        assertThat(asked("lobby").join()).isSameAs(opening.join());
    }

    @Test
    void aRoomThatIsOpenedAgainGoesOnWhereItsLogEnds() {
        Room room = node.open("lobby");
        node.say(room, "ana", "a", "b", "c");
        node.registry.closeIdle();
        Room again = node.open("lobby");
        Cursor cursor = Cursor.in(node, again, 1);
        node.settle();
        node.say(again, "ana", "d");

        assertThat(again.epoch()).isEqualTo(room.epoch());
        assertThat(cursor.events()).containsExactly("2", "3", "4");
    }

    @Test
    void aClosedRoomTakesNothing() {
        Room room = node.open("lobby");
        node.registry.closeIdle();
        Posted post = Posted.saying("lobby", "hi");

        assertThat(room.post(post.request())).isFalse();
        node.settle();
        assertThat(node.log.texts("lobby")).isEmpty();
    }

    @Test
    void historyIsReadWithoutOpeningARoom() throws IOException {
        Room room = node.open("lobby");
        node.say(room, "ana", "a", "b", "c");

        assertThat(node.registry.log("lobby").read("lobby", 1, 10).entries()).hasSize(2);
        assertThat(node.registry.log("lobby").readBefore("lobby", 3, 1).entries())
                .hasSize(1);
    }

    /** A client that names nonexistent rooms as fast as it can costs the node no memory. */
    @Tag("slow")
    @Test
    void roomsThatNobodyReadsAreForgottenAfterEachThousandThatAreOpened() {
        Room read = node.open("lobby");
        Cursor.in(node, read, 0);
        for (int n = 0; n < 20_000; n++) {
            Room room = node.open("nowhere-" + n);
            if (n % 3 == 0) {
                Cursor.in(node, room, 0).end(); // a reader joins and leaves
            }
            assertThat(node.registry.count()).isLessThanOrEqualTo(1_001);
        }
        assertThat(node.open("lobby")).isSameAs(read);
        node.registry.closeIdle();
        assertThat(node.registry.count()).isEqualTo(1);
        node.pass(RoomNode.INTERVAL);
        assertThat(node.registry.toTick())
                .as("who has just gone is told nobody there")
                .isLessThanOrEqualTo(1);
    }
}
