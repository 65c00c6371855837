package id.warung.room;

import id.warung.log.Entry;
import java.util.Arrays;
import java.util.Objects;

/**
 * The recent entries of a room, as long as the budget of all rooms has space for them. One thread adds (the committer's), any thread
 * reads without a lock.
 */
final class Tail {
    private final TailBudget budget;
    private volatile Block[] blocks = {}; // oldest first, without a hole; changed under the lock
    private volatile Head head;
    private long first; // the lowest seq that may be here; under the lock
    private long spentBytes; // of the budget; under the lock

    /** How far the log goes: to the entry {@code seq}, and so {@code n} messages. */
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

    /** Adds the next entry, up to and with which the room has had {@code n} messages. */
    void add(Entry entry, long n) {
        budget.spend(added(entry, n));
    }

    /** Returns by how many bytes it has grown. */
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

    /** The log goes as far as this seq, though the entry did not come by: it is read from there. */
    synchronized void reaches(long seq, long n) {
        if (seq > head.seq()) {
            head = new Head(seq, n);
        }
    }

    /** What is before this seq is kept no longer; frames that are under way may still have it. */
    void trim(long keptFrom) {
        budget.spend(trimmed(keptFrom));
    }

    /** What is here may not be what the log has: from now on it is read from there. */
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

    /** Puts another entry in the place of one, where that is here; frames that are under way may still have the old one. */
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

    /** The block with this entry, or null when it is older than the tail. */
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
     * Drops the oldest blocks, and of the last what stands before its last edge, until it has no more bytes than this; returns how
     * many it gave back.
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

    /** Nobody reads it any more; returns how many bytes it gives back. */
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
