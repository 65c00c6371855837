package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.kit.Logged;
import id.warung.log.HintNetwork;
import id.warung.log.Posted;
import id.warung.log.RetentionPolicy;
import id.warung.log.ScriptedLog;
import id.warung.log.SharedInMemory;
import id.warung.log.memory.MemoryLog;
import id.warung.protocol.Access;
import id.warung.protocol.Command;
import id.warung.protocol.EntryCodec;
import id.warung.protocol.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two nodes over one log: what each reads of the other's. */
class PullTest {
    private final MemoryLog memory =
            new MemoryLog(new EntryCodec(), Clock.systemUTC(), 1_000_000, Long.MAX_VALUE, (room, first) -> {});
    private final ScriptedLog log = new ScriptedLog(memory);
    private final SharedInMemory shared = new SharedInMemory(log);
    private final HintNetwork network = new HintNetwork();
    private final RoomNode here = new RoomNode(log, shared, network.join(), RoomNode.PLENTY);
    private final RoomNode there = new RoomNode(log, shared, network.join(), RoomNode.PLENTY);
    private final Room room = here.open("lobby");
    private final Room same = there.open("lobby");

    private void hint() {
        while (network.waiting() > 0) {
            network.deliver(0);
        }
        here.settle();
        there.settle();
    }

