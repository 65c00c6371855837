package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Entry;
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
        Block block = Block.startingWith(Entries.entry(65));

        assertThat(Cursor.events(block.frame(65))).containsExactly("65");
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
        Block block = blockOf(1, 64);
        for (long next = 1; next <= 64; next++) {
            assertThat(block.frame(next).last()).isEqualTo(64);
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
        Block block = blockOf(70, 72);

        assertThat(block.holds(64)).isFalse();
        assertThat(block.holds(69)).isFalse();
        assertThat(block.holds(70)).isTrue();
        assertThat(block.holds(72)).isTrue();
        assertThat(block.holds(73)).isFalse();
        assertThat(block.holds(70 + 64)).isFalse();
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
        Block block = Block.of(List.of(new Entry(1, "u-ana", "hallo", new byte[10])));

        assertThat(block.plainFrame(1, "u-ana")).isNull();
        assertThat(block.plainFrame(1, "u-budi").text()).isEqualTo("hallo");
        assertThat(block.plainFrame(1, "u-budi")).isSameAs(block.plainFrame(1, "u-citra"));
    }

    @Test
    void readersWhoComeAtTheSameMomentGetTheSameFrame() throws Exception {
        int readers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(readers);
        try {
            CyclicBarrier together = new CyclicBarrier(readers);
            for (int round = 0; round < 2_000; round++) {
                Block block = blockOf(1, 64);
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
