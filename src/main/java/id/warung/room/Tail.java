package id.warung.room;

import id.warung.log.Entry;
import java.util.Arrays;
import java.util.Objects;

/**
 * The recent entries of a room, as far as the budget of all rooms allows. One thread adds (the committer's); any thread
 * reads without a lock.
 */
final class Tail {
    private final TailBudget budget;
    private volatile Block[] blocks = {}; // oldest first, without gaps; changed under the lock
    private volatile Head head;
    private long first; // the lowest seq that may be here; under the lock
    private long spentBytes; // of the budget; under the lock

    /** The head of the log: its last entry, and the number of messages up to it. */
    private record Head(long seq, long n) {}

    Tail(long head, long n, TailBudget budget) {
        this.head = new Head(head, n);
        this.budget = budget;
    }

    long head() {
        return head.seq();
    }

    long n() {
        return head.n();
    }

    /** Adds the next entry; {@code n} is the number of messages up to and including it. */
    void add(Entry entry, long n) {
        budget.spend(added(entry, n));
    }

    /** Returns by how many bytes the tail has grown. */
    private synchronized long added(Entry entry, long n) {
        if (entry.seq() < first) {
            head = new Head(entry.seq(), n);
            return 0;
        }
        Block[] now = blocks;
        Block current = now.length == 0 ? null : now[now.length - 1];
        long before = spentBytes;
        if (current != null && current.number() == Block.numberOf(entry.seq())) {
            current.add(entry);
            spentBytes += entry.weightBytes();
        } else {
            boolean hole = current != null && Block.numberOf(entry.seq()) != current.number() + 1;
            Block[] grown = hole ? new Block[1] : Arrays.copyOf(now, now.length + 1);
            grown[grown.length - 1] = Block.startingWith(entry);
            blocks = grown;
            spentBytes = weightBytes(grown);
        }
        head = new Head(entry.seq(), n);
        return spentBytes - before;
    }

    /** The log reaches this seq, but the tail has not received the entry: it is read from the log. */
    synchronized void reaches(long seq, long n) {
        if (seq > head.seq()) {
            head = new Head(seq, n);
        }
    }

    /** Drops the entries before this seq, which have been trimmed; frames in flight may still contain them. */
    void trim(long keptFrom) {
        budget.spend(trimmed(keptFrom));
    }

    /** Drops everything, because it may differ from the log: readers read it from there. */
    void drop() {
        trim(head() + 1);
    }

    private synchronized long trimmed(long keptFrom) {
        first = Math.max(first, keptFrom);
        long before = spentBytes;
        blocks = Arrays.stream(blocks)
                .map(block -> block.from(first))
                .filter(Objects::nonNull)
                .toArray(Block[]::new);
        spentBytes = weightBytes(blocks);
        return spentBytes - before;
    }

    /** Replaces an entry, if it is here; frames in flight may still contain the old one. */
    void replace(Entry entry) {
        budget.spend(replaced(entry));
    }

    private synchronized long replaced(Entry entry) {
        Block[] now = blocks.clone();
        long before = spentBytes;
        for (int i = 0; i < now.length; i++) {
            if (now[i].holds(entry.seq())) {
                now[i] = now[i].with(entry);
                blocks = now;
                spentBytes = weightBytes(now);
            }
        }
        return spentBytes - before;
    }

    /** The block with this entry, or null when the entry is older than the tail. */
    Block block(long seq) {
        Block[] now = blocks;
        if (now.length == 0) {
            return null;
        }
        long index = Block.numberOf(seq) - now[0].number();
        if (index < 0 || index >= now.length) {
            return null;
        }
        Block block = now[(int) index];
        return block.holds(seq) ? block : null;
    }

    synchronized long bytes() {
        return spentBytes;
    }

    /**
     * Drops the oldest blocks, and of the last block the entries before its last edge, until the tail has at most this
     * many bytes; returns how many bytes it freed.
     */
    synchronized long cut(long maxBytes) {
        Block[] now = blocks;
        long before = spentBytes;
        long bytes = weightBytes(now);
        int dropped = 0;
        while (dropped < now.length - 1 && bytes > maxBytes) {
            bytes -= now[dropped++].weightBytes();
        }
        Block[] left = Arrays.copyOfRange(now, dropped, now.length);
        if (left.length == 1 && bytes > maxBytes) {
            left[0] = left[0].sinceEdge();
            bytes = left[0].weightBytes();
        }
        blocks = left;
        spentBytes = bytes;
        return before - bytes;
    }

    /** Empties the tail of a closed room; returns how many bytes it freed. */
    synchronized long close() {
        blocks = new Block[0];
        long bytes = spentBytes;
        spentBytes = 0;
        return bytes;
    }

    private static long weightBytes(Block[] blocks) {
        return Arrays.stream(blocks).mapToLong(Block::weightBytes).sum();
    }
}
