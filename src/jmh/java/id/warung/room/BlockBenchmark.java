package id.warung.room;

import id.warung.log.Entry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Frames of 215-byte entries: made for the first reader, got by all others; and an entry added to a room. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlockBenchmark {
    private final List<Entry> entries = new ArrayList<>();
    private final Block shared;
    private final Frame held; // by a sender: else a collection would let it go
    private final TailBudget budget = new TailBudget(1 << 24);
    private final Tail tail = new Tail(0, 0, budget);

    public BlockBenchmark() {
        for (long seq = 1; seq <= Block.ENTRIES; seq++) {
            entries.add(entry(seq));
        }
        shared = Block.of(entries);
        held = shared.frame(1);
        budget.opened(tail);
    }

    private static Entry entry(long seq) {
        return new Entry(seq, "u-4f2k9q7h3m2x", "x".repeat(215).getBytes(StandardCharsets.UTF_8));
    }

    @Benchmark
    public Frame shareFrame() {
        return shared.frame(1) == held ? held : null;
    }

    @Benchmark
    public Frame fillBlockAndMakeItsFrame() {
        return Block.of(entries).frame(1);
    }

    @Benchmark
    public long addToTail() {
        tail.add(entry(tail.head() + 1), tail.head() + 1);
        return tail.head();
    }
}
