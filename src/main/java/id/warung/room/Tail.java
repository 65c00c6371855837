package id.warung.room;

import id.warung.log.Entry;
import java.util.Arrays;
import java.util.Objects;

/**
 * The recent entries of a room, as far as the budget of all rooms allows. Any thread may add the next entry, and reads without a
 * lock.
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

    /**
     * Adds the next entry; {@code n} is the number of messages up to and including it. Returns false when it is not the next one: it
     * came before, or entries before it are still missing.
     */
    boolean add(Entry entry, long n) {
        long grown = added(entry, n);
        if (grown < 0) {
            return false;
        }
        budget.spend(grown);
        return true;
    }

    /** Returns by how many bytes the tail has grown; -1 when it is not the next entry. */
    private synchronized long added(Entry entry, long n) {
        if (entry.seq() != head.seq() + 1) {
            return -1;
        }
        long before = spentBytes;
        if (entry.seq() >= first) {
            Block[] now = blocks;
            Block current = now.length == 0 ? null : now[now.length - 1];
            if (current != null && current.number() == Block.numberOf(entry.seq())) {
                current.add(entry);
            } else {
                Block[] grown = Arrays.copyOf(now, now.length + 1);
                grown[now.length] = Block.startingWith(entry);
                blocks = grown;
            }
            spentBytes += entry.weightBytes();
        }
        head = new Head(entry.seq(), n);
        return spentBytes - before;
    }

    /** The log no longer has the entries up to this seq that are missing here. */
    synchronized void skipTo(long seq, long n) {
        if (seq > head.seq()) {
            head = new Head(seq, n);
        }
    }

    /** Discards the entries before this seq, also those that are still to come; frames in flight may contain them. */
    void discard(long before) {
        budget.spend(discarded(before));
    }

    private synchronized long discarded(long before) {
        first = Math.max(first, before);
        long spent = spentBytes;
        blocks = Arrays.stream(blocks)
                .map(block -> block.from(first))
                .filter(Objects::nonNull)
                .toArray(Block[]::new);
        spentBytes = weightBytes(blocks);
        return spentBytes - spent;
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

    /** Empties the tail of a closed room, which keeps nothing from then on; returns how many bytes it freed. */
    synchronized long close() {
        first = Long.MAX_VALUE;
        blocks = new Block[0];
        long bytes = spentBytes;
        spentBytes = 0;
        return bytes;
    }

    private static long weightBytes(Block[] blocks) {
        return Arrays.stream(blocks).mapToLong(Block::weightBytes).sum();
    }
}
