package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import id.warung.log.Entry;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TailTest {
    private static Tail tail(long head, long maxBytes) {
        TailBudget budget = new TailBudget(maxBytes);
        Tail tail = new Tail(head, head, budget);
        budget.opened(tail);
        return tail;
    }

    @Test
    void hasTheHeadOfTheLogBeforeAnythingIsAdded() {
        Tail tail = tail(41, 1_000);

        assertThat(tail.head()).isEqualTo(41);
        assertThat(tail.block(41)).isNull();
        assertThat(tail.block(42)).isNull();
    }

    @Test
    void servesWhatWasAddedAndNothingElse() {
        Tail tail = tail(70, RoomNode.PLENTY);
        Entries.range(71, 200).forEach(entry -> tail.add(entry, entry.seq()));

        assertThat(tail.head()).isEqualTo(200);
        assertThat(tail.block(70)).isNull();
        for (long seq = 71; seq <= 200; seq++) {
            assertThat(tail.block(seq).holds(seq)).isTrue();
        }
        assertThat(tail.block(201)).isNull();
    }

    @Test
    void isBoundedInBytesAndOneBlock() {
        int maxBytes = 100_000;
        Tail tail = tail(0, maxBytes);
        ArrayDeque<Entry> kept = new ArrayDeque<>();
        long keptBytes = 0;
        for (long seq = 1; seq <= 5_000; seq++) {
            Entry entry = Entries.entry(seq, (int) (seq * 37 % 400));
            tail.add(entry, seq);
            kept.add(entry);
            keptBytes += entry.weightBytes();
            while (tail.block(kept.peek().seq()) == null) {
                keptBytes -= kept.poll().weightBytes();
            }
            assertThat(keptBytes).isLessThan(maxBytes + Block.ENTRIES * 700);
        }
        assertThat(keptBytes).as("the space is used").isGreaterThan(maxBytes - Block.ENTRIES * 700);
        kept.forEach(entry -> assertThat(tail.block(entry.seq())).isNotNull());
    }

    @Test
    void ofNoBytesStillHasTheBlockThatIsBeingFilled() {
        Tail tail = tail(0, 0);
        Entries.range(1, 262).forEach(entry -> tail.add(entry, entry.seq()));

        assertThat(tail.block(256)).isNull();
        assertThat(tail.block(257)).isNotNull();
        assertThat(tail.block(262)).isNotNull();
    }

    @Test
    void ofTheBlockThatIsBeingFilledKeepsNoMoreThanAnEdgeWhenThereIsNoSpace() {
        Tail tail = tail(0, 0);
        for (long seq = 1; seq <= 200; seq++) {
            tail.add(Entries.entry(seq, 10_000), seq);
            assertThat(tail.block(seq)).isNotNull();
            assertThat(tail.bytes()).isLessThan(64 * 1024 + 2 * 11_000);
        }
    }

    @Test
    void addsTheNextEntryOnly() {
        Tail tail = tail(0, RoomNode.PLENTY);
        Entries.range(1, 10)
                .forEach(entry -> assertThat(tail.add(entry, entry.seq())).isTrue());

        assertThat(tail.add(Entries.entry(12), 12)).isFalse();
        assertThat(tail.add(Entries.entry(10), 10)).isFalse();
        assertThat(tail.head()).isEqualTo(10);
        assertThat(tail.block(12)).isNull();
        assertThat(tail.add(Entries.entry(11), 11)).isTrue();
    }

    @Test
    void goesOnAfterEntriesThatTheLogNoLongerHas() {
        Tail tail = tail(0, RoomNode.PLENTY);
        Entries.range(1, 10).forEach(entry -> tail.add(entry, entry.seq()));
        tail.discard(300);
        tail.skipTo(299, 299);
        Entries.range(300, 310)
                .forEach(entry -> assertThat(tail.add(entry, entry.seq())).isTrue());

        assertThat(tail.head()).isEqualTo(310);
        assertThat(tail.block(10)).isNull();
        assertThat(tail.block(299)).isNull();
        assertThat(tail.block(300)).isNotNull();
    }

    @Test
    void aClosedOneKeepsNothing() {
        Tail tail = tail(0, RoomNode.PLENTY);
        tail.add(Entries.entry(1), 1);
        assertThat(tail.close()).isPositive();

        assertThat(tail.add(Entries.entry(2), 2)).isTrue();
        assertThat(tail.block(2)).isNull();
        assertThat(tail.bytes()).isZero();
    }

    @Test
    void isReadWhileItGrowsAndShrinks() throws Exception {
        Tail tail = tail(0, 20_000);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> adding =
                    threads.submit(() -> Entries.range(1, 200_000).forEach(entry -> tail.add(entry, entry.seq())));
            long next = 1;
            long frames = 0;
            while (next <= 200_000) {
                if (adding.isDone()) {
                    adding.get(); // throws what the thread threw
                }
                Block block = tail.block(next);
                if (block != null) {
                    Frame frame = block.frame(next);
                    assertThat(frame.last()).isBetween(next, next + Block.ENTRIES - 1);
                    next = frame.last() + 1;
                    frames++;
                } else if (next <= tail.head()) {
                    next = tail.head(); // it was trimmed: a reader would ask the archive
                }
            }
            assertThat(frames).isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void trimmedEntriesAreGoneAndTheirFramesAreNotMadeAgain() {
        Tail tail = new Tail(0, 0, new TailBudget(1_000_000));
        for (int seq = 1; seq <= 600; seq++) {
            tail.add(Entries.entry(seq), seq);
        }
        assertThat(tail.block(1).frame(1)).isNotNull();
        long before = tail.bytes();
        tail.discard(400);

        assertThat(tail.block(1)).isNull();
        assertThat(tail.block(399)).isNull();
        assertThat(tail.block(400).frame(400).last()).isEqualTo(512);
        assertThat(tail.bytes()).isLessThan(before / 2);
        tail.discard(700); // this many were written and trimmed in one group
        assertThat(tail.head()).isEqualTo(600);
        tail.add(Entries.entry(601), 601);
        assertThat(tail.head()).isEqualTo(601);
        assertThat(tail.block(601)).isNull();
        Entries.range(602, 700).forEach(entry -> tail.add(entry, entry.seq()));
        assertThat(tail.block(700)).isNotNull();
    }
}
