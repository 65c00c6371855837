package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Entry;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BlockTest {
    private static Block blockOf(long first, long last) {
        return Block.of(Entries.range(first, last));
    }

    @Test
    void aFrameJoinsTheEntriesFromTheReaderToTheHead() {
        Frame frame = blockOf(1, 3).frame(2);

        assertThat(frame.text())
                .isEqualTo(
                        "[{\"type\":\"message\",\"seq\":2,\"text\":\"x\"},{\"type\":\"message\",\"seq\":3,\"text\":\"x\"}]");
        assertThat(frame.last()).isEqualTo(3);
    }

    @Test
    void aFrameWaitsForNoBlockToFill() {
        Block block = Block.startingWith(Entries.entry(257));

        assertThat(Cursor.events(block.frame(257))).containsExactly("257");
    }

    @Test
    void theFrameOfOnePlaceIsMadeOnce() {
        Block block = blockOf(1, 10);

        assertThat(block.frame(4)).isSameAs(block.frame(4));
    }

    @Test
    void theFrameOfOnePlaceGrowsWithTheHead() {
        Block block = blockOf(1, 2);
        Frame before = block.frame(1);
        block.add(Entries.entry(3));

        assertThat(before.last()).isEqualTo(2);
        assertThat(block.frame(1).last()).isEqualTo(3);
    }

    @Test
    void whereverReadersComeFromTheirFirstFrameEndsAtTheSamePlace() {
        Block block = blockOf(1, Block.ENTRIES);
        for (long next = 1; next <= Block.ENTRIES; next++) {
            assertThat(block.frame(next).last()).isEqualTo(Block.ENTRIES);
        }
    }

    @Test
    void anEdgeLiesBehindEverySixtyFourKibibytes() {
        List<Entry> entries = new ArrayList<>();
        for (long seq = 1; seq <= 20; seq++) {
            entries.add(Entries.entry(seq, 10_000)); // the seventh passes the edge
        }
        Block block = Block.of(entries);

        for (long next = 1; next <= 7; next++) {
            assertThat(block.frame(next).last()).isEqualTo(7);
        }
        for (long next = 8; next <= 14; next++) {
            assertThat(block.frame(next).last()).isEqualTo(14);
        }
        assertThat(block.frame(15).last()).isEqualTo(20);
    }

    @Test
    void anEntryLargerThanAnEdgeIsAFrameOfItsOwn() {
        Block block = Block.of(List.of(Entries.entry(1, 100_000), Entries.entry(2), Entries.entry(3, 100_000)));

        assertThat(block.frame(1).last()).isEqualTo(1);
        assertThat(block.frame(2).last()).isEqualTo(3);
    }

    @Test
    void anEdgeStaysWhereItIsWhenTheHeadMovesOn() {
        Block block = Block.of(List.of(Entries.entry(1, 40_000), Entries.entry(2, 40_000)));
        Frame upToTheEdge = block.frame(1);
        block.add(Entries.entry(3));

        assertThat(block.frame(1)).isSameAs(upToTheEdge);
    }

    @Test
    void aBlockHoldsWhatIsItsOwnAndWasAdded() {
        Block block = blockOf(270, 272);

        assertThat(block.holds(256)).isFalse();
        assertThat(block.holds(269)).isFalse();
        assertThat(block.holds(270)).isTrue();
        assertThat(block.holds(272)).isTrue();
        assertThat(block.holds(273)).isFalse();
        assertThat(block.holds(270 + Block.ENTRIES)).isFalse();
    }

    @Test
    void aFrameEndsBeforeAnEntryThatIsMissing() {
        Block block = blockOf(1, 2);
        block.add(Entries.entry(4));

        assertThat(Cursor.events(block.frame(1))).containsExactly("1", "2");
        assertThat(block.holds(3)).isFalse();
        assertThat(Cursor.events(block.frame(4))).containsExactly("4");
    }

    @Test
    void aPlainFrameIsTheBareTextAndSharedByAllButItsAuthor() {
        Block block = Block.of(List.of(new Entry(1, "u-ana", new byte[10])));
        Function<Entry, String> textOf = entry -> "hallo";
        Frame frame = block.plainFrame(1, "u-budi", textOf);

        assertThat(block.plainFrame(1, "u-ana", textOf)).isNull();
        assertThat(frame.text()).isEqualTo("hallo");
        assertThat(block.plainFrame(1, "u-citra", textOf)).isSameAs(frame);
    }

    @Test
    void plainReadersGetNothingForEntriesWithoutText() {
        assertThat(blockOf(1, 1).plainFrame(1, "u-budi", entry -> null)).isNull();
    }

    @Test
    void aFrameThatNobodySendsTakesNoMemory() {
        Block block = blockOf(1, 10);
        Reference<Frame> frame = new WeakReference<>(block.frame(4));
        System.gc();

        assertThat(frame.get()).isNull();
        assertThat(Cursor.events(block.frame(4))).containsExactly(Entries.numbers(4, 10));
    }

    @Test
    void entriesAfterTheLastEdgeAreABlockOfTheirOwn() {
        List<Entry> entries = new ArrayList<>();
        for (long seq = 1; seq <= 20; seq++) {
            entries.add(Entries.entry(seq, 10_000)); // edges after the seventh and the fourteenth
        }
        Block block = Block.of(entries).sinceEdge();

        assertThat(block.holds(14)).isFalse();
        assertThat(Cursor.events(block.frame(15))).containsExactly(Entries.numbers(15, 20));
        block.add(Entries.entry(21, 10_000));
        assertThat(block.frame(15).last()).as("where its edge would have been").isEqualTo(21);
        block.add(Entries.entry(22));
        assertThat(block.frame(15).last()).isEqualTo(21);
        assertThat(block.weightBytes()).isLessThan(8 * 10_300);
    }

    @Test
    void readersWhoComeAtTheSameMomentGetTheSameFrame() throws Exception {
        int readers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(readers);
        try {
            CyclicBarrier together = new CyclicBarrier(readers);
            for (int round = 0; round < 2_000; round++) {
                Block block = blockOf(1, Block.ENTRIES);
                Callable<Frame> reader = () -> {
                    together.await();
                    return block.frame(1);
                };
                Set<Frame> frames = Collections.newSetFromMap(new IdentityHashMap<>());
                for (Future<Frame> frame : threads.invokeAll(Collections.nCopies(readers, reader))) {
                    frames.add(frame.get());
                }
                assertThat(frames).as("round " + round).hasSize(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
