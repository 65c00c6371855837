package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import id.warung.log.AppendCallback;
import id.warung.log.AppendRequest;
import id.warung.log.AppendResult;
import id.warung.log.CommittedEntry;
import id.warung.log.Posted;
import id.warung.log.ScriptedLog;
import id.warung.protocol.Command;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final RoomNode node = new RoomNode();
    private final Room room = node.open("lobby");

    private static String[] texts(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(n -> "text " + n).toArray(String[]::new);
    }

    @Test
    void aMessageReachesEverybodyInTheSameFrame() {
        Cursor ana = Cursor.in(node, room, 0);
        Cursor budi = Cursor.in(node, room, 0);
        node.say(room, "ana", "hi");

        assertThat(ana.events()).containsExactly("1");
        assertThat(budi.frames()).singleElement().isSameAs(ana.frames().get(0));
    }

    @Test
    void nobodySeesAnEntryBeforeItIsCommitted() {
        Cursor ana = Cursor.in(node, room, 0);
        node.fanOut.runAll();
        List<Integer> seen = new ArrayList<>();
        node.log.beforeAppend(group -> {
            ana.drive();
            seen.add(ana.frames().size());
        });
        Posted post = node.post(room, "ana", "c-1", "hi");
        node.fanOut.runAll();
        assertThat(room.head()).isZero();
        assertThat(post.result()).isNull();
        node.settle();

        assertThat(seen).containsExactly(0);
        assertThat(ana.events()).containsExactly("1");
        assertThat(post.result()).isInstanceOf(AppendResult.Committed.class);
    }

    @Test
    void theAuthorHearsWhenTheEntryCanBeReadAlready() {
        List<Long> heads = new ArrayList<>();
        AppendCallback callback = result -> {
            heads.add(room.head());
            return () -> heads.add(room.head());
        };
        Command.Post post = new Command.Post("lobby", "c-1", "hi");
        room.post(new AppendRequest(post, Posted.anybody(Posted.user("ana")), List.of(), callback));
        node.settle();

        assertThat(heads).containsExactly(1L, 1L);
    }

    @Test
    void aRoomWhoseAuthorCannotBearTheOutcomeIsClosedAsAnyOther() {
        Command.Post post = new Command.Post("lobby", "c-1", "hi");
        room.post(new AppendRequest(post, Posted.anybody(Posted.user("ana")), List.of(), result -> {
            throw new IllegalStateException("scripted");
        }));
        assertThat(room.closeIfIdle()).isFalse();
        node.settle();

        assertThat(room.closeIfIdle()).isTrue();
    }

    @Test
    void manyPostsOfOneGroupAreOneFrame() {
        Cursor ana = Cursor.in(node, room, 0);
        node.say(room, "ana", texts(60));

        assertThat(ana.frames()).hasSize(1);
        assertThat(ana.events()).containsExactly(Entries.numbers(1, 60));
        assertThat(ana.told())
                .as("told once when it came and once for the group")
                .isLessThanOrEqualTo(3);
    }

    @Test
    void aLateSubscriberReadsFromItsPosition() {
        node.say(room, "ana", texts(10));
        Cursor late = Cursor.in(node, room, 7);
        Cursor atHead = Cursor.in(node, room, 10);
        node.settle();
        node.say(room, "ana", "text 11");

        assertThat(late.events()).containsExactly("8", "9", "10", "11");
        assertThat(atHead.events()).containsExactly("11");
    }

    @Test
    void aReaderWhoLeftIsNotifiedNoMore() {
        Cursor ana = Cursor.in(node, room, 0);
        Cursor budi = Cursor.in(node, room, 0);
        node.settle();
        int told = ana.told();
        ana.end();
        ana.end();
        node.say(room, "budi", "hi");

        assertThat(ana.told()).isEqualTo(told);
        assertThat(budi.events()).containsExactly("1");
    }

    @Test
    void aLargeRoomIsToldInPartsAndEverybodyOnce() {
        List<Cursor> cursors = IntStream.range(0, 1_000)
                .mapToObj(n -> Cursor.in(node, room, 0))
                .toList();
        node.settle();
        List<Integer> before = cursors.stream().map(Cursor::told).toList();
        node.post(room, "ana", null, "hi");
        node.writing.runAll();

        assertThat(node.fanOut.waiting()).as("256 at most in each").isEqualTo(4);
        node.settle();
        assertThat(cursors).allSatisfy(cursor -> assertThat(cursor.events()).containsExactly("1"));
        assertThat(IntStream.range(0, 1_000).map(n -> cursors.get(n).told() - before.get(n)))
                .containsOnly(1);
    }

    @Test
    void readersWhoComeAndGoNeitherLeakNorGetLost() {
        List<Cursor> here = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            if (here.isEmpty() || random.nextInt(5) > 1) {
                here.add(Cursor.in(node, room, room.head()));
            } else {
                here.remove(random.nextInt(here.size())).end();
            }
        }
        node.settle();
        node.say(room, "ana", "hi");
        assertThat(here).allSatisfy(cursor -> assertThat(cursor.events()).containsExactly("1"));

        here.forEach(Cursor::end);
        assertThat(room.closeIfIdle()).isTrue();
    }

    @Test
    void aSlowReaderHoldsNobodyUp() {
        Cursor slow = Cursor.slowIn(node, room, 0);
        Cursor fast = Cursor.in(node, room, 0);
        for (int n = 0; n < 300; n++) {
            node.say(room, "ana", "text");
        }

        assertThat(fast.events()).containsExactly(Entries.numbers(1, 300));
        assertThat(slow.frames()).isEmpty();
        while (slow.take() != null) {
            // at its own pace
        }
        assertThat(slow.events()).containsExactly(Entries.numbers(1, 300));
        assertThat(slow.frames()).extracting(Frame::last).containsExactly(256L, 300L);
    }

    @Test
    void aPlainReaderGetsEachTextOfTheOthersInAFrameOfItsOwn() {
        Cursor plain = Cursor.plainIn(node, room, 0, "u-ana");
        node.say(room, "ana", "mine");
        node.say(room, "budi", "his", "[\"not json\"");
        node.say(room, "ana", "mine again");
        node.say(room, "citra", "\uD83C\uDF36");

        assertThat(plain.texts()).containsExactly("his", "[\"not json\"", "\uD83C\uDF36");
    }

    @Test
    void entriesThatAreNoLongerKeptAreAGap() {
        RoomNode ephemeralCommitter = new RoomNode(new ScriptedLog(100), 0, RoomNode.PLENTY);
        Room small = ephemeralCommitter.open("lobby");
        ephemeralCommitter.say(small, "ana", texts(360)); // 1 to 260 are dropped
        Cursor cursor = Cursor.in(ephemeralCommitter, small, 3);
        ephemeralCommitter.settle();

        assertThat(cursor.events()).startsWith("4-260", "261", "262").endsWith("360");
        assertThat(cursor.events()).hasSize(1 + 100);
    }

    @Test
    void aPlainReaderIsNotToldOfAGap() {
        RoomNode ephemeralCommitter = new RoomNode(new ScriptedLog(100), 0, RoomNode.PLENTY);
        Room small = ephemeralCommitter.open("lobby");
        ephemeralCommitter.say(small, "ana", texts(360));
        Cursor cursor = Cursor.plainIn(ephemeralCommitter, small, 3, "u-budi");
        ephemeralCommitter.settle();

        assertThat(cursor.texts())
                .startsWith("text 261", "text 262")
                .endsWith("text 360")
                .hasSize(100);
    }

    @Test
    void aReaderTooFarBehindContinuesAtTheBeginningOfABlock() {
        RoomNode hasty = new RoomNode(new ScriptedLog(), 0, 300);
        Room busy = hasty.open("lobby");
        hasty.say(busy, "ana", texts(1_000));
        Cursor behind = Cursor.in(hasty, busy, 10);
        Cursor alsoBehind = Cursor.in(hasty, busy, 77);
        hasty.settle();

        assertThat(behind.events()).startsWith("11-512", "513").endsWith("1000");
        assertThat(alsoBehind.events()).startsWith("78-512", "513").endsWith("1000");
        assertThat(alsoBehind.frames().get(1)).isSameAs(behind.frames().get(1));
    }

    @Test
    void aReaderFarBehindButWithinTheTailMissesNothing() {
        RoomNode hasty = new RoomNode(new ScriptedLog(), RoomNode.PLENTY, 300);
        Room busy = hasty.open("lobby");
        hasty.say(busy, "ana", texts(1_000));
        Cursor behind = Cursor.in(hasty, busy, 10);
        hasty.settle();

        assertThat(behind.events()).containsExactly(Entries.numbers(11, 1_000));
    }

    @Test
    void anIdThatIsSaidAgainIsAnEntryOnce() {
        Cursor ana = Cursor.in(node, room, 0);
        Posted first = node.post(room, "ana", "c-1", "hi");
        Posted again = node.post(room, "ana", "c-1", "hi");
        Posted other = node.post(room, "ana", "c-1", "ho");
        node.settle();

        assertThat(first.result()).isInstanceOf(AppendResult.Committed.class);
        assertThat(again.result())
                .asInstanceOf(InstanceOfAssertFactories.type(AppendResult.Duplicate.class))
                .returns(1L, AppendResult.Duplicate::seq);
        assertThat(other.result()).isEqualTo(new AppendResult.Conflict());
        assertThat(ana.events()).containsExactly("1");
    }

    /** The disk stored it, and reported a failure: the retry finds it there. Everybody must receive it, and the messages after it. */
    @Test
    void anEntryThatWasWrittenThoughItSeemedToFailIsReadByAll() {
        Cursor fast = Cursor.in(node, room, 0);
        Cursor slow = Cursor.slowIn(node, room, 0);
        node.say(room, "ana", "a");
        written("c-2", "b");
        Posted retry = node.post(room, "ana", "c-2", "b");
        node.settle();

        assertThat(retry.result())
                .asInstanceOf(InstanceOfAssertFactories.type(AppendResult.Duplicate.class))
                .returns(2L, AppendResult.Duplicate::seq);
        assertThat(fast.events()).containsExactly("1", "2");
        written("c-3", "c"); // and this one is not posted again
        node.say(room, "budi", "d");
        assertThat(fast.events()).containsExactly("1", "2", "3", "4");
        for (int i = 0; i < 10; i++) {
            slow.take();
            node.settle();
        }
        assertThat(slow.events()).containsExactly("1", "2", "3", "4");
    }

    private void written(String id, String text) {
        try {
            node.log.append(List.of(Posted.by("ana", "lobby", id, text).request()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The disk stored the deletion, and reported a failure: nobody was told what it erased. */
    @Test
    void messagesErasedByADeletionThatSeemedToFailAreReadByNobody() {
        node.say(room, "ana", "secret", "kept");
        erasedUnseen(1, "c-2");
        Posted retry = Posted.of("ana", new Command.Delete("lobby", "c-2", 1));
        room.post(retry.request());
        node.settle();

        assertThat(retry.result()).isInstanceOf(AppendResult.Duplicate.class);
        assertThat(textsFromTheBeginning()).containsExactly("kept");

        erasedUnseen(2, "c-3");
        node.say(room, "budi", "said before the retry");
        assertThat(textsFromTheBeginning()).containsExactly("said before the retry");
    }

    @Test
    void messagesErasedWhileTheRoomIsBeingOpenedAreReadByNobody() {
        node.say(room, "ana", "secret", "kept");
        erasedUnseen(1, "c-2").forEach(room::onCommitted);

        assertThat(textsFromTheBeginning()).containsExactly("kept");
    }

    @Test
    void aRoomOfWhichNobodyHasReadWhatIsOlderIsTrimmedToo() {
        assertThatCode(() -> room.discard(5)).doesNotThrowAnyException();
    }

    private List<String> textsFromTheBeginning() {
        Cursor cursor = Cursor.plainIn(node, room, 0, "u-citra");
        node.settle();
        return cursor.texts();
    }

    private List<CommittedEntry> erasedUnseen(long seq, String id) {
        try {
            Posted delete = Posted.of("ana", new Command.Delete("lobby", id, seq));
            return ((AppendResult.Committed)
                            node.log.append(List.of(delete.request())).get(0))
                    .written();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