    private static String[] texts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> "text " + n).toArray(String[]::new);
    }

    @Test
    void whatIsWrittenThereIsReadHereWhenAHintComes() {
        Cursor cursor = Cursor.in(here, room, 0);
        there.say(same, "ana", "hi");
        assertThat(cursor.events()).isEmpty();
        hint();

        assertThat(cursor.events()).containsExactly("1");
        assertThat(room.n()).isEqualTo(1);
    }

    @Test
    void aLostHintCostsASecond() {
        Cursor cursor = Cursor.in(here, room, 0);
        there.say(same, "ana", "hi");
        here.nanos += Duration.ofMillis(900).toNanos();
        here.cluster.tick(); // the first look is at once
        here.settle();
        there.say(same, "ana", "ho");
        here.nanos += Duration.ofMillis(900).toNanos();
        here.cluster.tick();
        here.settle();
        assertThat(cursor.events()).containsExactly("1");
        here.nanos += Duration.ofMillis(100).toNanos();
        here.cluster.tick();
        here.settle();

        assertThat(cursor.events()).containsExactly("1", "2");
    }

    /** The group was written in one go, though the room lacked what the other node had written before. */
    @Test
    void ownEntriesThatComeAfterOthersWaitForThem() {
        Cursor cursor = Cursor.in(here, room, 0);
        there.say(same, "ana", "first");
        Posted second = here.post(room, "budi", "c-2", "second");
        here.writing.runAll();
        here.fanOut.runAll();
        assertThat(second.result()).isNotNull();
        assertThat(cursor.events()).isEmpty();
        here.settle();

        assertThat(cursor.events()).containsExactly("1", "2");
    }

    @Test
    void ownEntriesAreNotReadAgain() {
        Cursor cursor = Cursor.in(here, room, 0);
        here.say(room, "ana", texts(100));

        assertThat(cursor.events()).hasSize(100);
        assertThat(log.reads()).isZero();
    }

    @Test
    void manyHintsAreOneRead() {
        there.say(same, "ana", "hi");
        for (int n = 0; n < 20; n++) {
            room.pull();
        }
        here.settle();

        assertThat(log.reads()).isEqualTo(1);
    }

    @Test
    void whatCameWhileTheLogCouldNotBeReadIsReadWithTheNextTick() {
        try (Logged logged = Logged.by(Pull.class)) {
            Cursor cursor = Cursor.in(here, room, 0);
            there.say(same, "ana", "hi");
            log.beforeRead((name, after) -> {
                throw new IOException("away");
            });
            hint();
            for (int n = 0; n < 5; n++) {
                here.pass(RoomNode.INTERVAL);
            }
            assertThat(log.reads()).as("once for the hint and once a tick").isEqualTo(6);
            assertThat(logged.lines()).containsExactly("A room could not be read [room=lobby]");
            assertThat(cursor.events()).doesNotContain("1");
            log.beforeRead((name, after) -> {});
            here.pass(RoomNode.INTERVAL);

            assertThat(cursor.events()).contains("1");
            int reads = log.reads();
            here.pass(RoomNode.INTERVAL);
            assertThat(log.reads()).isEqualTo(reads);
        }
    }

    @Test
    void moreThanAPageIsReadInOrder() {
        Cursor cursor = Cursor.in(here, room, 0);
        there.say(same, "ana", texts(1_000));
        hint();

        assertThat(cursor.events()).containsExactly(Entries.numbers(1, 1_000));
        assertThat(log.reads()).isEqualTo(4);
    }

    @Test
    void whatWasTrimmedThereIsAGapHere() {
        here.say(room, "ana", texts(20));
        there.say(same, "ana", texts(80));
        memory.trim(name -> new RetentionPolicy(Duration.ZERO, 10));
        here.poll();
        hint();
        Cursor cursor = Cursor.in(here, room, 0);
        here.settle();

        assertThat(cursor.events()).startsWith("1-90", "91").endsWith("100").hasSize(11);
        assertThat(room.head()).isEqualTo(100);
        assertThat(room.n()).isEqualTo(100);
    }

    @Test
    void whatIsTrimmedThereIsForgottenHereThoughNothingElseHappens() {
        here.say(room, "ana", texts(100));
        here.poll();
        here.settle();
        memory.trim(name -> new RetentionPolicy(Duration.ZERO, 10));
        here.poll();
        here.settle();
        Cursor cursor = Cursor.in(here, room, 0);
        here.settle();

        assertThat(cursor.events()).startsWith("1-90", "91").hasSize(11);
    }

    @Test
    void topicsAndMembersArriveBeforeWhatIsSaidAfterwards() {
        Cursor budi = Cursor.slowIn(here, room, 0, Posted.user("budi"));
        there.post(same, "ana", null, "before");
        same.post(Posted.of("ana", new Command.Create("kitchen", null, Access.MEMBERS, "Soto"))
                .request());
        there.settle();
        Room kitchen = here.open("kitchen");
        there.open("kitchen")
                .post(Posted.of("ana", new Command.Change("kitchen", null, "Rendang", null))
                        .request());
        there.settle();
        hint();

        assertThat(kitchen.state().topic()).isEqualTo("Rendang");
        assertThat(kitchen.state().members()).containsExactly("u-ana");
        assertThat(budi.take().last()).isEqualTo(1);
    }

    @Test
    void aRoomThatIsBehindReadsItsLogForWhoKnowsMore() {
        there.say(same, "ana", texts(5));
        CompletableFuture<Room> opening =
                here.registry.open("lobby", its -> its.head() >= 5).toCompletableFuture();
        assertThat(opening).isNotDone();
        here.settle();

        assertThat(opening.join().head()).isEqualTo(5);
        assertThat(here.registry.open("lobby", its -> its.head() >= 5).toCompletableFuture())
                .isDone();
    }

    @Test
    void whoKnowsMoreIsNotAnsweredWhenTheLogCannotBeRead() {
        try (Logged logged = Logged.by(Pull.class)) {
            there.say(same, "ana", "hi");
            log.beforeRead((name, after) -> {
                throw new IOException("away");
            });
            CompletableFuture<Room> opening =
                    here.registry.open("lobby", its -> its.head() >= 1).toCompletableFuture();
            here.settle();

            assertThat(opening).isCompletedExceptionally();
            assertThat(logged.lines()).hasSize(1);
        }
    }

    @Test
    void readersOfARoomWhoseEpochHasChangedComeBackToAnotherRoom() {
        Cursor cursor = Cursor.in(here, room, 0);
        here.say(room, "ana", texts(3));
        memory.roomClosed("lobby"); // and is another log when it is opened again
        there.registry.closeIdle();
        there.say(there.open("lobby"), "ana", "a new beginning");
        hint();

        assertThat(cursor.isRestarted()).isTrue();
        assertThat(room.isClosed()).isTrue();
        assertThat(room.post(Posted.saying("lobby", "too late").request())).isFalse();
        Room again = here.open("lobby");
        assertThat(again).isNotSameAs(room);
        assertThat(again.head()).isEqualTo(1);
    }

    @Test
    void ownEntriesOfAnotherEpochAreNotMixedWithTheOld() {
        Cursor cursor = Cursor.in(here, room, 0);
        here.say(room, "ana", texts(3));
        memory.roomClosed("lobby");
        here.say(room, "ana", "a new beginning");

        assertThat(cursor.events()).containsExactly("1", "2", "3");
        assertThat(cursor.isRestarted()).isTrue();
    }

    @Test
    void aNewEpochOfTheStorageAbandonsAllItsRooms() {
        Cursor cursor = Cursor.in(here, room, 0);
        shared.beginEpoch();

        assertThat(cursor.isRestarted()).isTrue();
        assertThat(here.open("lobby")).isNotSameAs(room);
    }

    @Test
    void whatSomebodyHasReadThereIsMarkedHere() {
        here.open("inbox.u-ana");
        Cursor ana = Cursor.of(Posted.user("ana"), here, here.open("inbox.u-ana"), 0);
        here.pass(RoomNode.INTERVAL);
        shared.mark("u-ana", new Reply.Reads.Mark("lobby", 7, 5));
        here.poll();
        here.settle();
        here.pass(RoomNode.INTERVAL);

        assertThat(ana.texts().get(ana.texts().size() - 1)).contains("\"reads\"", "\"lobby\"", "\"seq\":7");
        assertThat(here.changedAccounts).containsExactly("u-ana");
        here.poll();
        here.settle();
        assertThat(here.changedAccounts).hasSize(1);
    }

    @Test
    void whatIsMarkedHereIsNotToldAgain() {
        Cursor ana = Cursor.of(Posted.user("ana"), here, here.open("inbox.u-ana"), 0);
        here.pass(RoomNode.INTERVAL);
        here.poll();
        here.settle();
        Reply.Reads.Mark mark = new Reply.Reads.Mark("lobby", 7, 5);
        here.registry.hasRead("u-ana", mark);
        here.pass(RoomNode.INTERVAL);
        int told = ana.events().size();
        assertThat(ana.events()).endsWith("reads");
        shared.mark("u-ana", mark);
        here.poll();
        here.settle();
        here.pass(RoomNode.INTERVAL);

        assertThat(ana.events()).hasSize(told);
    }

    @Test
    void marksAreAskedForAgainAfterAFailure() {
        Cursor ana = Cursor.of(Posted.user("ana"), here, here.open("inbox.u-ana"), 0);
        here.pass(RoomNode.INTERVAL);
        shared.mark("u-ana", new Reply.Reads.Mark("lobby", 7, 5));
        shared.failNextReads();
        try (Logged logged = Logged.named("id.warung.cluster.Poll")) {
            here.poll();
            here.settle();
            here.poll();
            here.settle();
            assertThat(logged.lines()).hasSize(1);
        }
        here.pass(RoomNode.INTERVAL);

        assertThat(ana.events()).endsWith("reads");
    }

    @Test
    void nothingIsAskedWhileNoRoomIsOpen() {
        here.registry.closeIdle();
        here.poll();
        here.settle();

        assertThat(shared.asked()).isEmpty();
    }

    @Test
    void aDearQueryIsAskedMoreRarelyButAgainWithinThreeSeconds() {
        shared.beforeQuery(() -> here.nanos += Duration.ofMillis(100).toNanos());
        here.poll();
        here.settle();
        for (int second = 0; second < 2; second++) {
            here.poll();
            here.cluster.tick();
            here.settle();
        }
        assertThat(shared.asked()).as("2 % of the time, at most three seconds").hasSize(1);
        here.poll();
        here.settle();

        assertThat(shared.asked()).hasSize(2);
    }
}
