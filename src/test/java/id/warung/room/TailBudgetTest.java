package id.warung.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TailBudgetTest {
    private static final int ENTRY_CHARS = 100;

    private static Tail open(TailBudget budget) {
        Tail tail = new Tail(0, 0, budget);
        budget.opened(tail);
        return tail;
    }

    private static void add(Tail tail, int entries) {
        for (int n = 0; n < entries; n++) {
            tail.add(Entries.entry(tail.head() + 1, ENTRY_CHARS), tail.head() + 1);
        }
    }

    /** The number of latest entries that it has. */
    private static long depth(Tail tail) {
        long seq = tail.head();
        while (seq > 0 && tail.block(seq) != null) {
            seq--;
        }
        return tail.head() - seq;
    }

    private static long entryBytes() {
        return Entries.entry(1, ENTRY_CHARS).weightBytes();
    }

    @Test
    void theLargestGiveWayAndTheOthersKeepTheirs() {
        TailBudget budget = new TailBudget(100 * Block.ENTRIES * entryBytes());
        Tail quiet = open(budget);
        add(quiet, 10 * Block.ENTRIES);
        Tail large = open(budget);
        add(large, 80 * Block.ENTRIES);
        Tail busy = open(budget);
        add(busy, 60 * Block.ENTRIES);

        assertThat(depth(quiet)).isEqualTo(10 * Block.ENTRIES);
        assertThat(depth(large)).isBetween(25L * Block.ENTRIES, 45L * Block.ENTRIES);
        assertThat(depth(busy)).isBetween(30L * Block.ENTRIES, 60L * Block.ENTRIES);
        assertThat(budget.usedBytes()).isLessThanOrEqualTo(108 * Block.ENTRIES * entryBytes());
    }

    @Test
    void aRoomAloneMayHaveAlmostAll() {
        TailBudget budget = new TailBudget(100 * Block.ENTRIES * entryBytes());
        Tail tail = open(budget);
        add(tail, 1_000 * Block.ENTRIES);

        assertThat(depth(tail)).isBetween(74L * Block.ENTRIES, 106L * Block.ENTRIES);
    }

    @Test
    void moreRoomsThanThereIsSpaceForHaveTheBlockTheyFill() {
        TailBudget budget = new TailBudget(10 * entryBytes());
        List<Tail> tails = new ArrayList<>();
        for (int n = 0; n < 50; n++) {
            tails.add(open(budget));
        }
        for (int round = 0; round < 100; round++) {
            tails.forEach(tail -> add(tail, 1));
        }

        assertThat(tails).allSatisfy(tail -> assertThat(depth(tail)).isGreaterThanOrEqualTo(100 - Block.ENTRIES));
        assertThat(budget.usedBytes()).isLessThanOrEqualTo((50 * Block.ENTRIES + 20) * entryBytes());
    }

    @Test
    void theBytesOfAClosedRoomAreFreeForOthers() {
        TailBudget budget = new TailBudget(100 * Block.ENTRIES * entryBytes());
        for (int n = 0; n < 20; n++) {
            Tail tail = open(budget);
            add(tail, 50 * Block.ENTRIES);
            assertThat(depth(tail)).as("of room %s", n).isEqualTo(50 * Block.ENTRIES);
            budget.closed(tail);
            assertThat(budget.usedBytes()).isZero();
        }
    }

    @Test
    void theBudgetAddsUpWithManyThreads() throws Exception {
        TailBudget budget = new TailBudget(40 * Block.ENTRIES * entryBytes());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> adding = new ArrayList<>();
            List<Tail> tails = new ArrayList<>();
            for (int n = 0; n < 4; n++) {
                Tail tail = open(budget);
                tails.add(tail);
                adding.add(threads.submit(() -> add(tail, 20_000)));
            }
            for (Future<?> each : adding) {
                each.get();
            }
            assertThat(budget.usedBytes())
                    .isEqualTo(tails.stream().mapToLong(Tail::bytes).sum())
                    .isLessThan(60 * Block.ENTRIES * entryBytes());
            tails.forEach(budget::closed);
            assertThat(budget.usedBytes()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }

    @Property
    void cutDownToTheShareAllFitAndNobodyLosesMoreThanNeeded(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(max = 1_000) Long> given,
            @ForAll @LongRange(max = 5_000) long total) {
        long[] sizes = given.stream().mapToLong(Long::longValue).sorted().toArray();
        long share = TailBudget.share(sizes, total);
        long sum = Arrays.stream(sizes).map(size -> Math.min(size, share)).sum();

        assertThat(sum).isLessThanOrEqualTo(total);
        if (share < Long.MAX_VALUE) {
            assertThat(sum).isGreaterThan(total - sizes.length);
        }
    }
}
