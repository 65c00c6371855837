package id.warung.room;

import id.warung.log.Entry;
import java.util.Arrays;

/**
 * The recent entries of a room, as long as the budget of all rooms has space for them. One thread adds (the committer's), any thread
 * reads without a lock.
 */
final class Tail {
    private final TailBudget budget;
    private volatile Block[] blocks = {}; // oldest first, without a hole; changed under the lock
    private volatile long head;
    private long spentBytes; // of the budget; under the lock

    Tail(long head, TailBudget budget) {
        this.head = head;
        this.budget = budget;
    }

    long head() {
        return head;
    }

    void add(Entry entry) {
        budget.spend(added(entry));
    }

    /** Returns by how many bytes it has grown. */
    private synchronized long added(Entry entry) {
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
        head = entry.seq();
        return spentBytes - before;
    }

    /** The log goes as far as this seq, though the entry did not come by: it is read from there. */
    void reaches(long seq) {
        head = Math.max(head, seq);
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
