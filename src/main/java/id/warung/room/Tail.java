package id.warung.room;

import id.warung.log.Entry;
import java.util.Arrays;

/**
 * The recent entries of a room, bounded in bytes. One thread adds (the committer's), any thread reads without a lock.
 */
final class Tail {
    private final long maxBytes;
    private volatile Block[] blocks = {}; // oldest first, without a hole
    private volatile long head;

    Tail(long head, long maxBytes) {
        this.head = head;
        this.maxBytes = maxBytes;
    }

    long head() {
        return head;
    }

    void add(Entry entry) {
        Block[] now = blocks;
        Block current = now.length == 0 ? null : now[now.length - 1];
        if (current != null && current.number() == Block.numberOf(entry.seq())) {
            current.add(entry);
        } else {
            blocks = grown(now, current, Block.startingWith(entry));
        }
        head = entry.seq();
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

    private Block[] grown(Block[] now, Block filled, Block added) {
        boolean hole = filled != null && added.number() != filled.number() + 1;
        long bytes = Arrays.stream(now).mapToLong(Block::weightBytes).sum(); // anew: frames were made meanwhile
        int dropped = 0;
        while (dropped < now.length && (hole || bytes > maxBytes)) {
            bytes -= now[dropped++].weightBytes();
        }
        Block[] grown = Arrays.copyOfRange(now, dropped, now.length + 1);
        grown[grown.length - 1] = added;
        return grown;
    }
}
