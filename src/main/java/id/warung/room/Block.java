package id.warung.room;

import id.warung.log.Entry;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Up to {@value #ENTRIES} entries that follow each other, and the frames made of them. Where a frame ends belongs to the
 * room, not to the reader: at the head, or at an edge (after {@value #ENTRIES} entries or {@value #EDGE_BYTES} bytes), so
 * that readers who come from different places soon ask for the same frames. One thread adds, any thread reads.
 */
final class Block {
    static final int ENTRIES = 256;
    private static final int EDGE_BYTES = 64 * 1024;

    private final long number;
    private final Entry[] entries = new Entry[ENTRIES];
    private final boolean[] edgeBehind = new boolean[ENTRIES];
    private final AtomicReferenceArray<Frame> frames = new AtomicReferenceArray<>(ENTRIES);
    private final AtomicReferenceArray<Frame> plainFrames = new AtomicReferenceArray<>(ENTRIES);
    private int bytesSinceEdge;
    private int entriesBytes;
    private volatile int framesBytes;
    private volatile long head; // publishes what was added up to this seq

    private Block(long number) {
        this.number = number;
        this.head = firstSeq() - 1;
    }

    static long numberOf(long seq) {
        return (seq - 1) / ENTRIES;
    }

    static Block startingWith(Entry entry) {
        Block block = new Block(numberOf(entry.seq()));
        block.add(entry);
        return block;
    }

    /** A block of entries that are all its own, in order, at least one. */
    static Block of(List<Entry> entries) {
        Block block = startingWith(entries.get(0));
        entries.subList(1, entries.size()).forEach(block::add);
        return block;
    }

    void add(Entry entry) {
        int slot = slot(entry.seq());
        entries[slot] = entry;
        bytesSinceEdge += entry.json().length;
        entriesBytes += entry.weightBytes();
        if (bytesSinceEdge >= EDGE_BYTES || slot == ENTRIES - 1) {
            edgeBehind[slot] = true;
            bytesSinceEdge = 0;
        }
        head = entry.seq();
    }

    long number() {
        return number;
    }

    /** Roughly what it takes in memory, with the frames that were made of it. For the adding thread. */
    int weightBytes() {
        return entriesBytes + framesBytes;
    }

    /** Whether the block can serve a reader whose next entry this is. */
    boolean holds(long seq) {
        return numberOf(seq) == number && seq <= head && entries[slot(seq)] != null;
    }

    /** The frame from {@code next} to the head or the next edge. Only for a seq it {@linkplain #holds holds}. */
    Frame frame(long next) {
        int slot = slot(next);
        long last = cutPoint(next);
        Frame frame = frames.get(slot);
        if (frame == null || frame.last() < last) {
            frame = build(next, last);
        }
        return frame;
    }

    /** The entry as it was typed: one message a frame. Null when {@code readerId} wrote it. */
    Frame plainFrame(long next, String readerId) {
        int slot = slot(next);
        Entry entry = entries[slot];
        if (entry.authorId().equals(readerId)) {
            return null;
        }
        Frame frame = plainFrames.get(slot);
        if (frame == null) {
            frame = Frame.ofPlainText(next, entry.text());
            plainFrames.set(slot, frame);
        }
        return frame;
    }

    private long cutPoint(long next) {
        long last = head;
        for (long seq = next; seq < last; seq++) {
            if (edgeBehind[slot(seq)] || entries[slot(seq + 1)] == null) {
                return seq; // what is missing is read from the log
            }
        }
        return last;
    }

    /** Under a lock, so that readers who come at the same moment do not each build it. */
    private synchronized Frame build(long next, long last) {
        Frame made = frames.get(slot(next));
        if (made != null && made.last() >= last) {
            return made;
        }
        int size = 2;
        for (long seq = next; seq <= last; seq++) {
            size += entries[slot(seq)].json().length + 1;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(size);
        for (long seq = next; seq <= last; seq++) {
            joined.write(seq == next ? '[' : ',');
            joined.writeBytes(entries[slot(seq)].json());
        }
        joined.write(']');
        framesBytes += 2 * (joined.size() - (made == null ? 0 : made.sizeBytes())); // as bytes and as text
        made = Frame.ofEntries(last, joined.toByteArray());
        frames.set(slot(next), made);
        return made;
    }

    private long firstSeq() {
        return number * ENTRIES + 1;
    }

    private static int slot(long seq) {
        return (int) ((seq - 1) % ENTRIES);
    }
}
